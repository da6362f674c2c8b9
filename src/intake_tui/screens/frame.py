"""What all panels share: a title line, the body between two rules, and the keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Key as KeyPress
from textual.events import Paste, ScreenResume
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from intake_tui.screens.giving_up import GivesUp
from intake_tui.widgets.caution import Caution, CautionIn
from intake_tui.widgets.desk import Desk, desk, today
from intake_tui.widgets.key_bar import Key, KeyBar
from intake_tui.widgets.row_layout import shortened
from intake_tui.widgets.rows import Rows
from intake_tui.widgets.typed_along import TypedAlong
from intake_tui.widgets.unbroken import shown
from intake_tui.widgets.unseen import Unseen, writes
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation

Result = TypeVar("Result")


class TitleBar(Widget):
    """A screen's name on the left, and something quiet on the right."""

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"title-bar--title", "title-bar--aside"}
    DEFAULT_CSS = """
    TitleBar { height: 1; padding: 0 1; margin-bottom: 0; }
    TitleBar > .title-bar--title { text-style: bold; color: $text-accent; }
    TitleBar > .title-bar--aside { color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._aside = ""

    def show(self, title: str, aside: str) -> None:
        """Show another title."""
        self._title, self._aside = title, aside
        self.refresh()

    def render(self) -> Text:
        """Both, as far apart as they can be."""
        width = self.content_region.width
        title = shortened(self._title, max(1, width - cell_len(self._aside) - 2))
        gap = max(1, width - cell_len(title) - cell_len(self._aside))
        return Text.assemble(
            (title, self.get_component_rich_style("title-bar--title", partial=True)),
            " " * gap,
            (self._aside, self.get_component_rich_style("title-bar--aside", partial=True)),
            no_wrap=True,
        )


class Notice(Widget):
    """One quiet line in which a screen says what has just happened, or nothing."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    Notice { height: auto; padding: 0 2; color: $text-muted; display: none; }
    Notice.-says { display: block; }
    """

    said_for: ClassVar[float] = 10.0  # seconds that something passing stands

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._goes: Timer | None = None  # runs while something passing stands

    def say(self, text: str = "", *, passing: bool = False) -> None:
        """Say it, for a while where it is `passing`; without a text, say nothing."""
        if self._goes is not None:
            self._goes.stop()
        self._goes = self.set_timer(self.said_for, self.say) if passing else None
        self._text = text
        self.set_class(bool(text), "-says")
        self.refresh(layout=True)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def render(self) -> Text:
        """The text."""
        return Text(self._text)


class Frame(GivesUp, Screen[Result], Generic[Result]):
    """A whole-screen panel. A subclass says what stands in its parts."""

    ALLOW_SELECT: ClassVar[bool] = False
    help_section: ClassVar[str] = "app"  # what F1 tells about: a key of help.toml
    DEFAULT_CSS = """
    Frame { background: $background; layout: vertical; }
    Frame > #frame-body {
        height: 1fr;
        border-top: solid $border-blurred;
        border-bottom: solid $border-blurred;
    }
    """

    reading: ClassVar[bool] = False  # whether its list is a text to scroll

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(reading=self.reading)
        self._title_bar, self._notice, self._key_bar = TitleBar(), Notice(), KeyBar()
        self._along = TypedAlong()
        self._cautions = CautionIn()
        self._typed_along = 0  # characters that went from here to the note line

    @property
    def desk(self) -> Desk:
        """The app, as far as a screen knows it."""
        return desk(self)

    @property
    def words(self) -> Words:
        """The program's words in the language of the screen."""
        return desk(self).words

    @property
    def today(self) -> dt.date:
        """The day here."""
        return today(self)

    @property
    def caution(self) -> Caution | None:
        """Which numbers must not be called, in the conversation that the panel is over."""
        talk = self.desk.current
        return self._cautions.of(talk, self.words) if talk else None

    def heading(self) -> tuple[str, str]:
        """The title, and what stands at the right of it."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """What stands between the rules."""
        yield self.rows

    def keys(self) -> tuple[Key, ...]:
        """The keys that the last lines show."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The parts from top to bottom."""
        yield self._title_bar
        with Container(id="frame-body"):
            yield from self.body()
        yield self._along
        yield self._notice
        yield self._key_bar
        self.refresh_frame()

    def on_mount(self) -> None:
        """The list has the focus from the first key on, where nothing else took it."""
        if self.focused is None and self.rows.can_focus:
            self.set_focus(self.rows)

    # What the panel has no use for goes to the note line

    @property
    def writes_to(self) -> Conversation | None:
        """The conversation whose note line takes the letters; None where there is none."""
        return self.desk.current

    def on_key(self, event: KeyPress) -> None:
        """A letter is written; Backspace takes back what was written here."""
        if self.writes_to is None or event.key in self._bindings.key_to_bindings:
            return
        if event.is_printable and event.character:
            event.stop()
            self._write_along(event.character)
        elif event.key == "backspace" and self._typed_along:
            event.stop()
            self._unwrite_along()

    def on_paste(self, event: Paste) -> None:
        """So is what was pasted."""
        from intake_tui.widgets.note_line import pasted  # noqa: PLC0415 - seldom needed

        text = pasted(event.text)
        if text and self.writes_to is not None:
            event.stop()
            self._write_along(text)

    def on_screen_resume(self, event: ScreenResume) -> None:
        """More may have been written in a panel over this one."""
        talk = self.writes_to
        if talk is not None and self._typed_along:
            self._tell_along(talk.line.text)

    def _tell_along(self, text: str) -> None:
        caution = self.caution
        self._along.tell(shown(caution.marked(text)) if caution else text)

    def _write_along(self, text: str) -> None:
        """After a space where these are the first words from here: others may end half written."""
        from intake_tui.intake.line import joined  # noqa: PLC0415 - not before unlocking

        talk = self.writes_to
        if talk is None:
            return
        before = talk.line.text
        after = before + text if self._typed_along else joined(before, text)
        self._typed_along += len(after) - len(before)
        self._rewrite_line(lambda _: after)

    def _unwrite_along(self) -> None:
        self._typed_along -= 1
        self._rewrite_line(lambda before: before[:-1])

    def _rewrite_line(self, change: Callable[[str], str]) -> None:
        from intake_tui.intake.line import typed  # noqa: PLC0415 - not before unlocking

        talk = self.writes_to
        if talk is not None:
            talk.line = typed(talk.line, change(talk.line.text))
            self.desk.touch(talk)
            self._tell_along(talk.line.text)

    @property
    def unseen(self) -> Unseen:
        """What letters do; nothing where there is neither a field nor a note line."""
        in_field = isinstance(self.focused, Input | TextArea)
        return "writes" if in_field or self.writes_to is not None else "waits"

    def takes_unseen(self, event: KeyPress) -> bool:
        """What writes, in a field of the panel or along into the note line."""
        return writes(event)

    def take_over(self) -> None:
        """What stands in a field of the panel only goes into the conversation: it may end here."""

    def say(self, text: str = "", *, passing: bool = False) -> None:
        """Say in the line above the keys what has happened; what is `passing` goes by itself."""
        self._notice.say(text, passing=passing)

    def refresh_frame(self) -> None:
        """Title and keys anew."""
        self._title_bar.show(*self.heading())
        self._key_bar.show(*self.keys())
