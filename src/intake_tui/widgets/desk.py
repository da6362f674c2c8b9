"""What screens and widgets may ask of the app that they run in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from pathlib import Path

    from intake_tui.desk.backing import Backed
    from intake_tui.desk.checkup import Soundness
    from intake_tui.guide.model import Guide, Language
    from intake_tui.intake.conversation import Conversation
    from intake_tui.intake.unfinished import Unfinished
    from intake_tui.words import Words

Result = TypeVar("Result")


class Desk(Protocol):
    """The app, as far as the screens know it; the app itself stands in a layer above them."""

    words: Words
    language: Language
    guide: Guide
    conversations: list[Conversation]
    current: Conversation | None
    function_keys: bool

    @property
    def covered(self) -> bool:
        """Whether the cover is up."""
        ...

    def vault(self, work: Callable[[Any], Result]) -> Awaitable[Result]:
        """Run `work(archive)` on the vault's thread; raises VaultError, RecordDamaged."""
        ...

    @property
    def soundness(self) -> Soundness:
        """How far the check of the archive has come, and what it found."""
        ...

    @property
    def vault_file(self) -> str:
        """The file in which the archive lies, as it is found on this machine; empty on a server."""
        ...

    def check_again(self) -> None:
        """Read all of the archive back once more."""
        ...

    def keep_unfinished(self, words: Unfinished) -> None:
        """Seal words that belong to no conversation, to be offered again."""
        ...

    def drop_unfinished(self, concerns: str) -> None:
        """They are finished, or given up."""
        ...

    @property
    def backed(self) -> Backed:
        """How far a backup has come, or how the last one ended."""
        ...

    def back_up(self, target: Path) -> None:
        """Make a backup to that file, or to a fresh one in that folder."""
        ...

    def check_copy(self, path: Path) -> None:
        """Read every row of a backup back."""
        ...

    def touch(self, conversation: Conversation) -> None:
        """Something has changed: it is saved within half a second."""
        ...

    def save_now(self, conversation: Conversation) -> None:
        """Save at once."""
        ...

    def save(self, conversation: Conversation) -> Awaitable[bool]:
        """Save at once; whether it could be."""
        ...

    def new_conversation(self, text: str = "", *, case: bytes | None = None) -> None:
        """Park the present conversation and begin another, in that case if there is one."""
        ...

    def open_conversation(self, conversation: Conversation) -> None:
        """Show a conversation where it was left."""
        ...

    def show_contacts(self) -> None:
        """Back to the contacts."""
        ...

    def sign(self, conversation: Conversation) -> Awaitable[None]:
        """Sign and seal a conversation, which is then no longer open; raises VaultError."""
        ...

    def erase(self, conversation: Conversation) -> Awaitable[None]:
        """Erase the draft of a conversation in which nothing was said; raises VaultError."""
        ...

    def delete_cases(self, cases: Collection[str], because: str) -> Awaitable[None]:
        """Delete cases (hex) for good, their open conversations too; raises VaultError.

        `because` is said where only a deleted case had joined two others.
        """
        ...

    def change_passphrase(self, old: str, new: str) -> Awaitable[None]:
        """Another passphrase for who is signed in; raises VaultError."""
        ...

    def now(self) -> dt.datetime:
        """The time, in UTC."""
        ...

    def replace(self) -> None:
        """Lock, and go on to what puts a backup in the place of a damaged archive."""
        ...

    def lock(self) -> None:
        """Save, drop everything that was read, and show the unlock screen."""
        ...


def today(node: DOMNode) -> dt.date:
    """The day here."""
    return desk(node).now().astimezone().date()


def desk(node: DOMNode) -> Desk:
    """The app that a screen or widget runs in."""
    return cast(Desk, node.app)
