"""Which open conversations somebody had in front, for the log.

At a sign-in all of them are read for the list. That is an entry of its own, and no reading of each.
"""

from __future__ import annotations

from collections.abc import Iterable

from intake_tui.vault.store import Vault


class InFront:
    """Since the vault was unlocked. One that was begun here needs no entry that it was opened."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._listed: frozenset[bytes] = frozenset()
        self._opened: set[bytes] = set()

    def listed(self, ids: Iterable[bytes]) -> None:
        """They were read for the list: none is in front any more, and one that is will be said."""
        self._listed = frozenset(ids)
        self._opened.clear()
        if self._listed:
            self._vault.list_drafts(sorted(self._listed))

    def shown(self, id_: bytes) -> None:
        """It is in front: the log has that once."""
        if id_ in self._listed and id_ not in self._opened:
            self._vault.enter_draft(id_)
            self._opened.add(id_)

    def saved(self, id_: bytes) -> None:
        """Something was written in it: the log has at the lock which save was the last."""
        self._opened.add(id_)

    def read(self, id_: bytes) -> None:
        """It was shown beside the screens, and is not any more."""
        if id_ not in self._opened:
            self._vault.enter_draft(id_)
            self._vault.leave_draft(id_)

    def ended(self, id_: bytes) -> None:
        """It is no draft any more."""
        self._opened.discard(id_)

    def leave(self) -> None:
        """All are left. Raises VaultError; then the rest are not logged."""
        while self._opened:
            self._vault.leave_draft(self._opened.pop())

    def forget(self) -> None:
        """The vault is locked."""
        self._opened.clear()
        self._listed = frozenset()
