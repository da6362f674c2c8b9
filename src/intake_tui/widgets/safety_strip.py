"""What can kill if it is forgotten, on every step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from intake_tui.widgets.bar import Bar
from intake_tui.widgets.caution import caution_of
from intake_tui.widgets.row_layout import Piece
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.events import SafetyKind

ORDER: tuple[SafetyKind, ...] = (
    "number",
    "hours",
    "voicemail",
    "deadline",
    "where-now",
    "code-word",
)


def strip_pieces(safety: Mapping[SafetyKind, str], words: Words) -> Iterator[Piece]:
    """The strip: first whether to call, then the number and when, which are never cut off."""
    yield words("conversation.safety"), "quiet"
    call = safety.get("call")
    if call == "no":
        yield words("conversation.call-no"), "warn"
    elif call == "yes":
        yield words("conversation.call-yes"), "plain"
    else:
        yield words("conversation.call-not-agreed"), "quiet"
    caution = caution_of(safety, words)
    for kind in ORDER:
        text = " ".join(safety.get(kind, "").split())
        if text and caution:
            text = caution.beside(text) if kind == "number" else caution.marked(text)
        if text:
            yield " · ", "quiet"
            yield _item(kind, text, words), "plain"


def _item(kind: SafetyKind, text: str, words: Words) -> str:
    if kind == "voicemail":
        return words(f"conversation.voicemail-{'yes' if text == 'yes' else 'no'}")
    return words(f"conversation.{kind}", text=text)


class SafetyStrip(Bar):
    """The pinned safety items, on two lines at most."""

    ROWS: ClassVar[int] = 2
    DEFAULT_CSS = "SafetyStrip { height: auto; max-height: 3; }"

    def tell(self, safety: Mapping[SafetyKind, str], words: Words) -> None:
        """Show these items."""
        self.show(strip_pieces(safety, words))

    def _marked(self) -> Iterable[Piece]:
        """The pieces as they are: the number stands right after the words already."""
        return self._left
