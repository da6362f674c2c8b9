"""A few fields over the lock: what recovering and restoring have in common."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from rich.text import Text
from textual.screen import ModalScreen
from textual.widgets import Static

from intake_tui.desk.patience import Patience
from intake_tui.screens.giving_up import GivesUp
from intake_tui.widgets.gate import gate
from intake_tui.widgets.orderly_input import OrderlyInput
from intake_tui.words import Words

Result = TypeVar("Result")


class GateForm(GivesUp, ModalScreen[Result], Generic[Result]):
    """Steps of one or two fields; the class of the screen says which is shown.

    A subclass has the fields `#name` and `#passphrase`, and a line `#say`.
    """

    ALLOW_SELECT = False

    def __init__(self, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._busy = False

    @property
    def words(self) -> Words:
        """The program's words."""
        return gate(self).words

    def say(self, text: str = "") -> None:
        """What is wrong, and what to do; or how far it is."""
        self.query_one("#say", Static).update(Text(text))

    def _value(self, selector: str) -> str:
        return self.query_one(selector, OrderlyInput).value.strip()

    @property
    def typed(self) -> str:
        """What stands in the fields of all steps."""
        return "".join(field.value for field in self.query(OrderlyInput))

    def name_entered(self) -> None:
        """Enter in the name: where it is empty, not one key of the passphrase is shown in it."""
        if self._value("#name"):
            self.say()
            self.set_focus(self.query_one("#passphrase"))
        else:
            self.say(self.words("unlock.missing-name"))

    def _open_with(self, patience: Patience, work: Callable[[], Awaitable[None]]) -> None:
        """Says that it takes its time, and begins when whoever guesses has waited."""
        self._busy = True
        self.say(self.words("unlock.opening-plain"))

        def begin() -> None:
            self.app.spawn(work())  # type: ignore[attr-defined]

        self.set_timer(patience.left(time.monotonic()) or 0.001, begin)
