"""What can kill if it is forgotten, on every step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from intake_tui.widgets.bar import Bar
from intake_tui.widgets.caution import as_agreed, caution_of, unparted
from intake_tui.widgets.row_layout import Piece
from intake_tui.widgets.safety_rows import days_taken
from intake_tui.widgets.unbroken import glued
from intake_tui.words import Words

if TYPE_CHECKING:
    from intake_tui.intake.events import SafetyKind
    from intake_tui.intake.record import Intake
    from intake_tui.records.rows import ContactRow

ORDER: tuple[SafetyKind, ...] = (
    "number",
    "code-word",
    "deadline",
    "hours",
    "voicemail",
    "where-now",
)
WHOLE = 60  # columns: an item of at most so many stands whole on a line, or not at all


def strip_pieces(
    safety: Mapping[SafetyKind, str],
    words: Words,
    *,
    before: Sequence[ContactRow] = (),
    taken: Mapping[str, str] | None = None,
) -> Iterator[Piece]:
    """The strip: whether to call, what there is from before, then what kills first if forgotten.

    `taken` says of what was taken over, by its kind, from which day.
    """
    from_day = taken or {}
    yield words("conversation.safety"), "quiet"
    call = safety.get("call")
    if call == "no":
        yield words("conversation.call-no") + from_day.get("call", ""), "warn"
    elif call == "yes":
        yield words("conversation.call-yes") + from_day.get("call", ""), "plain"
    else:
        yield words("conversation.call-not-agreed"), "quiet"
    yield from before_pieces(before, words)
    pinned = as_agreed(safety, do_not_call_before=do_not_call(before))
    caution = caution_of(pinned, words)
    for kind in ORDER:
        text = " ".join(safety.get(kind, "").split())
        if text and caution:
            text = caution.beside(text) if kind == "number" else caution.marked(text)
        if text:
            yield " · ", "quiet"
            yield _item(kind, text, words) + from_day.get(kind, ""), "plain"


def before_pieces(before: Sequence[ContactRow], words: Words) -> Iterator[Piece]:
    """How many conversations there are from before, and whether one says not to call."""
    if before:
        yield " · ", "quiet"
        yield words("before.talks", n=len(before)), "quiet"
    if do_not_call(before):
        yield ", ", "quiet"
        yield words("conversation.call-no"), "warn"


def do_not_call(before: Sequence[ContactRow]) -> bool:
    """Whether an earlier conversation says so."""
    return any(row.call == "no" for row in before)


def _item(kind: SafetyKind, text: str, words: Words) -> str:
    if kind == "voicemail":
        return words(f"conversation.voicemail-{'yes' if text == 'yes' else 'no'}")
    return words(f"conversation.{kind}", text=text)


class SafetyStrip(Bar):
    """The pinned safety items, on two lines at most."""

    ROWS: ClassVar[int] = 2
    DEFAULT_CSS = "SafetyStrip { height: auto; max-height: 3; }"

    def tell(self, intake: Intake, before: Sequence[ContactRow], words: Words) -> None:
        """Show what is pinned, and what there is from before."""
        taken = days_taken(intake, words)
        self.show(strip_pieces(intake.safety, words, before=before, taken=taken))

    def _marked(self) -> Iterable[Piece]:
        """Each item as one word; the number has its words already."""
        return [(_whole(text), look) for text, look in self._left]


def _whole(text: str) -> str:
    """The item unparted; of one too long for that, no number is parted."""
    kept = text.strip()
    whole = glued(kept) if cell_len(kept) <= WHOLE else unparted(kept)
    return text.replace(kept, whole) if kept else text
