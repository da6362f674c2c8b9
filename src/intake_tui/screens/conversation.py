"""The conversation: the step's questions above, the note line that has the letters below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key, Resize, ScreenSuspend
from textual.message import Message
from textual.widgets import TextArea

from intake_tui.screens.conversation_actions import Actions
from intake_tui.screens.conversation_keys import BINDINGS
from intake_tui.screens.conversation_parts import Parts
from intake_tui.screens.conversation_view import JOURNAL_STEP
from intake_tui.screens.in_words import in_words
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.messages import Happened, NotSaved, Saved
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.unseen import Unseen, writes

if TYPE_CHECKING:
    from intake_tui.desk.exporting import Written
    from intake_tui.intake.conversation import Conversation

CLOCK_SECONDS = 5  # how often the header looks whether another minute has begun


class ConversationScreen(Actions):
    """All eight steps. It shows the conversation and holds nothing of it."""

    ALLOW_SELECT: ClassVar[bool] = False
    AUTO_FOCUS = "NoteLine"
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    CSS_PATH = "conversation.tcss"
    without_key: ClassVar[tuple[tuple[str, str], ...]] = (
        ("before.find-case", "find_case"),
        ("conversation.rescue", "rescue"),
        ("conversation.redo", "redo"),  # few terminals can send Ctrl+Shift+Z
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - so in Screen

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(conversation, Parts(conversation, self.found, self.emptied))

    @property
    def help_section(self) -> str:
        """What F1 tells about: what stands where the list stands."""
        if self.finder.is_open:
            return "find"
        if self.panel is not None:
            return self.panel.section
        return "journal" if self.conversation.step == JOURNAL_STEP else "conversation"

    def compose(self) -> ComposeResult:
        """The parts from top to bottom, of the width that the terminal has."""
        width = self._get_breakpoint_classes(self.app.size.width, self.HORIZONTAL_BREAKPOINTS)
        self.add_class(*width, update=False)  # else all of them get their styles a second time
        yield from self.parts.compose()

    async def on_mount(self) -> None:
        """Show the conversation where it was left."""
        self.set_focus(self.note)  # at once: the next key is the note line's
        self.note.move_cursor(self.note.document.end)
        await self.prepare_stage()
        self.show_all()
        self.call_after_refresh(self.show_stage)  # the list's height is known only then
        self.set_interval(CLOCK_SECONDS, self.show_header)

    @property
    def unseen(self) -> Unseen:
        """Letters are written."""
        return "writes"

    def takes_unseen(self, event: Key) -> bool:
        """What writes, answers, or keeps a line that has words."""
        if event.key == "enter":
            return self.finder.is_open or bool(self.note.text.strip())
        return writes(event) or event.key in ("tab", "shift+tab")

    def take_over(self) -> None:
        """What was typed in the note line, or looked for in vain, is the conversation's."""
        self.end_fruitless_find()
        self.sync()

    def on_screen_suspend(self, event: ScreenSuspend) -> None:
        """Another screen comes over this one: nothing typed waits in a queue."""
        self.sync()

    def on_screen_resume(self) -> None:
        """Whatever the other screen changed is shown; what was typed meanwhile stays."""
        self.sync()
        if not self.finder.is_open:
            self.set_focus(self.note)
        self.show_all()

    def on_resize(self, event: Resize) -> None:
        """Another size: the hints may need more or fewer lines."""
        self.measure_hints()
        self.call_after_refresh(self.show_stage)

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """A key in the note line: nothing else is computed or painted than what it changes."""
        message.stop()
        if self.sync():
            self.parts.hint.settle()
        if self.kind_of_line() != self.shown_kind:
            self.show_line()

    def on_key(self, event: Key) -> None:
        """A letter that found the focus elsewhere goes to the note line all the same."""
        if event.is_printable and event.character and not self.finder.is_open:
            event.stop()
            self.set_focus(self.note)
            self.note.type(event.character)

    async def found(self, found: str | None) -> None:
        """Something was found, or not; the next letter is the note line's again."""
        onto_line = self.finder.without_hit
        self.end_find()
        topic = self.guide.topic_by_id.get(found or "")
        self.pick(found if topic is None else None)
        if topic is not None:
            await self.read(topic)
        self.show_stage()
        if not onto_line:
            self.show_hint()

    def on_rows_moved(self, message: Rows.Moved) -> None:
        """The highlight moved."""
        message.stop()
        if message.rows is self.questions:
            self.at_row[self.conversation.step] = message.key or ""
            self.show_hint()
            if self.moved_by_key:
                self.moved_by_key = False
                self._say_where_it_goes(message.key)

    def _say_where_it_goes(self, row: str | None) -> None:
        """The place was picked for the line: it does not follow the highlight."""
        places = self.conversation.line.places
        if places and row in self.guide.by_id and row not in places:
            self.tell_place("still-goes-to", places[-1])

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """A click on the row where the highlight already stands: the same as Ctrl+L."""
        message.stop()
        if message.rows is self.questions:
            self.action_place()

    def on_journal_view_moved(self, message: Message) -> None:
        """The highlight was clicked into the journal note."""
        message.stop()
        self.enter_journal(True)
        self.show_hint()

    def on_saved(self, message: Saved) -> None:
        """The draft is on disk."""
        if message.conversation_id == self.conversation.id:
            at = message.at.astimezone()
            self.saved = (self.words("conversation.saved", at=f"{at:%H:%M:%S}"), True)
            self.show_header()

    def on_not_saved(self, message: NotSaved) -> None:
        """It is not: said in words, and what to do."""
        if message.conversation_id == self.conversation.id:
            self.saved = (self._about("not-saved", message.code), False)
            self.show_header()
            self.tell(self._about("not-saved-help", message.code))

    def on_happened(self, message: Happened) -> None:
        """Under the questions, not over the line that is being written."""
        self.tell(self.words(message.key))

    def _about(self, what: str, code: str) -> str:
        """In words made for that reason, where there are some."""
        key = f"conversation.{what}-{code}"
        return self.words(key if self.words.has(key) else f"conversation.{what}")

    def action_rescue(self) -> None:
        """Where it cannot be saved: what was written goes to a file, once it was asked."""
        self._rescue()

    @work(group="rescue", exclusive=True)
    async def _rescue(self) -> None:
        self.take_over()
        if await self.desk.save(self.conversation):
            self.tell(self.words("conversation.rescue-not-needed"))
        else:
            await self._write_out()

    async def _write_out(self) -> None:
        from intake_tui.screens.export import ExportScreen  # noqa: PLC0415 - seldom needed
        from intake_tui.screens.unsaved_record import unsaved_record  # noqa: PLC0415

        try:
            name = await self.desk.vault(lambda archive: str(archive.me.name))
        except VaultError as error:
            self.tell(in_words(error, self.words))
            return
        record = unsaved_record(self.conversation, name)
        self.app.push_screen(ExportScreen([(record, self.guide)]), self._rescued)

    def _rescued(self, written: Written | None) -> None:
        if written is not None:
            self.tell(self.words("printed.written", name=written.path.name))
