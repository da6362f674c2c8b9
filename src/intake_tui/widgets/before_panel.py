"""What was said before: the person's earlier contacts, beside the note line, to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work

from intake_tui.guide.model import Guide
from intake_tui.intake.events import SafetyKind
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.before_rows import BeforeRows, Take
from intake_tui.widgets.caution import Caution
from intake_tui.widgets.desk import desk
from intake_tui.widgets.row_layout import Piece, Row
from intake_tui.widgets.stage_panel import StagePanel

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.archive import Archive, ContactRow

FIND = "find-case"


class BeforePanel(StagePanel):
    """Newest first. Reading a contact's words is logged by the vault, so they are read only here.

    Nothing of it comes into the conversation but what Enter takes over, one thing at a time.
    """

    section: ClassVar[str] = "before"

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self._conversation = conversation
        self._case = b""  # whose contacts are shown
        self._shown: object = None  # the answers and safety items that the rows were made with
        self._contacts: list[BeforeRows | Row] = []  # a row where one could not be read
        self._complete = True
        self._read_all = False
        self._moved = False  # whether the highlight was, since it was read

    @property
    def on_case(self) -> bool:
        """On the last row."""
        return self.rows.highlighted == FIND

    @property
    def hint(self) -> str:
        """The keys."""
        return desk(self).words("before.keys")

    def refresh_panel(self) -> None:
        """Another case: read it. Something taken over or undone: say so on its row."""
        intake = self._conversation.intake
        if self._conversation.case != self._case:
            self._case = self._conversation.case
            self._read()
        elif (intake.safety, intake.answers) != self._shown:
            self._show()

    def move(self, delta: int) -> None:
        """↑ ↓"""
        self._moved = True
        self.rows.move(delta)

    def page(self, direction: int) -> None:
        """PgUp, PgDn."""
        self._moved = True
        self.rows.action_page(direction)

    def enter(self) -> bool:
        """The highlighted thing is taken over."""
        key = self.rows.highlighted or ""
        takes = (one.takes[key] for one in self._readable if key in one.takes)
        take = next(takes, None)
        return take is not None and self._take(take)

    def _take(self, take: Take) -> bool:
        talk, before = self._conversation, self._conversation.changes
        if take.pinned:
            kind = cast(SafetyKind, take.item)
            talk.take_pin(kind, take.value, contact=take.contact, held=take.held)
        else:
            talk.take_answer(take.item, take.value, contact=take.contact, held=take.held)
        return talk.changes != before

    # What is read

    @work(group="before", exclusive=True)
    async def _read(self) -> None:
        """Shown when all is read: one contact may say that another one's number is not safe."""
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415

        self._contacts, self._read_all, self._moved = [], False, False
        self._show()
        id_, case = self._conversation.id, self._conversation.case
        try:
            person = await desk(self).vault(lambda archive: archive.before(id_, case))
        except (VaultError, RecordDamaged):
            self._contacts = [self._unreadable()]
        else:
            self._complete = person.complete
            self._contacts = [await self._contact(row) for row in person.rows]
        self._read_all = True
        self._show(from_the_top=not self._moved)

    async def _contact(self, row: ContactRow) -> BeforeRows | Row:
        """A piece of work for each, so that a save never waits for more than one of them."""
        from intake_tui.records.errors import NoSuchRecord, RecordDamaged  # noqa: PLC0415

        try:
            record, guide = await desk(self).vault(lambda archive: self._from(archive, row))
        except (VaultError, RecordDamaged, NoSuchRecord):
            return self._unreadable(row)
        return BeforeRows(record, guide, desk(self).words)

    def _from(self, archive: Archive, row: ContactRow) -> tuple[dict[str, Any], Guide]:
        record = archive.show(row.id, self._conversation.guide)
        return record, archive.guide(record["guide"]) or self._conversation.guide

    def _unreadable(self, row: ContactRow | None = None) -> Row:
        """What the list knows of it; whether it may be called is never left out."""
        words = desk(self).words
        if row is None:
            return Row(words("before.not-read"), key="unread")
        forbidden = words("safety.do-not-call") if row.call == "no" else ""
        title = f"{row.started.astimezone():%d.%m.%Y %H:%M} · {row.code}"
        below: Piece = (words("before.not-read"), "quiet")
        told = Row(title, key=row.id, look="heading", below=(below,))
        return replace(told, right=forbidden, right_look="warn")

    # What is shown

    @property
    def _readable(self) -> Iterator[BeforeRows]:
        return (one for one in self._contacts if isinstance(one, BeforeRows))

    @property
    def _caution(self) -> Caution | None:
        """A number that one contact says must not be called says so in all of them."""
        cautions = [one.caution for one in self._readable if one.caution]
        if not cautions:
            return None
        pattern = "|".join(f"(?:{one.number.pattern})" for one in cautions)
        return Caution(cautions[0].word, re.compile(pattern))

    def _show(self, *, from_the_top: bool = False) -> None:
        intake = self._conversation.intake
        self._shown = (intake.safety, intake.answers)
        rows = tuple(self._rows())
        first = next((row.key for row in rows if row.key), None)
        self.rows.show(rows, highlight=first if from_the_top else None)

    def _rows(self) -> Iterator[Row]:
        words, intake = desk(self).words, self._conversation.intake
        caution = self._caution
        for one in self._contacts:
            rows = (one,) if isinstance(one, Row) else one.rows(intake)
            yield from (replace(row, caution=caution) for row in rows)
        if not self._read_all:
            yield Row(words("before.reading"), look="quiet")
        elif not self._complete:
            yield Row(words("before.still-reading"), look="quiet")
        elif not self._contacts:
            yield Row(words("before.none"), look="quiet")
        yield Row()
        yield Row(words("before.find"), key=FIND, look="accent")
