"""A correction of a signed record: the new words, why, and a question before it is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, get_args

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from intake_tui.intake.amendment import Amendment, What
from intake_tui.intake.unfinished import Unfinished
from intake_tui.screens.in_words import in_words
from intake_tui.screens.unfinished import UnfinishedFrame
from intake_tui.textual_fixes.closed import ClosedInput
from intake_tui.vault.errors import VaultError
from intake_tui.widgets.caution import Caution, caution_of
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row
from intake_tui.widgets.safety_rows import Safety
from intake_tui.widgets.settling import Settles

if TYPE_CHECKING:
    from collections.abc import Callable

Stage: TypeAlias = Literal["words", "reason", "ask"]


@dataclass(frozen=True, repr=False)
class Target:
    """What is to be corrected, and how it is said on the screen."""

    record: str  # the id in hex
    what: What
    key: str
    label: str
    was: str | None
    choices: tuple[str, ...]  # the answers to choose from; none: it is in words
    said: Callable[[str | None], str]
    safety: Safety = field(default_factory=dict)  # as it is now
    spoken: tuple[str, ...] = ()  # the texts in which a number may stand

    @property
    def concerns(self) -> str:
        """By this what was left unfinished of it is found again."""
        return f"amend:{self.record}:{self.what}:{self.key}"


class AmendField(ClosedInput):
    """The new words, or the reason."""


class AmendScreen(Settles, UnfinishedFrame[bool]):
    """Dismisses with whether something was sealed. The record itself is never changed."""

    help_section = "signed"
    CSS_PATH = "amend.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "amend.key-on", show=False, priority=True),
        Binding("tab", "turn(1)", "amend.key-turn", show=False, priority=True),
        Binding("shift+tab", "turn(-1)", show=False, priority=True),
        Binding("escape", "back", "amend.key-back", show=False, priority=True),
    ]

    def __init__(self, target: Target, kept: Mapping[str, Unfinished]) -> None:
        super().__init__(target.concerns, kept)
        self._target = target
        self._now = self.kept.now if self.kept else target.was
        self._reason = self.kept.reason if self.kept else ""
        self._stage = self._left_at()
        self._field = AmendField(self._in_field)
        self._sealing = False

    def _left_at(self) -> Stage:
        """Where one was; from the words on, where they stand like that by now."""
        stage = self.kept.stage if self.kept and self._now != self._target.was else "words"
        return next(known for known in get_args(Stage) if known == stage)

    @property
    def _in_field(self) -> str:
        return (self._now or "") if self._stage == "words" else self._reason

    @property
    def unfinished(self) -> Unfinished | None:
        """The words and the reason as they are now, and how far it has come."""
        now, reason = self._typed
        if now == self._target.was and not reason:
            return None
        return Unfinished(self.concerns, self._stage, now, reason)

    @property
    def _typed(self) -> tuple[str | None, str]:
        """What is to stand, and why; one of them may be in the field only."""
        typed = self._field.value.strip()
        if self._stage == "reason":
            return self._now, typed
        if self._stage == "words" and not self._target.choices:
            return typed or None, self._reason
        return self._now, self._reason

    def _take_field(self) -> None:
        self._now, self._reason = self._typed

    @property
    def caution(self) -> Caution | None:
        """Which numbers must not be called, in the record and in what is written now."""
        said = (*self._target.spoken, self._now or "", self._reason)
        return caution_of(self._target.safety, self.words, said)

    def heading(self) -> tuple[str, str]:
        """What is corrected."""
        return self.words("amend.title"), self._target.label

    def body(self) -> Iterable[Widget]:
        """What stands and what is to stand, and the field under it."""
        self.rows.can_focus = False
        yield self.rows
        yield self._field

    def keys(self) -> tuple[Key, ...]:
        """The keys of the stage; Enter is named when it seals."""
        words = self.words
        back = Key("Esc", words("amend.key-back"))
        if self._stage == "ask":
            return (*((Key("Enter", words("amend.key-seal")),) if self.is_settled else ()), back)
        turns = (Key("Tab", words("amend.key-turn")),) if self._turns else ()
        return (*turns, Key("Enter", words("amend.key-on")), back)

    def on_mount(self) -> None:
        """Begin with the words as they stand, or where it was left."""
        self._come_to(self._stage)

    @property
    def _turns(self) -> bool:
        return self._stage == "words" and bool(self._target.choices)

    def _come_to(self, stage: Stage) -> None:
        self._stage = stage
        field = self._field
        field.display = field.can_focus = stage != "ask" and not self._turns
        field.value = self._in_field
        field.cursor_position = len(field.value)
        field.placeholder = self.words(f"amend.{stage}") if stage != "ask" else ""
        self.set_focus(field if field.can_focus else None)
        if stage == "ask":
            self.settle()
        self.say()
        self._show()

    def _show(self) -> None:
        self.rows.show(self._rows())
        self.refresh_frame()

    def _rows(self) -> Iterator[Row]:
        words, said = self.words, self._target.said
        if self._target.what != "addition":
            yield Row(words("amend.was"), look="heading")
            yield Row(said(self._target.was))
            yield Row()
        if self._turns or self._stage != "words":
            yield Row(words("amend.now"), look="heading")
            yield Row(words("amend.struck") if self._now is None else said(self._now))
            yield Row()
        if self._stage == "ask":
            yield Row(words("amend.why"), look="heading")
            yield Row(self._reason)
            yield Row()
            yield Row(words("amend.question"), look="strong")
            yield Row(words("amend.both-stay"), look="quiet")
        else:
            yield Row(words("amend.ask-reason" if self._stage == "reason" else self._hint))

    @property
    def _hint(self) -> str:
        if self._turns:
            return "amend.ask-choice"
        return "amend.ask-addition" if self._target.what == "addition" else "amend.ask-words"

    def settled(self) -> None:
        """Enter is named from here on."""
        self.refresh_frame()

    # Keys

    def action_turn(self, by: int) -> None:
        """Tab: the next answer; after the last one, none."""
        if self._turns:
            turns: tuple[str | None, ...] = (*self._target.choices, None)
            at = turns.index(self._now) if self._now in turns else -1
            self._now = turns[(at + by) % len(turns)]
            self._show()

    def action_go_on(self) -> None:
        """Enter: on to the reason, on to the question, and then it is sealed."""
        if self._stage == "words":
            self._take_words()
        elif self._stage == "reason":
            self._take_reason()
        elif self.takes_enter() and not self._sealing:
            self._sealing = True
            self.take_over()  # a lock may come first
            self._seal()

    def _take_words(self) -> None:
        self._take_field()
        if self._now == self._target.was:
            self.say(self.words("amend.no-change"))
        else:
            self._come_to("reason")

    def _take_reason(self) -> None:
        self._take_field()
        if self._reason:
            self._come_to("ask")
        else:
            self.say(self.words("amend.no-reason"))

    @work(group="amend")
    async def _seal(self) -> None:
        from intake_tui.records.errors import (  # noqa: PLC0415 - records import the database
            NoSuchRecord,
            RecordDamaged,
        )

        target = self._target
        amendment = Amendment(target.what, target.key, target.was, self._now, self._reason)
        try:
            await self.sealing(lambda archive: archive.amend(target.record, amendment))
        except (VaultError, RecordDamaged, NoSuchRecord) as error:
            self._sealing = False
            self.say(self.words("amend.not-sealed", why=in_words(error, self.words)))
        else:
            self.end(True)

    def action_back(self) -> None:
        """Esc: one step back; at the first one, out of it, and what was typed is given up."""
        if self._sealing:
            return
        if self._stage == "words":
            if self.may_drop(self.unfinished):
                self.end(False)
        elif self._stage == "reason":
            self._take_field()
            self._come_to("words")
        else:
            self._come_to("reason")
