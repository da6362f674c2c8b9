"""The topics of a guide: one file each, keys between two lines of +++, then a part a language.

    +++
    id = "using-an-interpreter"
    about = ["INV-3"]
    …
    +++

    ## nb
    Plain sentences. An empty line, or a line that begins with «- », begins a paragraph.

    ## nn
    …

Nothing else of Markdown is read, so that what is on the screen is what stands in the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from intake_tui.guide.findings import Finding
from intake_tui.guide.model import LANGUAGES

FOLDER = "topics"
FENCE = "+++"
POINT = "- "  # what a paragraph begins with that is one of several points

_HEADING = re.compile(r"##\s+(\S+)\s*")
_ID = re.compile(r"^id\s*=", re.MULTILINE)
_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_WHERE = re.compile(r" \(at .*\)$")
_MARKUP = re.compile(r"^\s*(?:[#>*+|=]|\d+[.)]\s|---|```)|\*\*|__|`|\]\(|^ {4}")
_HEADINGS = ", ".join(f"## {code}" for code in LANGUAGES)


@dataclass
class TopicFile:
    """What one file gave: its keys with its text, the line of its id, and what was wrong."""

    name: str
    data: dict[str, Any] | None = None  # None: it could not be read
    line: int = 1
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, line: int, text: str) -> None:
        """Something wrong on that line."""
        self.findings.append(Finding(self.name, line, "", text))


def names(folder: Path) -> Iterator[str]:
    """The topics' files in a guide's folder, in the order of their names."""
    for path in sorted((folder / FOLDER).glob("*.md")):
        yield f"{FOLDER}/{path.name}"


def parsed(name: str, text: str) -> TopicFile:
    """One topic from its text."""
    topic, lines = TopicFile(name), text.splitlines()
    fences = [n for n, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        topic.wrong(1, f"the keys have to stand at the top, between two lines of {FENCE}")
        return topic
    keys, begin = "\n".join(lines[1 : fences[1]]), fences[1] + 1
    try:
        data = tomllib.loads(keys)
    except tomllib.TOMLDecodeError as error:
        _syntax(topic, str(error), begin)
        return topic
    id_ = _ID.search(keys)
    topic.line = 2 + keys.count("\n", 0, id_.start()) if id_ else 1
    if "text" in data:
        topic.wrong(topic.line, f"the text does not stand in a key; it stands under {_HEADINGS}")
    topic.data = {**data, "text": _parts(topic, lines[begin:], begin + 1)}
    return topic


def _syntax(topic: TopicFile, message: str, end: int) -> None:
    where = _LINE.search(message)
    what = _WHERE.sub("", message)
    line = int(where[1]) + 1 if where else end
    topic.wrong(line, f"this cannot be read as TOML: {what[:1].lower()}{what[1:]}")


def _parts(topic: TopicFile, lines: list[str], first: int) -> dict[str, list[str]]:
    """The paragraphs by language."""
    parts: dict[str, list[str]] = {}
    here: list[str] | None = None
    joins = False  # whether the line goes on in the paragraph above it
    for number, line in enumerate(lines, first):
        heading = _HEADING.fullmatch(line)
        if heading:
            here, joins = _begun(topic, parts, heading[1], number), False
        elif not line.strip():
            joins = False
        elif here is None:
            topic.wrong(number, f"this stands under no language; known are {_HEADINGS}")
        else:
            _add(topic, here, line, number, joins)
            joins = True
    return parts


def _begun(topic: TopicFile, parts: dict[str, list[str]], code: str, number: int) -> list[str]:
    if code not in LANGUAGES:
        topic.wrong(number, f"## {code} is no language of the guide; known are {_HEADINGS}")
    elif code in parts:
        topic.wrong(number, f"## {code} stands here a second time")
    else:
        return parts.setdefault(code, [])
    return []


def _add(topic: TopicFile, here: list[str], line: str, number: int, joins: bool) -> None:
    if _MARKUP.search(line):
        topic.wrong(number, f"only plain sentences and lines that begin with «{POINT}» are read")
    elif joins and not line.startswith(POINT):
        here[-1] = f"{here[-1]} {line.strip()}"
    else:
        here.append(line.strip())
