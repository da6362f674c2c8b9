"""Signing in as people type."""

from __future__ import annotations

from pathlib import Path

from intake_tui.vault import store
from intake_tui.vault.errors import WrongPassphrase
from intake_tui.vault.passphrases import with_hyphens
from intake_tui.vault.place import Location


def unlocked(location: Location, name: str, passphrase: str, device: Path | None) -> store.Vault:
    """The vault there, open. Raises what `store.unlock` raises.

    A generated passphrase may be typed with spaces where its hyphens are: then it takes a second
    derivation of about 0.7 s.
    """
    try:
        return store.unlock(location, name=name, passphrase=passphrase, device=device)
    except WrongPassphrase:
        meant = with_hyphens(passphrase)
        if meant is None:
            raise
    return store.unlock(location, name=name, passphrase=meant, device=device)
