"""How a conversation ends: signed, erased as an empty draft, or deleted with its case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Literal, Protocol

from intake_tui.desk.autosave import Autosave
from intake_tui.desk.vault_thread import VaultThread
from intake_tui.vault.errors import VaultError

if TYPE_CHECKING:
    from intake_tui.intake.conversation import Conversation
    from intake_tui.records.archive import Archive


class _OpenOnes(Protocol):
    """Who holds the open conversations."""

    conversations: list[Conversation]
    phase: Literal["locked", "open"]

    def ended(self, ended: Collection[Conversation]) -> None: ...


class Finishing:
    """Ends conversations. Where that fails, each stays open as it was."""

    def __init__(self, vault: VaultThread, autosave: Autosave, open_ones: _OpenOnes) -> None:
        self._vault, self._autosave, self._open = vault, autosave, open_ones

    async def sign(self, conversation: Conversation) -> None:
        """Makes a record of it. Raises VaultError; then it stays open as it was."""
        snapshot, guide = conversation.snapshot(), conversation.guide
        await self._finish([conversation], lambda archive: archive.sign(snapshot, guide))

    async def erase(self, conversation: Conversation) -> None:
        """Erases its draft. Raises VaultError; then it stays open as it was."""
        await self._finish([conversation], lambda archive: archive.erase(conversation.id))

    async def leave_empty(self, conversation: Conversation) -> None:
        """It was begun by mistake and left with nothing in it: nobody has to be asked.

        Where its draft cannot be erased it stays open, and can be erased later.
        """
        self._open.conversations.remove(conversation)
        try:
            await self.erase(conversation)
        except VaultError:
            if self._open.phase == "open":
                self._open.conversations.insert(0, conversation)

    async def delete_cases(self, cases: Collection[str], because: str) -> None:
        """Deletes cases (hex) for good, their open conversations too. Raises VaultError."""
        theirs = [one for one in self._open.conversations if one.case.hex() in cases]
        await self._finish(theirs, lambda archive: archive.erasing.erase(cases, because=because))

    async def _finish(
        self, ended: Sequence[Conversation], work: Callable[[Archive], object]
    ) -> None:
        """Nothing saves the drafts again after `work` has ended them; all of them stay if not."""
        async with AsyncExitStack() as released:
            for one in ended:
                await released.enter_async_context(self._autosave.released(one))
            await self._vault.run(work)
        self._open.ended(ended)
