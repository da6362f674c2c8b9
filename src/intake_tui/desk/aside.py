"""Words that belong to no conversation, on their way into the archive."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import TYPE_CHECKING

from intake_tui.desk.vault_thread import VaultThread

if TYPE_CHECKING:
    from intake_tui.intake.unfinished import Unfinished


class Aside:
    """Asked for at once, in the vault's order: what comes before a lock is sealed before it."""

    def __init__(self, vault: VaultThread) -> None:
        self._vault = vault
        self._asked: dict[tuple[str, str], tuple[Unfinished, Future[None]]] = {}

    def keep(self, words: Unfinished, by: str) -> None:
        """It is sealed for the counsellor in that slot."""
        future = self._vault.submit_with(lambda archive: archive.aside.keep(words, by=by))
        self._asked[by, words.concerns] = words, future

    def drop(self, concerns: str, by: str) -> None:
        """It is finished, or given up."""
        self._asked.pop((by, concerns), None)
        self._vault.submit_with(lambda archive: archive.aside.drop(concerns, by=by))

    def again(self) -> None:
        """An archive is open: what an earlier one could not take is asked for once more."""
        for (by, _), (words, future) in list(self._asked.items()):
            if _failed(future):
                self.keep(words, by)

    async def settled(self) -> None:
        """Waits until all of it is sealed, or could not be."""
        await asyncio.gather(*map(asyncio.wrap_future, self.futures), return_exceptions=True)

    def forget(self) -> bool:
        """Drops what is sealed from memory; whether that is all."""
        self._asked = {key: one for key, one in self._asked.items() if _failed(one[1])}
        return not self._asked

    @property
    def futures(self) -> list[Future[None]]:
        """What was asked for and may not be done."""
        return [future for _, future in self._asked.values()]

    @property
    def at_risk(self) -> bool:
        """Whether something could not be sealed."""
        return any(_failed(future) for future in self.futures)


def _failed(future: Future[None]) -> bool:
    return not future.done() or future.exception() is not None
