"""Decision tables: read from the files that a professional reads, and turned into conversations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ticking import ticking

from intake_tui.guide.model import AnyItem, Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.intake.record import Intake
from intake_tui.widgets.saying import answer_word, not_yet
from intake_tui.words import Words

FOLDER = Path(__file__).parents[1] / "decisions"
SIGNALS, INFORMATION, DUTIES = "merknader.md", "informasjon.md", "plikter.md"
OPTIONS = "tilbud.md"
OUTCOMES = {
    SIGNALS: {"merknad": True, "ingen merknad": False},
    INFORMATION: {"aktuelt": True, "ikke aktuelt": False},
    DUTIES: {"kommer opp": True, "kommer ikke opp": False},
}
ONLY_WORDS, ONLY_OURS, WITH_WORDS = "bare ord", "bare vår vurdering", ", med ord"
_NB = Words("nb")


@dataclass(frozen=True)
class State:
    """How one item was left: its answer, and whose words stand on it."""

    value: str | None = None
    words: Literal["none", "said", "ours"] = "none"


@dataclass(frozen=True)
class Row:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table as it stands in its file, with the heading above it."""

    file: str
    line: int
    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read(folder: Path = FOLDER) -> tuple[Table, ...]:
    return tuple(
        table
        for path in sorted(folder.glob("*.md"))
        for table in tables(path.name, path.read_text(encoding="utf-8"))
    )


def tables(file: str, text: str) -> Iterator[Table]:
    """Each heading of the second level with the table under it; one may stand without."""
    name, line, rows = "", 0, list[Row]()
    for number, written in enumerate([*text.splitlines(), "## "], start=1):
        if written.startswith("## "):
            if name:
                columns = rows[0].cells if rows else ()
                yield Table(file, line, name, columns, tuple(rows[2:]))
            name, line, rows = written[3:].strip(), number, []
        elif written.startswith("|"):
            cells = re.split(r"\s*\|\s*", written.strip().strip("|").strip())
            rows.append(Row(number, tuple(cells)))


def by_name(guide: Guide, name: str) -> AnyItem | None:
    """The item that the screen calls by that name."""
    return next((item for item in guide.items() if item.short.nb == name), None)


def states(guide: Guide, id_: str) -> dict[str, State]:
    """Everything that a cell on this item may say, in the words of the screen."""
    item = guide.by_id[id_]
    said = {answer_word(guide, id_, value, _NB): value for value in item.values}
    return {
        not_yet(item, _NB): State(),
        **{word: State(value) for word, value in said.items()},
        ONLY_WORDS: State(None, "said"),
        ONLY_OURS: State(None, "ours"),
        **{word + WITH_WORDS: State(value, "said") for word, value in said.items()},
    }


def talk(guide: Guide, left: dict[str, State]) -> Intake:
    """What a conversation holds in which each item was left so."""
    held = Conversation.new(guide, by="ab12", now=ticking(), guide_hash="h")
    for place, state in left.items():
        if state.words != "none":
            kind: Literal["told", "assessed"] = "told" if state.words == "said" else "assessed"
            held.line = Line("ord", kind, (place,))
            held.keep()
        if state.value is not None:
            held.answer(place, state.value)
    return held.intake
