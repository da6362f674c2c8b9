"""The guides that conversations were held with: each text sealed once, under its hash."""

from __future__ import annotations

import re

from intake_tui.guide.load import GuideError, canonical, from_canonical, guide_hash
from intake_tui.guide.model import Guide
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.items import Items
from intake_tui.vault.errors import DiskFull, VaultDamaged, VaultReadOnly

KIND = "guide"
_HASH = re.compile(r"[0-9a-f]{64}\Z")


class GuideTexts:
    """Keeps and finds guides by their hash. Reads each one once."""

    def __init__(self, items: Items) -> None:
        self._items = items
        self._read: dict[str, Guide] = {}

    def keep(self, guide: Guide) -> str:
        """Seals the guide's text unless it is there already, or nothing can be; its hash."""
        for known, other in self._read.items():
            if other is guide:
                return known
        found = guide_hash(guide)
        if not self._is_there(found):
            try:
                self._items.put_item(_id(found), KIND, canonical(guide))
            except VaultReadOnly:
                pass  # then nothing is written with it, either
            except DiskFull:
                return found  # tried again at the next opening
        self._read[found] = guide
        return found

    def _is_there(self, found: str) -> bool:
        try:
            return self._items.get_item(_id(found)) is not None
        except VaultDamaged:
            return True  # left as it is for whoever looks into it

    def get(self, wanted: str) -> Guide | None:
        """The guide with that hash, or None where it was never kept. Raises RecordDamaged."""
        if not _HASH.match(wanted):
            return None
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
