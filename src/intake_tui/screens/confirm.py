"""The last question before something goes for good: answered by typing, never by a held key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from intake_tui.screens.frame import Frame
from intake_tui.screens.in_words import in_words
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row


class ConfirmField(ClosedInput):
    """What is typed to say yes."""


class ConfirmScreen(Frame[bool]):
    """Dismisses with whether it was done. Esc, and anything but `typed`, leaves all as it is.

    `lines` say what goes; `delete` does it, and raises VaultError where nothing went.
    """

    help_section = "erase"
    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "delete", "erase.key-delete", show=False, priority=True),
        Binding("escape", "leave", "erase.key-leave", show=False, priority=True),
    ]

    def __init__(
        self, lines: Sequence[Row], typed: str, delete: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__()
        self._lines, self._typed, self._delete = lines, typed, delete
        self._field = ConfirmField(max_length=20)
        self._doing = False

    def heading(self) -> tuple[str, str]:
        """The question."""
        return self.words("erase.question"), ""

    def body(self) -> Iterable[Widget]:
        """What goes, and the field."""
        self.rows.can_focus = False
        yield self.rows
        yield self._field

    def keys(self) -> tuple[Key, ...]:
        """No stands first; yes only where it was typed."""
        words = self.words
        leave = Key("Esc", words("erase.key-leave"))
        if self._doing or not self._is_typed:
            return (leave,)
        return leave, Key("Enter", words("erase.key-delete"))

    def on_mount(self) -> None:
        """The field has the focus."""
        how = self.words("erase.type", typed=self._typed)
        self.rows.show([*self._lines, Row(), Row(how, look="strong")])
        self.set_focus(self._field)
        self.refresh_frame()

    def on_input_changed(self) -> None:
        """The last line says what Enter does."""
        self.refresh_frame()

    @property
    def _is_typed(self) -> bool:
        wanted, typed = self._typed.casefold(), self._field.value.strip().casefold()
        return typed in (wanted, wanted.removeprefix("k-"))

    def action_delete(self) -> None:
        """Enter: once it was typed."""
        if self._doing:
            return
        if self._is_typed:
            self._doing = True
            self._do()
        else:
            self.say(self.words("erase.type", typed=self._typed))

    @work(group="erase")
    async def _do(self) -> None:
        from intake_tui.records.errors import RecordDamaged  # noqa: PLC0415 - not before unlocking

        self.say(self.words("erase.deleting"))
        self.refresh_frame()
        try:
            await self._delete()
        except (VaultError, RecordDamaged) as error:
            self._doing = False
            self.say(self.words("erase.not-deleted", why=in_words(error, self.words)))
            self.refresh_frame()
        else:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Esc: nothing was deleted."""
        if not self._doing:
            self.dismiss(False)
