"""What the log says there must be: folded from its entries, compared with the tables by `check`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.log import Entry

_SILENT = {"opened", "exported", "backed-up", "backup-verified"}


@dataclass(frozen=True, slots=True)
class Signed:
    """A logged revision: hash of its row, and its place in its device's chain."""

    hash: bytes
    device: bytes
    n: int
    at: int


@dataclass
class Manifest:
    """The tables as the log has them.

    Counters only rise and an end is final, so that the order of different desks' entries
    does not matter; only a changed slot needs it, and its entry tells what it came after.
    """

    _revisions: dict[bytes, Signed] = field(default_factory=dict)
    _drafts: dict[bytes, int] = field(default_factory=dict)
    _ended: set[bytes] = field(default_factory=set)
    """Drafts. A revision has its draft's id, and does not end with it."""
    erased: set[bytes] = field(default_factory=set)
    """Revisions."""
    items: dict[bytes, int] = field(default_factory=dict)
    slots: dict[bytes, bytes] = field(default_factory=dict)
    slots_ever: set[bytes] = field(default_factory=set)
    """The hash of every slot that there was, so that one of them put back is known."""
    grants: dict[tuple[bytes, int], bytes] = field(default_factory=dict)
    heads: list[tuple[bytes, int, bytes]] = field(default_factory=list)
    rosters: set[tuple[int, bytes]] = field(default_factory=set)
    """Every newest roster that an entry tells of: one of two with a number is not of the chain."""
    closed: dict[int, dict[bytes, int]] = field(default_factory=dict)

    @property
    def revisions(self) -> dict[bytes, Signed]:
        """What was signed and not erased."""
        return {id_: one for id_, one in self._revisions.items() if id_ not in self.erased}

    def signed(self, id_: bytes) -> Signed | None:
        """One revision that was signed and not erased."""
        return None if id_ in self.erased else self._revisions.get(id_)

    @property
    def drafts(self) -> dict[bytes, int]:
        """Drafts that were saved and not ended, each with the highest counter logged."""
        saved = self._drafts.items()
        return {id_: counter for id_, counter in saved if counter and id_ not in self._ended}

    def draft(self, id_: bytes) -> int | None:
        """The highest counter logged of a draft that was saved and not ended."""
        return None if id_ in self._ended else self._drafts.get(id_) or None

    def ended(self, id_: bytes) -> bool:
        """Whether a draft was signed or erased."""
        return id_ in self._ended

    def apply(self, line: tuple[bytes, int], entry: Entry) -> None:
        """Take in one entry; raises VaultDamaged for marks that are none."""
        try:
            self.heads += entry.heads
            self._marks(entry.marks)
            change = _CHANGES.get(entry.what)
            if change is not None:
                change(self, line, entry)
        except (ValueError, KeyError, TypeError, IndexError, OverflowError):
            raise VaultDamaged("log") from None

    def _marks(self, marks: Mapping[str, Any]) -> None:
        for id_, counter in marks.get("items", ()):
            _raise(self.items, bytes.fromhex(id_), int(counter))
        for id_, hash_ in marks.get("slots", ()):
            self.slots[bytes.fromhex(id_)] = bytes.fromhex(hash_)
            self.slots_ever.add(bytes.fromhex(hash_))
        for id_, epoch, hash_ in marks.get("grants", ()):
            self.grants[bytes.fromhex(id_), int(epoch)] = bytes.fromhex(hash_)
        if "roster" in marks:
            n, hash_ = marks["roster"]
            self.rosters.add((int(n), bytes.fromhex(hash_)))

    def _signed(self, line: tuple[bytes, int], entry: Entry) -> None:
        hash_ = bytes.fromhex(entry.marks["hash"])
        self._revisions[entry.ids[0]] = Signed(hash_, *line, entry.at)
        if "draft" in entry.marks:
            self._ended.add(bytes.fromhex(entry.marks["draft"]))

    def _erased(self, _line: tuple[bytes, int], entry: Entry) -> None:
        self.erased.update(entry.ids)

    def _draft_erased(self, _line: tuple[bytes, int], entry: Entry) -> None:
        self._ended.update(entry.ids)

    def _draft(self, _line: tuple[bytes, int], entry: Entry) -> None:
        _raise(self._drafts, entry.ids[0], int(entry.marks["counter"]))

    def _listed(self, _line: tuple[bytes, int], entry: Entry) -> None:
        for id_, counter in entry.marks["drafts"]:
            _raise(self._drafts, bytes.fromhex(id_), int(counter))

    def _item(self, _line: tuple[bytes, int], entry: Entry) -> None:
        _raise(self.items, entry.ids[0], int(entry.marks["counter"]))

    def _rotated(self, line: tuple[bytes, int], entry: Entry) -> None:
        """The epoch before ended: where each chain stood is as far as its key may have written."""
        ends = {device: n for device, n, _ in entry.heads}
        device, n = line
        self.closed[int(entry.marks["epoch"]) - 1] = {**ends, device: n - 1}
        for slot in entry.ids:
            self.slots.pop(slot, None)

    def _enrolled(self, _line: tuple[bytes, int], entry: Entry) -> None:
        for slot in entry.ids[1:]:
            self.slots.pop(slot, None)
            self.grants = {key: hash_ for key, hash_ in self.grants.items() if key[0] != slot}


_CHANGES: Mapping[str, Callable[[Manifest, tuple[bytes, int], Entry], None]] = {
    "signed": Manifest._signed,
    "erased": Manifest._erased,
    "draft-erased": Manifest._draft_erased,
    **dict.fromkeys(("draft-new", "draft-opened", "draft-left"), Manifest._draft),
    "drafts-listed": Manifest._listed,
    **dict.fromkeys(("item", "item-removed"), Manifest._item),
    "rotated": Manifest._rotated,
    "enrolled": Manifest._enrolled,
}


def matters(entry: Entry) -> bool:
    """Whether an entry says anything about what there must be."""
    return entry.what not in _SILENT


def _raise(counters: dict[bytes, int], id_: bytes, counter: int) -> None:
    counters[id_] = max(counter, counters.get(id_, 0))
