"""A small app around one panel: a real guide, no vault, a clock that stands."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.screen import Screen

from fake_persons import FakePersons, Me
from intake_tui.desk.backing import Backed
from intake_tui.desk.checkup import Soundness
from intake_tui.desk.theme import THEME
from intake_tui.guide.model import Guide, Language
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.intake.snapshot import code
from intake_tui.intake.unfinished import Unfinished
from intake_tui.records.additions import NOTHING_ADDED
from intake_tui.records.backups import Copied
from intake_tui.records.persons import Person
from intake_tui.records.staff import Colleague
from intake_tui.words import Words

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"


class FakeAside:
    """What was left unfinished, in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, Unfinished] = {}

    def all(self) -> dict[str, Unfinished]:
        return dict(self.kept)

    def drop(self, concerns: str, *, by: str) -> None:
        self.kept.pop(concerns, None)


class FakeBackups:
    """One that was read back this morning, of which nobody needs to be told."""

    def __init__(self) -> None:
        self.copies: list[Copied] = [
            Copied(
                id="ab" * 16,
                at=NOON - dt.timedelta(hours=3),
                place="/media/pinne/kopi-2026-11-23.db",
                rows=612,
                size=400_000,
                device="cd" * 16,
                verified=NOON - dt.timedelta(hours=3),
            )
        ]
        self.folder: Path | None = None
        self.days = 7
        self.is_needed = True

    def all(self) -> tuple[Copied, ...]:
        return tuple(self.copies)

    @property
    def last_verified(self) -> Copied | None:
        return next((one for one in self.copies if one.verified), None)

    @property
    def last_elsewhere(self) -> Copied | None:
        return next((one for one in self.copies if one.verified and not one.here), None)

    def set_folder(self, folder: Path | None) -> None:
        self.folder = folder

    def turn_days(self) -> None:
        self.days = 14


class FakeKeeping:
    """Nothing is settled."""

    times: ClassVar[dict[str, Any]] = {}

    def outcomes(self) -> set[str]:
        return set()

    def due(self, today: dt.date) -> tuple[()]:
        return ()


class FakeStaff:
    """One colleague, who is signed in."""

    may_lead = True

    def colleagues(self) -> tuple[Colleague, ...]:
        return (Colleague("00" * 16, "Ragnhild Prøvestad", "leader", me=True),)


@dataclass
class FakeArchive:
    """What the panels ask of the archive, from lists."""

    rows: list[Any] = field(default_factory=list)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    counted: list[str] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)
    guides: dict[str, Guide] = field(default_factory=dict)
    me: Me = field(default_factory=Me)
    known: FakePersons = field(default_factory=FakePersons)
    whole_book: bool = True
    warnings: tuple[str, ...] = ()
    fails: Exception | None = None
    set_aside: FakeAside = field(default_factory=FakeAside)
    backups: FakeBackups = field(default_factory=FakeBackups)
    keeping: FakeKeeping = field(default_factory=FakeKeeping)
    staff: FakeStaff = field(default_factory=FakeStaff)

    @property
    def persons(self) -> FakePersons:
        if self.fails:
            raise self.fails
        return self.known.filled(self.rows, complete=self.whole_book)

    def before(self, id: bytes, case: bytes) -> Person:  # noqa: A002
        return self.persons.before(id, case)

    def contacts(self, *, before: int | None = None, limit: int = 50) -> list[Any]:
        self.pages.append(before)
        if self.fails:
            raise self.fails
        older = [row for row in self.rows if before is None or row.n < before]
        return older[:limit]

    def show(self, id: str) -> dict[str, Any]:  # noqa: A002
        if self.fails:
            raise self.fails
        return {"joined": [], **NOTHING_ADDED, **self.records[id]}

    def guide(self, hash: str) -> Guide | None:  # noqa: A002
        return self.guides.get(hash)

    @property
    def aside(self) -> FakeAside:
        return self.set_aside

    @property
    def registrations(self) -> FakeArchive:
        return self

    def count_one(self, reason: str) -> str:
        if self.fails:
            raise self.fails
        self.counted.append(reason)
        return "2026-11"

    def uncount_one(self, reason: str, month: str) -> None:
        if self.fails:
            raise self.fails
        self.counted.remove(reason)


class Bench(App[None]):
    """What the panels ask of the app, written down."""

    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (100, "-wide")]

    def __init__(self, guide: Guide, language: Language = "nb") -> None:
        super().__init__()
        self.register_theme(THEME)
        self.theme = THEME.name
        self.words = Words(language)
        self.language = language
        self.guide = guide
        self.conversations: list[Conversation] = []
        self.current: Conversation | None = None
        self.function_keys = False
        self.archive = FakeArchive()
        self.did: list[str] = []
        self.signed: list[Conversation] = []
        self.answer: Any = "nothing yet"
        self.covered = False
        self.soundness = Soundness()
        self.backed = Backed()
        self.vault_file = "/hjemme/arkiv/vault.db"
        self.sign_fails: list[Exception] = []

    def now(self) -> dt.datetime:
        return NOON + dt.timedelta(minutes=14)

    async def vault(self, work: Callable[[Any], Any]) -> Any:
        return work(self.archive)

    def keep_unfinished(self, words: Unfinished) -> None:
        self.archive.aside.kept[words.concerns] = words

    def drop_unfinished(self, concerns: str) -> None:
        self.archive.aside.kept.pop(concerns, None)

    def back_up(self, target: Path) -> None:
        self.did.append(f"back up {target}")

    def check_copy(self, path: Path) -> None:
        self.did.append(f"check {path}")

    def check_again(self) -> None:
        self.did.append("check")

    def touch(self, conversation: Conversation) -> None:
        self.did.append("touch")

    def replace(self) -> None:
        self.did.append("replace")

    async def save(self, conversation: Conversation) -> bool:
        return True

    def save_now(self, conversation: Conversation) -> None:
        self.did.append("save")

    def new_conversation(self, text: str = "", *, case: bytes | None = None) -> None:
        self.did.append(f"new in {code(case)}" if case else f"new {text}".strip())

    def open_conversation(self, conversation: Conversation) -> None:
        self.did.append(f"open {conversation.code}")

    def show_contacts(self) -> None:
        self.did.append("contacts")

    def lock(self) -> None:
        self.did.append("lock")

    async def sign(self, conversation: Conversation) -> None:
        if self.sign_fails:
            raise self.sign_fails.pop()
        self.signed.append(conversation)

    async def erase(self, conversation: Conversation) -> None:
        self.did.append(f"erase {conversation.code}")
        self.conversations.remove(conversation)

    def open(self, screen: Screen[Any]) -> Awaitable[None]:
        def answered(result: Any) -> None:
            self.answer = result

        return self.push_screen(screen, answered)


def begun(guide: Guide, case: str = "4f2a", *, start: dt.datetime = NOON) -> Conversation:
    ticks = iter(range(100_000))
    return Conversation.new(
        guide,
        by="00" * 16,
        now=lambda: start + dt.timedelta(seconds=next(ticks)),
        id=bytes.fromhex(case) + bytes(14),
        case=bytes.fromhex(case) + bytes(14),
        guide_hash="0" * 64,
    )


def told(talk: Conversation, text: str, *places: str, kind: Any = "told", **answers: str) -> str:
    """Keep a line; its id."""
    named = {place.replace("_", "-"): value for place, value in answers.items()}
    talk.line = Line(text=text, kind=kind, places=places, answers=named)
    talk.keep()
    return talk.intake.statements[-1].id


def replayed(guide: Guide, name: str) -> Conversation:
    """A whole invented conversation, with its answers on the last line of each place."""
    source = tomllib.loads((TRANSCRIPTS / name).read_text("utf-8"))
    talk = begun(guide)
    for line in source["line"]:
        told(talk, line["note"], *line["places"], kind=line["kind"])
    for place, value in source["answers"].items():
        if value != "not-asked":
            talk.answer(place, value)
    for place in source["expect"]["told"]:
        talk.answer(place, "given")
    talk.answer("decision", source["expect"]["outcome"])
    told(talk, source["expect"]["outcome_reason"], "decision", kind="assessed")
    told(talk, "ringer politiet, i kveld", "next", kind="assessed")
    return talk
