"""How long the centre keeps cases, as it is settled and held against what there is."""

from __future__ import annotations

import datetime as dt

from intake_tui.records import retention
from intake_tui.records.open_ones import OpenOnes
from intake_tui.records.persons import Persons
from intake_tui.records.retention import Due, Period
from intake_tui.records.settings import CentreSettings
from intake_tui.vault.errors import NotALeader
from intake_tui.vault.roster import LEADER
from intake_tui.vault.store import Vault


class Keeping:
    """Of one open archive. Nothing is deleted here."""

    def __init__(
        self, vault: Vault, persons: Persons, centre: CentreSettings, opened: OpenOnes
    ) -> None:
        self._vault, self._persons = vault, persons
        self._centre, self._opened = centre, opened

    @property
    def times(self) -> dict[str, Period]:
        """By outcome, how long a case is kept; what is not there is not settled."""
        return dict(self._centre.now.keeping)

    def settle(self, outcome: str, period: Period | None) -> None:
        """How long cases with that outcome are kept; None: not settled. Raises NotALeader."""
        if self._vault.counsellor.role != LEADER:
            raise NotALeader
        others = {key: one for key, one in self._centre.again().keeping.items() if key != outcome}
        fresh = {} if period is None else {outcome: period}
        self._centre.put(self._centre.now.model_copy(update={"keeping": {**others, **fresh}}))

    def outcomes(self) -> set[str]:
        """Those that there are in the book, also of guides that are not used any more."""
        return {row.outcome for row in self._persons.book.all() if row.outcome is not None}

    def due(self, today: dt.date) -> tuple[Due, ...]:
        """The cases that have reached their time on that day, as far as the book was read."""
        keeping = self._centre.again().keeping if self._vault.shared else self._centre.now.keeping
        if not keeping:
            return ()
        self._persons.catch_up()
        opened = map(self._opened.row, self._opened.drafts())
        rows = (*opened, *self._persons.book.all())
        return retention.due(rows, self._persons.joins, keeping, today)
