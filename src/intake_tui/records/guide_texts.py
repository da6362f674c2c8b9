"""The guides that conversations were held with: each text sealed once, under its hash."""

from __future__ import annotations

from typing import Protocol

from intake_tui.guide.load import GuideError, canonical, from_canonical, guide_hash
from intake_tui.guide.model import Guide
from intake_tui.records.errors import RecordDamaged

KIND = "guide"


class Items(Protocol):
    """The part of the vault that keeps items."""

    def put_item(self, id: bytes, kind: str, blob: bytes) -> None: ...  # noqa: A002, D102
    def get_item(self, id: bytes) -> bytes | None: ...  # noqa: A002, D102


class GuideTexts:
    """Keeps and finds guides by their hash. Reads each one once."""

    def __init__(self, items: Items) -> None:
        self._items = items
        self._read: dict[str, Guide] = {}

    def keep(self, guide: Guide) -> str:
        """Seals the guide's text unless it is there already; its hash."""
        for known, other in self._read.items():
            if other is guide:
                return known
        found = guide_hash(guide)
        if self._items.get_item(_id(found)) is None:
            self._items.put_item(_id(found), KIND, canonical(guide))
        self._read[found] = guide
        return found

    def get(self, wanted: str) -> Guide | None:
        """The guide with that hash, or None where it was never kept. Raises RecordDamaged."""
        if wanted not in self._read:
            data = self._items.get_item(_id(wanted))
            if data is None:
                return None
            try:
                self._read[wanted] = from_canonical(data)
            except GuideError:
                raise RecordDamaged("wrong-shape") from None
        return self._read[wanted]


def _id(found: str) -> bytes:
    """The item's id: the first half of the hash."""
    return bytes.fromhex(found)[:16]
