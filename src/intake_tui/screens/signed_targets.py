"""What each row of a signed record would correct, and how its values are said."""

from __future__ import annotations

from functools import partial
from typing import Any, get_args

from intake_tui.guide.answers import STANCES, Stance
from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import What, choices, standing
from intake_tui.intake.events import SafetyKind
from intake_tui.screens.amend import Target
from intake_tui.widgets.safety_rows import Safety, safety_text
from intake_tui.widgets.saying import answer_word, place_name, stance_word
from intake_tui.words import Words


class SignedTargets:
    """Of one record; the rows are made of it too."""

    def __init__(self, record: dict[str, Any], guide: Guide, words: Words) -> None:
        self._record, self._guide, self._words = record, guide, words

    @property
    def safety(self) -> Safety:
        """The pinned items as they are now: whether to call is never shown as it once was."""
        safety: Safety = (self._record["amended"] or self._record)["safety"]
        return safety

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
            label=self._label(found, which),
            was=standing({**self._record, **(self._record["amended"] or {})}, found, which),
            choices=choices(self._guide, found, which),
            said=partial(self._said, found, which),
        )

    def _label(self, what: What, key: str) -> str:
        """What it is called: an item's name, or the kind of part that it is."""
        if what == "safety":
            return self._words(f"safety.{key}")
        if what in ("answer", "told", "option"):
            return place_name(self._guide, key, self._words)
        return self._words(f"amend.what-{what}")

    def _said(self, what: What, key: str, value: str | None) -> str:
        """A value as the screen says it."""
        if value is None:
            return self._words("amend.nothing")
        if what == "option":
            return stance_word(STANCES.get(value, Stance()), self._words)
        if what in ("answer", "told"):
            return answer_word(self._guide, key, value, self._words)
        if what == "decision":
            return place_name(self._guide, value, self._words)
        if what == "safety":
            kind: SafetyKind = key  # type: ignore[assignment]
            return safety_text(kind, {**self.safety, kind: value}, self._words)[0]
        return value
