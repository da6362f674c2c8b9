"""Who may read, and what a leader changes about it: each change is one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from intake_tui.vault import members, opening, recovery, rotation, slots, trust
from intake_tui.vault.desk import Desk
from intake_tui.vault.errors import NoSuchColleague, OwnSlot, WrongPassphrase
from intake_tui.vault.items import Items
from intake_tui.vault.kdf import Kdf, folded
from intake_tui.vault.keys import Identity
from intake_tui.vault.members import Change, Joining
from intake_tui.vault.roster import COUNSELLOR, LEADER, RECOVERY
from intake_tui.vault.rotation import Progress
from intake_tui.vault.shapes import Counsellor
from intake_tui.vault.slots import SignIn


def _spaced(name: str) -> str:
    return " ".join(name.split())


class Staff:
    """The members of an open vault."""

    def __init__(self, desk: Desk, items: Items) -> None:
        self._desk = desk
        self._items = items

    def names(self) -> dict[bytes, str]:
        """The names by slot, also of those who have left, for the log."""
        return members.names_of(self._desk, self._items)

    def all(self) -> tuple[Counsellor, ...]:
        """Everybody whom the signed roster lists, the recovery sheet (without a name) too."""
        names = self.names()
        listed = self._desk.read(lambda _: self._desk.roster.members)
        return tuple(Counsellor(one.slot, names.get(one.slot, ""), one.role) for one in listed)

    def is_passphrase(self, passphrase: str) -> bool:
        """Whether it is that of who is signed in: one Argon2id run."""
        desk = self._desk
        own = [slot for slot in desk.read(trust.slots) if slot.id == desk.identity.slot]
        try:
            SignIn(desk.vault, own, desk.roster).with_passphrase(desk.identity.name, passphrase)
        except WrongPassphrase:
            return False
        return True

    def change_passphrase(
        self, passphrase: str, *, name: str | None = None, kdf: Kdf | None = None
    ) -> None:
        """A new passphrase (and name). After recovery: a new leader's slot, then signed in.

        A slot with the same name goes. An old copy of the file still opens with what opened
        it then: after a leak the vault key has to be changed as well. Raises NameTaken.
        """
        desk = self._desk
        if desk.member.role != RECOVERY:
            old, cost = desk.identity, kdf or opening.dearest(desk)
            who = Identity(old.slot, _spaced(name or old.name), old.kem, old.signing)
            members.rewrap(desk, self._items, who, passphrase, cost)
            return
        who = Identity.new(_spaced(name or ""))
        same = [one.slot for one in self.all() if folded(one.name) == folded(who.name)]
        gone = [slot for slot in same if slot != desk.identity.slot]
        joining = self._joining(who, LEADER, passphrase, kdf)
        members.enrol(desk, self._items, joining, instead_of=gone)
        desk.identity = who
        desk.chain.slot = who.slot

    def enrol(
        self, *, name: str, passphrase: str, role: str = COUNSELLOR, kdf: Kdf | None = None
    ) -> bytes:
        """A further counsellor; the new slot's id. Raises NotALeader, NameTaken."""
        members.may_sign(self._desk)
        members.must_be_free(self._desk, self._items, name, ())  # told before the key is stretched
        joining = self._joining(Identity.new(_spaced(name)), role, passphrase, kdf)
        members.enrol(self._desk, self._items, joining)
        return joining.slot.id

    def renew(self, slot: bytes, passphrase: str, *, kdf: Kdf | None = None) -> bytes:
        """A new slot for the same person, whose passphrase is forgotten; its id.

        Raises NotALeader, NoSuchColleague, OwnSlot.
        """
        members.may_sign(self._desk)
        one = self._colleague(slot, but_me=True)
        joining = self._joining(Identity.new(one.name), one.role, passphrase, kdf)
        members.enrol(self._desk, self._items, joining, instead_of=[slot])
        return joining.slot.id

    def change_role(self, slot: bytes, role: str) -> None:
        """Make a leader of a counsellor, or the other way round.

        Raises NotALeader, NoSuchColleague, LastLeader.
        """
        members.may_sign(self._desk)
        if self._colleague(slot).role != role:
            members.change_role(self._desk, slot, role)

    def revoke(
        self,
        slot: bytes,
        *,
        new_sheet: bool,
        drawn: str | None = None,
        progress: Progress | None = None,
    ) -> str | None:
        """Take a slot out, and a new vault key; the text of the new sheet, if one is wanted.

        `drawn` is a sheet that was drawn before, else one is drawn now. Raises NotALeader,
        NoSuchColleague, OwnSlot, LastLeader, TooFewWays, WrongRecovery for a `drawn` that is none.
        """
        members.may_sign(self._desk)
        self._colleague(slot, but_me=True)
        sheet = (drawn or recovery.drawn()) if new_sheet else None
        self._rotate([slot], sheet, progress)
        return sheet

    def new_sheet(self, progress: Progress | None = None, *, drawn: str | None = None) -> str:
        """Another recovery sheet, and a new vault key; the sheet's text. Raises NotALeader."""
        sheet = drawn or recovery.drawn()
        self._rotate([], sheet, progress)
        return sheet

    def rotate(self, *, without: Sequence[bytes] = (), progress: Progress | None = None) -> None:
        """A new vault key, granted to all but the slots `without`: what is written from now
        on is unknown to every older key. Raises NotALeader, LastLeader, TooFewWays."""
        self._rotate(without, None, progress)

    def _rotate(
        self, without: Sequence[bytes], sheet: str | None, progress: Progress | None
    ) -> None:
        desk = self._desk
        if sheet is None:
            rotation.rotate(desk, Change(leaving=tuple(without)), progress)
            return
        who = Identity.new("")
        slot = slots.for_recovery(desk.vault, who, recovery.parse(sheet))
        joining = Joining(who, RECOVERY, slot)
        rotation.rotate(desk, Change((joining,), tuple(without)), progress)

    def _joining(self, who: Identity, role: str, passphrase: str, kdf: Kdf | None) -> Joining:
        cost = kdf or opening.dearest(self._desk)
        return Joining(who, role, slots.for_passphrase(self._desk.vault, who, passphrase, cost))

    def _colleague(self, slot: bytes, *, but_me: bool = False) -> Counsellor:
        found = next((one for one in self.all() if one.slot == slot), None)
        if found is None or found.role == RECOVERY:
            raise NoSuchColleague
        if but_me and slot == self._desk.identity.slot:
            raise OwnSlot
        return found
