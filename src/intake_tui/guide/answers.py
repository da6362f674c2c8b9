"""The answers that the kinds of items have, and what the answer of an option stands for."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

YES_NO: tuple[str, ...] = ("yes", "no")
NO_ANSWER: tuple[str, ...] = ("unknown", "declined")
TOLD: tuple[str, ...] = ("given", "understood", "later", "not-wanted")
WITH_WORDS: tuple[str, ...] = (
    "yes",
    *TOLD,
)  # answers that words on the same item do not contradict
OwnView: TypeAlias = Literal["wanted", "not-wanted", "unsure"]


class Stance(NamedTuple):
    """How an option stands: what we did, and what the person thinks. Neither follows from the
    other: what was not offered may be wanted. What the counsellor chose is a third thing.
    """

    offered: bool = False
    view: OwnView | None = None  # None: not known


STANCES: dict[str, Stance] = {
    "offered": Stance(offered=True),
    "offered-wanted": Stance(offered=True, view="wanted"),
    "offered-not-wanted": Stance(offered=True, view="not-wanted"),
    "offered-unsure": Stance(offered=True, view="unsure"),
    "wanted": Stance(view="wanted"),
    "not-wanted": Stance(view="not-wanted"),
}
"""What the answer of an option stands for: one key goes through both things together."""
