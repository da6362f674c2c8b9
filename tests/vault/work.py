"""What a counsellor has the vault do, a random step at a time, and what each leaves behind."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from unittest import mock

from vaults import rid

from intake_tui.vault import Kdf, opening, store
from intake_tui.vault.erasing import Doomed
from intake_tui.vault.keys import Identity
from intake_tui.vault.roster import RECOVERY
from intake_tui.vault.witness import DeviceFolder

KIND = "sort"


@dataclass(frozen=True)
class Content:
    """All that can be read in a vault, and who can."""

    drafts: frozenset[tuple[bytes, bytes]]
    heads: frozenset[tuple[bytes, bytes]]  # with the case
    items: frozenset[tuple[bytes, bytes]]
    names: frozenset[str]  # of those who may read
    epoch: int

    @classmethod
    def of(cls, vault: store.Vault) -> Content:
        return cls(
            frozenset((one.id, one.blob) for one in vault.drafts()),
            frozenset((one.id, one.case) for one in vault.heads(limit=10_000)),
            frozenset(vault.items(KIND)),
            frozenset(one.name for one in vault.staff.all() if one.role != RECOVERY),
            vault._desk.keys.epoch,
        )

    def digest(self) -> bytes:
        """The same for the same content, in another process, too."""
        parts = [sorted(part) if isinstance(part, frozenset) else part for part in astuple(self)]
        return hashlib.sha256(repr(parts).encode()).digest()


@dataclass(frozen=True)
class Step:
    """One operation that is not done yet, and what is there once it is."""

    what: str
    do: Callable[[], object]
    after: Content


def opened(path: Path, who: Identity, folder: DeviceFolder) -> store.Vault:
    """Unlocked without a new key derivation: everything after the slot was opened."""
    vault = store.Vault(path, opening.open_desk(path, lambda _: who, folder))
    vault.drafts()  # from then on it knows at which save each stands
    return vault


class Work:
    """Steps on an open vault. `content` is what is there when all steps so far are done."""

    def __init__(self, vault: store.Vault, chance: random.Random) -> None:
        self.vault, self._chance = vault, chance
        self.content = Content.of(vault)
        self.sheet = ""
        self.backups = Path(str(vault._location)).parent / "backups"

    def step(self, what: str) -> Step:
        """The next step of that kind; its `do` is to be called."""
        do, self.content = getattr(self, f"_{what}")()
        return Step(what, do, self.content)

    def _save(self) -> tuple[Callable[[], object], Content]:
        known = dict(self.content.drafts)
        fresh = [] if len(known) > 3 else [rid()]
        one = self._chance.choice([*known, *fresh])
        blob = self._chance.randbytes(self._chance.choice((200, 3000, 9000)))
        after = replace(self.content, drafts=frozenset((known | {one: blob}).items()))
        return lambda: self.vault.save_draft(one, blob), after

    def _sign(self) -> tuple[Callable[[], object], Content]:
        known, one, item = dict(self.content.drafts), rid(), rid()
        draft = self._chance.choice([*known, None])
        case = self._chance.choice([rid(), *(case for _, case in self.content.heads)])
        body = self._chance.randbytes(5000)
        after = replace(
            self.content,
            drafts=frozenset((id_, blob) for id_, blob in known.items() if id_ != draft),
            heads=self.content.heads | {(one, case)},
            items=self.content.items | {(item, one)},
        )
        items = {item: (KIND, one)}
        return lambda: self.vault.sign(
            id=one, case=case, head=b"h", body=body, draft=draft, items=items
        ), after

    def _item(self) -> tuple[Callable[[], object], Content]:
        known = dict(self.content.items)
        one, blob = self._chance.choice([*known, rid()]), self._chance.randbytes(700)
        after = replace(self.content, items=frozenset((known | {one: blob}).items()))
        return lambda: self.vault.put_item(one, KIND, blob), after

    def _erase(self) -> tuple[Callable[[], object], Content]:
        """A case with all its revisions, and what belongs to it."""
        now = self.content
        case = self._chance.choice([case for _, case in now.heads] or [rid()])
        draft = self._chance.choice([*dict(now.drafts), rid()])
        items = self._chance.sample([*dict(now.items)], k=min(2, len(now.items)))
        after = replace(
            now,
            heads=frozenset(head for head in now.heads if head[1] != case),
            drafts=frozenset(one for one in now.drafts if one[0] != draft),
            items=frozenset(one for one in now.items if one[0] not in items),
        )
        doomed = Doomed(case, drafts=(draft,), items=tuple(items))
        return lambda: self.vault.erase([doomed]), after

    def _enrol(self) -> tuple[Callable[[], object], Content]:
        name = f"B{self._chance.randrange(10**9)}"
        after = replace(self.content, names=self.content.names | {name})

        def do() -> None:
            with mock.patch.object(Kdf, "key", return_value=bytes(32)):  # no one signs in with it
                self.vault.enrol(name=name, passphrase="b", kdf=Kdf.FLOOR)

        return do, after

    def _revoke(self) -> tuple[Callable[[], object], Content]:
        me = self.vault.counsellor.slot
        others = [one for one in self.vault.staff.all() if one.role != RECOVERY and one.slot != me]
        if not others:
            return self._rotate()
        gone = self._chance.choice(others)
        names = self.content.names - {gone.name}
        after = replace(self.content, names=names, epoch=self.content.epoch + 1)

        def do() -> None:
            self.sheet = self.vault.staff.revoke(gone.slot, new_sheet=True) or ""

        return do, after

    def _rotate(self) -> tuple[Callable[[], object], Content]:
        return self.vault.rotate, replace(self.content, epoch=self.content.epoch + 1)

    def _backup(self) -> tuple[Callable[[], object], Content]:
        """Under a new name, or over the last one."""
        self.backups.mkdir(exist_ok=True)
        there = list(self.backups.glob("*.db"))
        fresh = self.backups / f"{self._chance.randrange(10**9)}.db"
        target = self._chance.choice([*there, fresh])

        def do() -> None:
            backup = self.vault.backups.begin(target, over=True)
            while step := backup.step():
                if step.aside:
                    step.aside()

        return do, self.content

    def _lock(self) -> tuple[Callable[[], object], Content]:
        return self.vault.lock, self.content
