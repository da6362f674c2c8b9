"""Deleting cases: what belongs to them, and what stays of those that were one person with them.

Of a case go its signed records with all that was added to them, its open conversations, what
was begun about it and not finished, and that it was joined with others. What went to statistics
has no way back to a case and stays, and so do the texts of the guide.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from intake_tui.intake.held import utc_now
from intake_tui.intake.snapshot import code
from intake_tui.records.codec import row_from_head
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.joins import KIND as LINK
from intake_tui.records.joins import Joined, Joins, Link, Parted, link_to_bytes
from intake_tui.records.kept_aside import KeptAside
from intake_tui.records.later import folded
from intake_tui.records.open_ones import OpenOnes
from intake_tui.records.persons import Persons
from intake_tui.records.rows import ContactRow
from intake_tui.vault.erasing import Doomed, Waiting
from intake_tui.vault.erasures import mark_of
from intake_tui.vault.shapes import Head
from intake_tui.vault.store import Vault


@dataclass(frozen=True, slots=True)
class CaseHeld:
    """What there is of one case, to be shown before it goes."""

    case: str  # hex
    rows: tuple[ContactRow, ...] = field(repr=False)  # newest first, the open ones too
    damaged: int  # parts that cannot be read, and go as well

    @property
    def code(self) -> str:
        """What it is called aloud."""
        return code(bytes.fromhex(self.case))

    @property
    def alias(self) -> str | None:
        """What the person was called, as it was given last."""
        return next((row.alias for row in self.rows if row.alias), None)

    @property
    def signed(self) -> tuple[ContactRow, ...]:
        """Those that can be handed out."""
        return tuple(row for row in self.rows if row.status == "signed")


class Erasing:
    """Finds what belongs to cases, and lets go of it. What only leaders may raises NotALeader."""

    def __init__(self, vault: Vault, persons: Persons, aside: KeptAside, opened: OpenOnes) -> None:
        self._vault = vault
        self._persons = persons
        self._aside = aside
        self._opened = opened

    # What belongs together

    def person(self, case: str) -> tuple[CaseHeld, ...]:
        """The cases (hex) of the person whose case that is: that one first."""
        self._persons.catch_up()
        cases = (case, *sorted(self._persons.joins.person(case) - {case}))
        found = (self._held(one) for one in cases)
        return tuple(one for one in found if one.rows or one.damaged or one.case == case)

    def _held(self, case: str) -> CaseHeld:
        of_case = self._vault.of_case(bytes.fromhex(case))
        parts, damaged = [], len(of_case.damaged)
        for head in of_case.heads:
            try:
                parts.append(row_from_head(head.head, n=head.n, id=head.id, case=head.case))
            except RecordDamaged:
                damaged += 1
        records = [part for part in parts if isinstance(part, ContactRow)]
        later = [part for part in parts if not isinstance(part, ContactRow)]
        signed = [folded(row, [one for one in later if one.of == row.id]) for row in records]
        opened = map(self._opened.row, self._opened.of(case))
        rows = sorted((*opened, *signed), key=lambda row: row.started, reverse=True)
        return CaseHeld(case, tuple(rows), damaged)

    # Deleting

    def is_gone(self, id: bytes) -> bool:  # noqa: A002 - the record's own name
        """Whether a record or an open conversation went with its case."""
        return self._vault.was_erased(id)

    def erase(self, cases: Collection[str], *, because: str) -> int:
        """These cases (hex) go for good, in one transaction; how many sealed parts they had.

        The other cases of a person stay one person; `because` stands as the reason where only
        a deleted case had joined them. Raises NotALeader, DiskFull: then nothing is deleted.
        """
        going = frozenset(cases)
        joins = self._persons.read_joins()
        links = {link.id: link for link in self._persons.links()}
        doomed = [self._doomed(case, links) for case in sorted(going)]
        kept = self._kept_together(joins, going, because)
        put = {bytes.fromhex(link.id): (LINK, link_to_bytes(link)) for link in kept}
        count = self._vault.erase(doomed, put)
        self._forget(doomed)
        return count

    def _doomed(self, case: str, links: Mapping[str, Link], gone: Collection[str] = ()) -> Doomed:
        """A case with its drafts and items, and what was added to records that are gone (hex)."""
        drafts = tuple(draft.id for draft in self._opened.of(case))
        heads = self._vault.of_case(bytes.fromhex(case)).heads
        joined = [
            id_ for id_, one in links.items() if isinstance(one, Joined) and case in one.cases
        ]
        parted = [
            id_ for id_, one in links.items() if isinstance(one, Parted) and one.joining in joined
        ]
        about = {case, *joined, *(id_.hex() for id_ in drafts), *(one.id.hex() for one in heads)}
        items = (*map(bytes.fromhex, (*joined, *parted)), *self._aside.about(about))
        added = tuple(head.id for head in heads if _added_to(head) in gone) if gone else ()
        return Doomed(bytes.fromhex(case), revisions=added, drafts=drafts, items=items)

    def _kept_together(self, joins: Joins, going: frozenset[str], because: str) -> Iterator[Joined]:
        """Joinings for the others of a person whom only a case that goes had joined."""
        for person in joins.people():
            for one, other in pairwise(joins.groups(person - going, without=going)):
                cases = min(one), min(other)
                yield Joined(os.urandom(16).hex(), cases, utc_now(), self._by, because)

    @property
    def _by(self) -> str:
        return self._vault.counsellor.name

    # An older copy in the archive's place

    def waiting(self, copies: Sequence[bytes] = ()) -> Waiting:
        """What was deleted and is here again; `copies` are lists from beside a backup."""
        return self._vault.erasures_waiting(copies)

    def replay(self, copies: Sequence[bytes] = ()) -> int:
        """Deletes that again, for whoever is signed in; of how many cases there was something."""
        waiting = self.waiting(copies)
        if not waiting.marks:
            return 0
        links = {link.id: link for link in self._persons.links()}
        joined = (one.cases for one in links.values() if isinstance(one, Joined))
        known = {bytes.fromhex(case) for cases in joined for case in cases}
        known |= {draft.case for draft in self._opened.drafts()} | set(self._vault.cases())
        cases = [one.hex() for one in known if mark_of(self._vault.id, one) in waiting.marks]
        gone = {id_.hex() for id_ in waiting.ids}
        also = [self._doomed(case, links, gone) for case in cases]
        count = self._vault.replay_erasures(copies, also)
        self._forget(also)
        return count

    def _forget(self, doomed: Sequence[Doomed]) -> None:
        for draft in (id_ for one in doomed for id_ in one.drafts):
            self._opened.let_go(draft)
        self._persons.forget([one.case.hex() for one in doomed])


def _added_to(head: Head) -> str | None:
    """The record (hex) that a part was added to; None for a record, and for a damaged part."""
    try:
        found = row_from_head(head.head, n=head.n, id=head.id, case=head.case)
    except RecordDamaged:
        return None
    return None if isinstance(found, ContactRow) else found.of
