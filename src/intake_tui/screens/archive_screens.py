"""The screens that keep the archive running, and whom they concern: the menu and the leads to them.

Each is imported when it is made, so that nothing is imported before it is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from intake_tui.screens.frame import Frame

EVERYBODY = frozenset({"counsellor", "leader", "recovery"})
LEADERS = frozenset({"leader"})


def to_check() -> Frame[str | None]:
    """The texts of the guide that are past their date."""
    from intake_tui.screens.to_check import ToCheckScreen

    return ToCheckScreen()


def archive_check() -> Frame[str | None]:
    """The check of the archive."""
    from intake_tui.screens.archive_check import ArchiveCheckScreen

    return ArchiveCheckScreen()


def backup() -> Frame[str | None]:
    """Backups."""
    from intake_tui.screens.backup import BackupScreen

    return BackupScreen()


def due() -> Frame[str | None]:
    """The cases that have reached their time."""
    from intake_tui.screens.due import DueScreen

    return DueScreen()


def keeping() -> Frame[str | None]:
    """How long cases are kept."""
    from intake_tui.screens.keeping import KeepingScreen

    return KeepingScreen()


def log() -> Frame[str | None]:
    """Who did what, when."""
    from intake_tui.screens.log import LogScreen

    return LogScreen()


def staff() -> Frame[str | None]:
    """Who may open the archive."""
    from intake_tui.screens.staff import StaffScreen

    return StaffScreen()


def own_passphrase() -> Screen[str | None]:
    """Another passphrase for who is signed in."""
    from intake_tui.screens.staff_flows import OwnPassphraseScreen

    return OwnPassphraseScreen()


def new_sheet() -> Screen[str | None]:
    """Another recovery sheet."""
    from intake_tui.screens.staff_flows import NewSheetScreen

    return NewSheetScreen()


def new_key() -> Screen[str | None]:
    """Another key for the archive."""
    from intake_tui.screens.staff_flows import NewKeyScreen

    return NewKeyScreen()
