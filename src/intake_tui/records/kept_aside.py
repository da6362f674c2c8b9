"""What was typed and is not finished yet: sealed over a lock, an item each, for who typed it.

An item's id is chance and its kind the same for all, so that nothing in the clear tells what
was begun, or on which record.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator

from pydantic import Field

from intake_tui.intake.unfinished import Unfinished
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.sealed_json import from_bytes, to_bytes
from intake_tui.records.strict import Id, Part, part
from intake_tui.vault.store import Vault

KIND = "aside"


class _Kept(Part):
    by: Id
    concerns: str = Field(repr=False)
    stage: str
    now: str | None = Field(repr=False)
    reason: str = Field(repr=False)


def kept_from_bytes(data: bytes) -> _Kept:
    """Words that were kept aside. Raises RecordDamaged."""
    return part(_Kept, from_bytes(data))


class KeptAside:
    """Keeps, finds and drops it in one open vault; `by` is the slot of who typed it, in hex."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def all(self) -> dict[str, Unfinished]:
        """What who is signed in has not finished, by what it is about."""
        mine = self._vault.counsellor.slot.hex()
        return {
            one.concerns: Unfinished(one.concerns, one.stage, one.now, one.reason)
            for _, one in self._items()
            if one.by == mine
        }

    def keep(self, words: Unfinished, *, by: str) -> None:
        """Seals it, in place of what was kept before of the same."""
        id_ = next(self._of(words.concerns, by), None) or secrets.token_bytes(16)
        kept = {
            "by": by,
            "concerns": words.concerns,
            "stage": words.stage,
            "now": words.now,
            "reason": words.reason,
        }
        self._vault.put_item(id_, KIND, to_bytes(kept))

    def drop(self, concerns: str, *, by: str) -> None:
        """It is finished, or given up."""
        for id_ in list(self._of(concerns, by)):
            self._vault.remove_item(id_)

    def about(self, ids: Collection[str]) -> tuple[bytes, ...]:
        """The items in which anybody has something unfinished about one of these (in hex)."""
        wanted = set(ids)
        found = ((id_, set(one.concerns.split(":"))) for id_, one in self._items())
        return tuple(id_ for id_, parts in found if not wanted.isdisjoint(parts))

    def _of(self, concerns: str, by: str) -> Iterator[bytes]:
        return (id_ for id_, one in self._items() if (one.concerns, one.by) == (concerns, by))

    def _items(self) -> Iterator[tuple[bytes, _Kept]]:
        for id_, blob in self._vault.items(KIND):
            try:
                yield id_, kept_from_bytes(blob)
            except RecordDamaged:
                continue  # it stays as it is, for whoever looks into it
