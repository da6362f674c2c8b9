"""What is known from before: the person's other contacts, said quietly on every step."""

from __future__ import annotations

from textual import work

from intake_tui.screens.conversation_view import View
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.messages import BookRead
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.safety_strip import do_not_call


class LookingBack(View):
    """Asks the vault who called before: when it is shown, and when its case has changed.

    Of the heads only; what was said is read when it is opened (see `BeforePanel`).
    """

    _looked_back_on = b""  # the case whose contacts are known

    def show_all(self) -> None:
        """The conversation, and what there is from before where it is in another case now."""
        super().show_all()
        if self.conversation.case != self._looked_back_on:
            self._looked_back_on = self.conversation.case
            self.look_back()

    def on_book_read(self, message: BookRead) -> None:
        """Older contacts are known now."""
        self.look_back()

    @work(group="look-back", exclusive=True)
    async def look_back(self) -> None:
        """Reads the heads of the person's other contacts."""
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415 - not before unlocking

        id_, case = self.conversation.id, self.conversation.case
        try:
            person = await self.desk.vault(lambda archive: archive.before(id_, case))
        except (VaultError, RecordDamaged):
            return  # the panel says what could not be read; here nothing is claimed
        self.before = person.rows
        self.conversation.do_not_call_before = do_not_call(person.rows)
        if self.is_attached:
            self.show_safety()
            for rows in self.query(Rows):  # a number that stands there may not be called now
                rows.show(rows.shown)
