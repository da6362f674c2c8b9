"""The information that is still to be given, for the next contact and the next shift."""

from __future__ import annotations

from dataclasses import dataclass

from intake_tui.guide.model import Guide, Information
from intake_tui.intake.informing import applies
from intake_tui.intake.record import Intake
from intake_tui.intake.signals import Because


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A piece of information that the person has not had yet.

    `put_off` where it was agreed to tell it later; otherwise it applies, by `because`, and was
    not told. Its name on the screen is `item.short.at(language)`.
    """

    item: Information
    put_off: bool
    because: tuple[Because, ...]

    def __repr__(self) -> str:
        """Never what was said."""
        return f"<Outstanding {self.item.id}>"


def outstanding(guide: Guide, intake: Intake) -> tuple[Outstanding, ...]:
    """What was put off, and what applies in this talk and was not told; in the guide's order.

    What everybody may be told, and was not, is not here: nobody owes all of it in a first talk.
    Whoever did not want to hear something is not asked to again. Works on a signed intake as on
    an open one; duties are not its business.
    """
    found = (
        _outstanding(item, guide, intake) for item in guide.items() if isinstance(item, Information)
    )
    return tuple(each for each in found if each is not None)


def _outstanding(item: Information, guide: Guide, intake: Intake) -> Outstanding | None:
    reason, state = applies(item, guide, intake), intake.value(item.id)
    because = reason.because if reason else ()
    if state == "later" or (state is None and because):
        return Outstanding(item, put_off=state == "later", because=because)
    return None
