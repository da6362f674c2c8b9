"""From the tables of the files to the parts of a guide, with plain words for what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from intake_tui.guide import topic_files
from intake_tui.guide.files import STEP_FILES, SourceFile, Table
from intake_tui.guide.findings import Finding
from intake_tui.guide.model import (
    Abbreviation,
    AnyItem,
    Centre,
    Duty,
    Guide,
    Hint,
    Information,
    Item,
    JournalPart,
    JournalRules,
    Lead,
    Number,
    Option,
    Pronoun,
    Question,
    Rule,
    Signal,
    Step,
    Topic,
    WordLists,
    Words,
)

Part = TypeVar("Part", bound=BaseModel)

_STEP_TABLES: dict[str, type[BaseModel]] = {
    "question": Question,
    "information": Information,
    "option": Option,
    "hint": Hint,
}
TABLES: dict[str, dict[str, type[BaseModel]]] = {
    **dict.fromkeys(STEP_FILES, _STEP_TABLES),
    "rules.toml": {"signal": Signal, "rule": Rule},
    "duties.toml": {"duty": Duty},
    "journal.toml": {"part": JournalPart, "lead": Lead, "abbreviation": Abbreviation},
    "numbers.toml": {"number": Number},
    "wording.toml": {"pronoun": Pronoun},
    "centre.toml": {},
}
_TOPIC: dict[str, type[BaseModel]] = {"topic": Topic}
_REST: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(STEP_FILES, ("step",)),
    "journal.toml": ("phrases",),
    "wording.toml": ("loaded",),
    "centre.toml": ("has",),
}


_SENTENCES = {
    "missing": "is missing",
    "string_pattern_mismatch": "is empty",
    "too_short": "is empty",
    "too_long": "has more than three ids",
}


@dataclass(frozen=True)
class Entry:
    """One table that became a part of the guide, and where it stands."""

    file: str
    line: int
    table: str
    id: str
    value: BaseModel

    def finding(self, text: str) -> Finding:
        """Something wrong with it."""
        return Finding(self.file, self.line, self.id, text)


@dataclass
class Built:
    """What the files gave: the entries, the guide where nothing was missing, and findings."""

    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    guide: Guide | None = None

    def of(self, kind: type[Part], file: str | None = None) -> tuple[Part, ...]:
        """The parts of one kind, in order."""
        return tuple(
            entry.value
            for entry in self.entries
            if isinstance(entry.value, kind) and file in (None, entry.file)
        )


def build(files: dict[str, SourceFile]) -> Built:
    """The guide from its files; `guide` is None where something did not fit."""
    built = Built()
    for file in files.values():
        if file.rest is not None:
            for table in file.tables:
                _add(built, file.name, table)
            _unknown_rest(built, file)
    steps = tuple(_steps(built, files))
    journal = _journal(built, files["journal.toml"])
    loaded = _single(built, files["wording.toml"], WordLists, "loaded")
    centre = _single(built, files["centre.toml"], Centre, None)
    if built.findings or journal is None or loaded is None or centre is None:
        return built
    built.guide = Guide(
        steps=steps,
        hints=built.of(Hint),
        signals=built.of(Signal),
        duties=built.of(Duty),
        rules=built.of(Rule),
        numbers=built.of(Number),
        pronouns=built.of(Pronoun),
        journal=journal,
        centre=centre,
        loaded=loaded,
        topics=built.of(Topic),
    )
    return built


def _add(built: Built, file: str, table: Table) -> None:
    kind = _kinds(file).get(table.name)
    id_ = str(table.data.get("id", table.data.get("short", "") if table.name != "hint" else ""))
    if kind is None:
        built.findings.append(Finding(file, table.line, id_, _no_table(file, table.name)))
        return
    try:
        value = kind.model_validate(table.data)
    except ValidationError as error:
        built.findings.extend(Finding(file, table.line, id_, text) for text in _plain(error, kind))
        return
    built.entries.append(Entry(file, table.line, table.name, id_, value))


def _kinds(file: str) -> dict[str, type[BaseModel]]:
    return _TOPIC if file.startswith(topic_files.FOLDER) else TABLES[file]


def _no_table(file: str, name: str) -> str:
    known = ", ".join(f"[[{known}]]" for known in _kinds(file))
    return f"[[{name}]] is not known here" + (f"; known are {known}" if known else "")


def _unknown_rest(built: Built, file: SourceFile) -> None:
    for key in file.rest or {}:
        if key in _kinds(file.name):
            text = f"[{key}] has to be [[{key}]], with two brackets on each side"
        elif key not in _REST.get(file.name, ()):
            text = f"there is no key `{key}` here"
        else:
            continue
        built.findings.append(Finding(file.name, 1, key, text))


def _steps(built: Built, files: dict[str, SourceFile]) -> Iterator[Step]:
    for number, name in enumerate(STEP_FILES, start=1):
        items: tuple[AnyItem, ...] = tuple(
            item
            for item in built.of(Item, name)
            if isinstance(item, Question | Information | Option)
        )
        given: object = (files[name].rest or {}).get("step", {})
        data = {**_table(given), "number": number, "items": items}
        step = _part(built, files[name], Step, data, "step")
        if step is not None:
            yield step


def _journal(built: Built, file: SourceFile) -> JournalRules | None:
    phrases = {
        name: _part(built, file, Words, _table(words), name)
        for name, words in _table((file.rest or {}).get("phrases", {})).items()
    }
    return JournalRules(
        parts=built.of(JournalPart),
        leads=built.of(Lead),
        abbreviations=built.of(Abbreviation),
        phrases={name: words for name, words in phrases.items() if words is not None},
    )


def _single(built: Built, file: SourceFile, kind: type[Part], key: str | None) -> Part | None:
    data = _table(file.rest) if key is None else _table((file.rest or {}).get(key))
    known = {name: value for name, value in data.items() if name in kind.model_fields}
    return _part(built, file, kind, data if key else known, key or "")


def _part(
    built: Built, file: SourceFile, kind: type[Part], data: dict[str, Any], name: str = ""
) -> Part | None:
    if file.rest is None:
        return None
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        built.findings.extend(Finding(file.name, 1, name, text) for text in _plain(error, kind))
        return None


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _plain(error: ValidationError, kind: type[BaseModel]) -> Iterator[str]:
    for details in error.errors(include_url=False):
        yield _sentence(details, kind)


def _sentence(details: ErrorDetails, kind: type[BaseModel]) -> str:
    key = ".".join(str(part) for part in details["loc"])
    if details["type"] == "extra_forbidden":
        known = ", ".join(sorted(f.alias or name for name, f in kind.model_fields.items()))
        return f"there is no key `{key}` here; known are {known}"
    if details["type"] == "literal_error":
        return f"`{key}` has to be {details['ctx']['expected']}"
    fixed = _SENTENCES.get(details["type"])
    return f"`{key}` " + (fixed or f"is of the wrong type: {_needed(details['type'])}")


def _needed(type_: str) -> str:
    for start, needed in (
        ("string", "it has to be text between quotation marks"),
        ("bool", "it has to be true or false, without quotation marks"),
        ("date", "it has to be a date such as 2026-11-23, without quotation marks"),
        ("tuple", "it has to be a list in square brackets"),
        ("int", "it has to be a number"),
    ):
        if type_.startswith(start):
            return needed
    return "it has to be a table with its own keys"
