"""A panel whose words belong to no conversation: until they are sealed, they are kept aside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from intake_tui.intake.unfinished import Unfinished
from intake_tui.screens.frame import Result
from intake_tui.screens.typing_frame import TypingFrame
from intake_tui.vault.errors import VaultError

if TYPE_CHECKING:
    from intake_tui.records.archive import Archive

T = TypeVar("T")


class UnfinishedFrame(TypingFrame[Result], Generic[Result]):
    """`concerns` is what it is about, in ids; `kept` what was left unfinished, by that."""

    keeps_after: ClassVar[float] = 5.0  # seconds: each time is an entry in the vault's log

    def __init__(self, concerns: str, kept: Mapping[str, Unfinished]) -> None:
        super().__init__()
        self.concerns = concerns
        self.kept = kept.get(concerns)
        self._over = False  # sealed or given up: nothing is kept any more

    @property
    def unfinished(self) -> Unfinished | None:
        """What is typed now; None where that is nothing."""
        raise NotImplementedError

    def keep_typed(self) -> None:
        """It is sealed aside, where it is not what was kept last."""
        words = self.unfinished
        if self._over or words == self.kept:
            return
        if words is None:
            self.desk.drop_unfinished(self.concerns)
        else:
            self.desk.keep_unfinished(words)
        self.kept = words

    def sealing(self, work: Callable[[Archive], T]) -> Awaitable[T]:
        """Does it in the vault's thread; what was kept aside of it goes right after it."""
        concerns = self.concerns

        def both(archive: Archive) -> T:
            done = work(archive)
            with suppress(VaultError):  # it is sealed; what is left aside is only offered again
                archive.aside.drop(concerns, by=archive.me.slot)
            return done

        return self.desk.vault(both)

    def end(self, result: Result) -> None:
        """It is sealed, or given up: what was kept of it goes."""
        self._over = True
        if self.kept is not None:
            self.desk.drop_unfinished(self.concerns)
        self.dismiss(result)
