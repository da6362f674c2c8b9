"""The files of a guide: read, and their tables kept in the order in which they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake_tui.guide import topic_files
from intake_tui.guide.findings import Finding

STEP_FILES = (
    "1-contact.toml",
    "2-open.toml",
    "3-events.toml",
    "4-information.toml",
    "5-help.toml",
    "6-home.toml",
    "7-note.toml",
    "8-registration.toml",
)
OTHER_FILES = (
    "rules.toml",
    "duties.toml",
    "journal.toml",
    "numbers.toml",
    "wording.toml",
    "centre.toml",
)

_HEADER = re.compile(r"^\[\[\s*([\w-]+)\s*\]\]", re.MULTILINE)
_ID = re.compile(r"^id\s*=", re.MULTILINE)
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class Table:
    """One `[[name]]` of a file, and the line on which its id stands."""

    name: str
    line: int
    data: dict[str, Any]


@dataclass(frozen=True)
class SourceFile:
    """One file: its `[[tables]]` in order, and whatever else stands in it."""

    name: str
    tables: tuple[Table, ...] = ()
    rest: dict[str, Any] | None = None  # None: it could not be read


def questions_folder() -> Path:
    """Where the guide lies: inside the installed package, or beside `src` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "questions"
    return installed if installed.is_dir() else package.parents[1] / "questions"


def read(folder: Path) -> tuple[dict[str, SourceFile], list[Finding]]:
    """All files of a guide by name, and what was wrong with reading them."""
    files: dict[str, SourceFile] = {}
    findings: list[Finding] = []
    for name in (*STEP_FILES, *OTHER_FILES, *topic_files.names(folder)):
        try:
            files[name] = _read(name, (folder / name).read_text(encoding="utf-8"), findings)
        except FileNotFoundError:
            findings.append(Finding(name, 1, "", "this file is missing"))
        except UnicodeDecodeError:
            findings.append(Finding(name, 1, "", "this file is not UTF-8; save it as UTF-8"))
        except tomllib.TOMLDecodeError as error:
            findings.append(_syntax(name, str(error), folder))
        except OSError:
            text = "this file cannot be read; look at its permissions"
            findings.append(Finding(name, 1, "", text))
        files.setdefault(name, SourceFile(name))
    return files, findings


def _read(name: str, text: str, findings: list[Finding]) -> SourceFile:
    """One file of either kind. Raises TOMLDecodeError."""
    if not name.startswith(topic_files.FOLDER):
        return parsed(name, text)
    topic = topic_files.parsed(name, text)
    findings += topic.findings
    if topic.data is None:
        return SourceFile(name)
    return SourceFile(name, (Table("topic", topic.line, topic.data),), {})


def parsed(name: str, text: str) -> SourceFile:
    """One file from its text. Raises TOMLDecodeError."""
    data = tomllib.loads(text)
    rest = {key: value for key, value in data.items() if not _is_tables(value)}
    return SourceFile(name, tuple(_tables(text, data)), rest)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _tables(text: str, data: dict[str, Any]) -> Iterator[Table]:
    # tomllib gives neither line numbers nor the order across names: both come from the headers.
    headers = list(_HEADER.finditer(text))
    ends = [*(header.start() for header in headers[1:]), len(text)]
    seen: dict[str, int] = {}
    line, upto = 1, 0
    for header, end in zip(headers, ends, strict=False):
        name = header.group(1)
        n = seen[name] = seen.get(name, -1) + 1
        id_ = _ID.search(text, header.end(), end)
        start = id_.start() if id_ else header.start()
        line, upto = line + text.count("\n", upto, start), start
        rows = data.get(name, [])
        if n < len(rows):
            yield Table(name, line, rows[n])
    for name, rows in data.items():
        # Tables written in one line have no header of their own, and are still not passed over.
        for row in rows[seen.get(name, -1) + 1 :] if _is_tables(rows) else ():
            yield Table(name, 1, row)


def _syntax(name: str, message: str, folder: Path) -> Finding:
    where = _WHERE.search(message)
    if where and where.group(1):
        line = int(where.group(1))
    else:
        line = len((folder / name).read_text(encoding="utf-8").splitlines())
    what = _WHERE.sub("", message)
    return Finding(name, line, "", f"this cannot be read as TOML: {what[:1].lower()}{what[1:]}")
