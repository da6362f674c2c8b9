"""What the screens before a conversation may ask of the app that they run in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from intake_tui.desk.opening import Founding, Opened
    from intake_tui.desk.restoring import Restoring
    from intake_tui.desk.session import Session
    from intake_tui.words import Words, WordsLanguage


class Gate(Protocol):
    """The app, as far as these screens know it."""

    words: Words
    language: WordsLanguage
    function_keys: bool
    session: Session
    founding: bool

    async def unlock(self, name: str, passphrase: str) -> Opened:
        """Opens the archive. Raises VaultError."""
        ...

    async def unlock_with_recovery(self, recovery: str) -> None:
        """Opens it with the printed sheet, for `renew` only. Raises VaultError."""
        ...

    async def renew(self, name: str, passphrase: str) -> Opened:
        """Sets a new passphrase after that, and goes on as unlocked. Raises VaultError."""
        ...

    async def found(self, founding: Founding) -> str:
        """Makes the vault; the text of the recovery sheet. Raises VaultError."""
        ...

    def founded(self) -> None:
        """The first run is done."""
        ...

    def restoring(self) -> Restoring:
        """A backup is to become the archive of this computer."""
        ...

    def replace(self) -> None:
        """Locks, and goes on to what puts a backup in the place of a damaged archive."""
        ...

    def restored(self) -> None:
        """A backup is the archive now: whoever is there signs in."""
        ...

    def restored_behind(self) -> None:
        """The same, where the locked screen has taken the place of the screen that did it."""
        ...

    def choose_language(self, language: WordsLanguage) -> None:
        """The screens speak it from now on."""
        ...

    def choose_function_keys(self, works: bool) -> None:
        """Whether footers show function keys."""
        ...

    def go_on(self) -> None:
        """After unlocking: to what was jotted, to where one was, or to a new conversation."""
        ...

    def go_back(self) -> None:
        """To the conversation that was in front at the lock, or to a new one."""
        ...

    def show_contacts(self) -> None:
        """To the contacts."""
        ...

    def jot(self, text: str = "") -> None:
        """«Skriv nå», beginning with that text."""
        ...

    def uncover(self) -> None:
        """Takes the cover away."""
        ...


def gate(node: DOMNode) -> Gate:
    """The app that a screen or widget runs in."""
    return cast(Gate, node.app)
