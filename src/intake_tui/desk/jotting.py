"""Where a jot goes: into the letterbox while the archive is locked, else into memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from intake_tui.desk.jot import Jot, Kept
from intake_tui.desk.posting import Posting
from intake_tui.desk.vault_thread import VaultThread

if TYPE_CHECKING:
    from intake_tui.vault.letters import Letterbox


class Jotting:
    """The jot of this sitting. `told` is called when it is kept in another way."""

    def __init__(self, vault: VaultThread, told: Callable[[], None]) -> None:
        self.jot = Jot()
        self.letterbox: Letterbox | None = None  # of who was signed in last; holds no secret
        self.posting = Posting(self._post)
        self._vault = vault
        self._told = told

    def begin(self) -> None:
        """The next jot."""
        self.posting.stop()
        self.jot = Jot()

    def changed(self) -> None:
        """Something was written while the archive is locked."""
        if self.letterbox is not None:
            self.jot.kept = "writing"
            self.posting.soon()
        elif not self.jot.empty:
            self.jot.kept = "memory"

    @property
    def kept(self) -> Kept:
        """Where the jot is, and whether it can go anywhere from there."""
        lost = self.jot.kept == "memory" and bool(self._vault.unopenable)
        return "nowhere" if lost else self.jot.kept

    @property
    def at_risk(self) -> bool:
        """Whether something is in memory only."""
        return not self.jot.empty and self.jot.kept != "sealed"

    async def _post(self) -> bool:
        """Posts all of the jot; False where there is more, or it could not be posted."""
        jot, letterbox = self.jot, self.letterbox
        if letterbox is None or jot.empty or jot.kept == "sealed":
            return True
        n, letter = jot.n, jot.letter()
        try:
            await self._vault.plain(lambda: letterbox.post(letter))
        except Exception:  # whatever it is, the text has to be kept
            jot.kept = "memory"
        else:
            jot.kept = "sealed" if jot.n == n else "writing"
        self._told()
        return jot.kept == "sealed"
