"""The real book and the real joinings, over a vault that keeps its items in a dictionary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from intake_tui.records.additions import NOTHING_ADDED
from intake_tui.records.persons import Person, Persons
from intake_tui.records.rows import ContactRow


@dataclass
class Me:
    name: str = "Ragnhild Prøvestad"
    role: str = "counsellor"
    slot: str = "00" * 16


@dataclass
class FakeVault:
    """What persons ask of the vault."""

    shared: ClassVar[bool] = False
    counsellor: Me = field(default_factory=Me)
    kept: dict[bytes, bytes] = field(default_factory=dict)
    shared: bool = False

    def heads(self, **_: object) -> list[Any]:
        return []

    def items(self, kind: str) -> list[tuple[bytes, bytes]]:
        return list(self.kept.items())

    def put_item(self, id: bytes, kind: str, blob: bytes) -> None:  # noqa: A002
        self.kept[id] = blob


class FakePersons(Persons):
    """Filled from rows, as if they had been read."""

    def __init__(self) -> None:
        super().__init__(FakeVault())  # type: ignore[arg-type]

    def filled(self, rows: list[ContactRow], *, complete: bool = True) -> FakePersons:
        self.book.put(row for row in rows if row.n not in {one.n for one in self.book.all()})
        self.book.complete = complete
        return self

    def before(self, id: bytes, case: bytes) -> Person:  # noqa: A002
        person = self.of(case.hex())
        return replace(person, rows=tuple(row for row in person.rows if row.id != id.hex()))


@dataclass
class FakeArchive:
    """What a conversation asks of the archive: who called before, and what was said then."""

    rows: list[ContactRow] = field(default_factory=list)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    known: FakePersons = field(default_factory=FakePersons)
    fails: Exception | None = None

    @property
    def persons(self) -> FakePersons:
        if self.fails:
            raise self.fails
        return self.known.filled(self.rows)

    def before(self, id: bytes, case: bytes) -> Person:  # noqa: A002
        return self.persons.before(id, case)

    def show(self, id: str, guide: Any = None) -> dict[str, Any]:  # noqa: A002
        self.shown.append(id)
        return {"joined": [], **NOTHING_ADDED, **self.records[id]}

    def guide(self, hash: str) -> None:  # noqa: A002
        return None

    async def vault(self, work: Callable[[Any], Any]) -> Any:
        return work(self)
