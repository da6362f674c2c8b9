"""What a slot's holder is called: signed with the slot's own key.

Every member has the vault key, and could otherwise exchange two names: the leader would
revoke the wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake_tui.vault.errors import VaultDamaged
from intake_tui.vault.framing import bound, frame, unframe
from intake_tui.vault.keys import Identity, signed_by
from intake_tui.vault.roster import Roster


def signed(vault: bytes, who: Identity) -> bytes:
    """The content of the item that says who holds a slot."""
    name = who.name.encode("utf-8", "surrogatepass")
    return frame(name, who.signing.sign(_message(vault, who.slot, name)))


def name_in(vault: bytes, rosters: Sequence[Roster], slot: bytes, content: bytes) -> str:
    """The name in such an item. Raises VaultDamaged where its slot's key has not signed it.

    The slot may be one of an earlier roster: who has left is named in the log.
    """
    fields = unframe(content)
    if len(fields) != 2:
        raise VaultDamaged("name")
    name, signature = fields
    if not any(
        signed_by(key, signature, _message(vault, slot, name)) for key in _keys(rosters, slot)
    ):
        raise VaultDamaged("name")
    try:
        return name.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise VaultDamaged("name") from None


def _keys(rosters: Sequence[Roster], slot: bytes) -> Iterable[bytes]:
    listed = (roster.member(slot) for roster in reversed(rosters))
    return dict.fromkeys(member.signing for member in listed if member is not None)


def _message(vault: bytes, slot: bytes, name: bytes) -> bytes:
    return bound(vault, "name", slot, name)
