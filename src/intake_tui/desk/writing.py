"""Drafts on their way to the disk, with the letters whose words they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from intake_tui.desk import opening
from intake_tui.desk.vault_thread import VaultThread
from intake_tui.vault.errors import DraftConflict

if TYPE_CHECKING:
    from intake_tui.intake.snapshot import Snapshot
    from intake_tui.records.archive import Archive

Saved: TypeAlias = tuple[dt.datetime, tuple[str, ...]]
"""When (UTC), and what is odd about the vault."""


class Writing:
    """`parted` is told the ids, before and after, of a conversation that is two now;
    `room_is_short`, once, that the room kept for a full disk is being used."""

    def __init__(
        self,
        vault: VaultThread,
        parted: Callable[[bytes, bytes], None],
        room_is_short: Callable[[], None],
    ) -> None:
        self.letters: dict[bytes, list[bytes]] = {}  # by conversation: removed as it is saved
        self.told_of_room = False
        self._vault, self._parted, self._room_is_short = vault, parted, room_is_short

    def opened(self, warnings: tuple[str, ...], held: set[bytes]) -> None:
        """The archive is open; those conversations are still in memory only."""
        self.told_of_room = "disk-full" in warnings
        self.letters = {id_: letters for id_, letters in self.letters.items() if id_ in held}

    async def write(self, snapshot: Snapshot) -> dt.datetime:
        """When it was on disk (UTC). Raises VaultError."""
        try:
            at, warnings = await self._vault.run(self.saving(snapshot))
        except DraftConflict:
            at, warnings = await self._write_beside(snapshot)
        self.letters.pop(snapshot.id, None)
        if "disk-full" in warnings and not self.told_of_room:
            self.told_of_room = True
            self._room_is_short()
        return at

    async def _write_beside(self, snapshot: Snapshot) -> Saved:
        """Another desk has written it, signed it or erased it: from now on ours is another."""
        beside = opening.beside(snapshot)
        saved = await self._vault.run(self._save(beside, self.letters.get(snapshot.id, [])))
        self._parted(snapshot.id, beside.id)
        return saved

    def saving(self, snapshot: Snapshot) -> Callable[[Archive], Saved]:
        """To be done with the archive, in its thread."""
        return self._save(snapshot, self.letters.get(snapshot.id, []))

    def _save(self, snapshot: Snapshot, letters: list[bytes]) -> Callable[[Archive], Saved]:
        return lambda archive: (archive.save(snapshot, letters), archive.warnings)
