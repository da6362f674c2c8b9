"""The colleagues of an archive: who may open it, and what leaders change about that.

Slots are named in hex. Passphrases of one's own choosing are held against the blocklist
with the counsellor's and the centre's name (WeakPassphrase).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from intake_tui.vault import passphrases
from intake_tui.vault.errors import NoSuchColleague, WeakPassphrase, WrongPassphrase
from intake_tui.vault.roster import LEADER, RECOVERY
from intake_tui.vault.store import Vault

Role: TypeAlias = Literal["leader", "counsellor"]
Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True)
class Colleague:
    """One who may open the archive. `name` is empty where its row cannot be read."""

    slot: str
    name: str = field(repr=False)
    role: Role
    me: bool


class Staff:
    """Who may open the archive. What only leaders may do raises NotALeader."""

    def __init__(self, vault: Vault, centre: Callable[[], str]) -> None:
        self._vault = vault
        self._centre = centre

    def colleagues(self) -> tuple[Colleague, ...]:
        """Everybody but the recovery sheet, by name."""
        me = self._vault.counsellor.slot
        found = [
            Colleague(
                one.slot.hex(),
                one.name,
                "leader" if one.role == LEADER else "counsellor",
                me=one.slot == me,
            )
            for one in self._vault.staff.all()
            if one.role != RECOVERY
        ]
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.slot)))

    @property
    def may_lead(self) -> bool:
        """Whether who is signed in may change who may open it."""
        return self._vault.counsellor.role == LEADER

    def add(self, name: str, passphrase: str, role: Role = "counsellor") -> str:
        """A further colleague; the slot. Raises NameTaken, WeakPassphrase."""
        self._must_be_strong(passphrase, name)
        return self._vault.staff.enrol(name=name, passphrase=passphrase, role=role).hex()

    def renew(self, slot: str, passphrase: str) -> str:
        """Another slot for one who has forgotten the passphrase; the old one opens no more.

        Raises NoSuchColleague, OwnSlot, WeakPassphrase. The vault key stays: after a leak
        `rotate` as well.
        """
        self._must_be_strong(passphrase, self._colleague(slot).name)
        return self._vault.staff.renew(bytes.fromhex(slot), passphrase).hex()

    def change_role(self, slot: str, role: Role) -> None:
        """Raises NoSuchColleague, LastLeader."""
        self._vault.staff.change_role(bytes.fromhex(slot), role)

    def revoke(
        self,
        slot: str,
        *,
        new_sheet: bool,
        drawn: str | None = None,
        progress: Progress | None = None,
    ) -> str | None:
        """Takes a colleague out who need not be there, and changes the vault key.

        One transaction. `progress` is told rows done and rows there are. With `new_sheet` the
        old recovery sheet ends in the same transaction, and the new one's text is returned:
        that of `drawn`, where one was drawn and copied down before (`recovery.drawn`).
        Raises NoSuchColleague, OwnSlot, LastLeader, TooFewWays.
        """
        id_ = bytes.fromhex(slot)
        revoke = self._vault.staff.revoke
        return revoke(id_, new_sheet=new_sheet, drawn=drawn, progress=progress)

    def new_sheet(self, progress: Progress | None = None, *, drawn: str | None = None) -> str:
        """Another recovery sheet, its text; the vault key is changed, the old sheet ends."""
        return self._vault.staff.new_sheet(progress, drawn=drawn)

    def rotate(self, progress: Progress | None = None) -> None:
        """Another vault key without anybody leaving: after a leak, after deletion."""
        self._vault.rotate(progress=progress)

    def check_passphrase(self, passphrase: str) -> bool:
        """Whether it is that of who is signed in; about 0.7 s."""
        return self._vault.staff.is_passphrase(passphrase)

    def change_passphrase(self, old: str, new: str) -> None:
        """Another passphrase for who is signed in. Raises WrongPassphrase, WeakPassphrase.

        The old one is asked for, or a passer-by at an open laptop could set one.
        """
        self._must_be_strong(new, self._vault.counsellor.name)
        if not self._vault.staff.is_passphrase(old):
            raise WrongPassphrase
        self._vault.change_passphrase(new)

    def set_passphrase(self, passphrase: str, *, name: str | None = None) -> None:
        """The same for who has just signed in; `name`: a new leader's slot, after the sheet.

        Raises WeakPassphrase.
        """
        self._must_be_strong(passphrase, name or self._vault.counsellor.name)
        self._vault.change_passphrase(passphrase, name=name)

    def _colleague(self, slot: str) -> Colleague:
        for one in self.colleagues():
            if one.slot == slot:
                return one
        raise NoSuchColleague

    def _must_be_strong(self, passphrase: str, name: str) -> None:
        why = passphrases.weakness(passphrase, names=(name, self._centre()))
        if why is not None:
            raise WeakPassphrase(why)
