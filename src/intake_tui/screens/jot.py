"""«Skriv nå»: a write-only line over whatever is in front, locked or covered."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key as KeyPress
from textual.screen import ModalScreen
from textual.widgets import Static

from intake_tui.widgets.gate import gate
from intake_tui.widgets.jot_line import JotLine
from intake_tui.widgets.key_bar import Key, KeyBar
from intake_tui.widgets.messages import Jotted, NotSaved, Saved
from intake_tui.widgets.unseen import Unseen, writes


class JotScreen(ModalScreen[None]):
    """Lines go in and are not shown again. It looks like nothing that asks for a passphrase."""

    CSS_PATH = "jot.tcss"
    ALLOW_SELECT = False
    help_section = "jot"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "jot.key-back-locked", show=False)
    ]

    def __init__(self) -> None:
        super().__init__()
        self._line = JotLine(id="jot")
        self._withheld = False  # whether the last line was the passphrase

    def compose(self) -> ComposeResult:
        """What it is for, the line, and what has become of the lines before."""
        words = gate(self).words
        with Vertical(id="jot-box"):
            yield Static(words("jot.title"), id="jot-title", markup=False)
            about = "jot.about-covered" if gate(self).session.jots_into else "jot.about"
            yield Static(words(about), id="jot-about", markup=False)
            yield self._line
            yield Static("", id="jot-kept", markup=False)
        yield KeyBar(*self._keys(), id="keys")

    def _keys(self) -> tuple[Key, ...]:
        words, session = gate(self).words, gate(self).session
        back = "jot.key-back-open" if session.phase == "open" else "jot.key-back-locked"
        return (
            Key("Enter", words("jot.key-line")),
            Key("Esc", words(back)),
            Key("Esc Esc", words("jot.key-cover"), "F12"),
        )

    def on_mount(self) -> None:
        """The cursor is in the line, after what was typed already."""
        self._line.placeholder = gate(self).words("jot.placeholder")
        self._line.put(gate(self).session.jot.unfinished)
        self._line.at_enter(self._end_line)
        self.set_focus(self._line)
        self._show_kept()

    def on_jot_line_typed(self) -> None:
        """Kept at each key."""
        self.take_over()
        self._show_kept()

    @property
    def unseen(self) -> Unseen:
        """Letters are written."""
        return "writes"

    def takes_unseen(self, event: KeyPress) -> bool:
        """What writes, and what ends the line."""
        return writes(event) or event.key == "enter"

    def take_over(self) -> None:
        """What stands in the line is the jot's."""
        text = self._line.take()
        if text is not None:
            gate(self).session.jot.typed(text)
            gate(self).session.jotted()

    def _end_line(self) -> None:
        """Enter: the line goes in, and the next one is empty."""
        self.take_over()
        self._line.put("")
        session = gate(self).session
        self._withheld = session.withhold(session.jot.unfinished) != session.jot.unfinished
        session.jot.ended()
        gate(self).session.jotted()
        self._show_kept()

    def on_screen_resume(self) -> None:
        """Back from under a cover: the line was put away."""
        if self._line.line != gate(self).session.jot.unfinished:
            self._line.put(gate(self).session.jot.unfinished)
        self._show_kept()

    def on_jotted(self, message: Jotted) -> None:
        """It is on disk, or could not be put there."""
        self._show_kept()

    def on_saved(self, message: Saved) -> None:
        """The archive is open, and has it."""
        self._show_kept()

    def on_not_saved(self, message: NotSaved) -> None:
        """The archive is open, and could not take it."""
        self._show_kept()

    def action_back(self) -> None:
        """Esc: back to what is behind; what was written is kept."""
        self.take_over()
        self._line.put("")
        gate(self).session.put_jot_away()
        self.dismiss()

    def _show_kept(self) -> None:
        words, session = gate(self).words, gate(self).session
        parts = [words("conversation.passphrase")] if self._withheld else []
        if session.jot.count:
            parts.append(words("jot.lines", n=session.jot.count))
        written = session.jot.count or not session.jot.empty
        warns = session.jot_kept in ("memory", "nowhere")  # before anything is written, too
        if session.jot_kept != "nothing" and (written or warns):
            parts.append(words(f"jot.kept-{session.jot_kept}"))
        self.query_one("#jot-kept", Static).update(Text("\n".join(parts)))
