"""Go to a step: eight of them, and a digit for each; 0 goes to the conversations."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from intake_tui.screens.frame import Frame
from intake_tui.widgets.key_bar import Key
from intake_tui.widgets.row_layout import Row

CONTACTS = "0"


class GoToStepScreen(Frame[int | None]):
    """Dismisses with the number of a step, or None."""

    help_section = "steps"
    BINDINGS: ClassVar[list[BindingType]] = [
        *[Binding(str(digit), f"go({digit})", show=False) for digit in range(1, 9)],
        Binding("0", "contacts", show=False),
        Binding("enter", "choose", "steps.key-go", show=False),
        Binding("escape,ctrl+g", "leave", "steps.key-back", show=False),
    ]

    def __init__(self, step: int = 1) -> None:
        super().__init__()
        self._step = step

    def heading(self) -> tuple[str, str]:
        """What it is for."""
        return self.words("steps.title"), ""

    def keys(self) -> tuple[Key, ...]:
        """The keys."""
        words = self.words
        return (
            Key("0–8", words("steps.key-go")),
            Key("Enter", words("steps.key-highlighted")),
            Key("Esc", words("steps.key-back")),
        )

    def on_mount(self) -> None:
        """Show the steps of the guide."""
        language = self.words.language
        rows = [
            Row(step.title.at(language), key=str(step.number), lead=f"{step.number}  ")
            for step in self.desk.guide.steps
        ]
        away = Row(self.words("steps.contacts"), key=CONTACTS, lead=f"{CONTACTS}  ")
        self.rows.show([*rows, Row(), away], highlight=str(self._step))

    def on_rows_chosen(self) -> None:
        """A second click goes there."""
        self.action_choose()

    def action_go(self, step: int) -> None:
        """A digit."""
        self.dismiss(step)

    def action_choose(self) -> None:
        """Enter: the highlighted step."""
        key = self.rows.highlighted
        if key == CONTACTS:
            self.action_contacts()
        else:
            self.dismiss(int(key) if key else None)

    def action_contacts(self) -> None:
        """0: to the conversations; this one is parked, as it stands."""
        self.desk.show_contacts()

    def action_leave(self) -> None:
        """Esc: stay."""
        self.dismiss(None)
