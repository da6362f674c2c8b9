"""What each row of a signed record would correct, and how its values are said."""

from __future__ import annotations

from functools import partial
from typing import Any, get_args

from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import What, choices, reading, standing
from intake_tui.screens.amend import Target
from intake_tui.widgets.corrections import label, said, spoken
from intake_tui.widgets.safety_rows import Safety
from intake_tui.words import Words


class SignedTargets:
    """Of one record; the rows are made of it too."""

    def __init__(self, record: dict[str, Any], guide: Guide, words: Words) -> None:
        self._record, self._guide, self._words = record, guide, words

    @property
    def safety(self) -> Safety:
        """The pinned items as they are now: whether to call is never shown as it once was."""
        safety: Safety = reading(self._record)["safety"]
        return safety

    @property
    def said(self) -> tuple[str, ...]:
        """The texts in which a number may stand."""
        return spoken(self._record)

    def target(self, key: str) -> Target | None:
        """What a row would correct; None where nothing is corrected there."""
        what, _, which = key.partition(":")
        if what not in get_args(What):
            return None
        found: What = what  # type: ignore[assignment]
        return Target(
            record=self._record["id"],
            what=found,
            key=which,
            label=label(found, which, self._guide, self._words),
            was=standing(reading(self._record), found, which),
            choices=choices(self._guide, found, which),
            said=partial(self._said, found, which),
            safety=self.safety,
            spoken=self.said,
        )

    def _said(self, what: What, key: str, value: str | None) -> str:
        """A value as the screen says it."""
        return said(what, key, value, guide=self._guide, words=self._words, safety=self.safety)
