"""What is in a vault, read by the installed command line or straight from the store."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from intake_tui.guide.model import Guide
from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home, installed


def run(
    home: Home, *arguments: str, passphrase: str = PASSPHRASE
) -> subprocess.CompletedProcess[str]:
    """The command line on that machine's vault, signed in by standard input."""
    command = [str(installed("intake-tui")), "--vault", str(home.vault), *arguments]
    signed_in = f"{COUNSELLOR}\n{passphrase}\n"
    return subprocess.run(
        command, env=home.env, input=signed_in, capture_output=True, encoding="utf-8", check=False
    )


def read(home: Home, *arguments: str) -> Any:
    """What a command prints as JSON."""
    done = run(home, *arguments, "--json", "--sign-in-stdin")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def contacts(home: Home) -> list[dict[str, Any]]:
    """The rows of the list, newest first."""
    listed = read(home, "contacts", "list")
    rows: list[dict[str, Any]] = listed["contacts"] if isinstance(listed, dict) else listed
    return rows


def only_contact(home: Home) -> dict[str, Any]:
    """The one contact that there is."""
    (row,) = contacts(home)
    shown: dict[str, Any] = read(home, "contacts", "show", row["id"])
    return shown


@dataclass(frozen=True)
class Kept:
    """What an open conversation holds: its kept lines, and the words still in the note line."""

    lines: tuple[str, ...]
    unfinished: str

    @property
    def typed(self) -> str:
        """All of it as it was typed, Enter as a line break."""
        return "\n".join((*self.lines, self.unfinished))


def drafts(home: Home, guide: Guide) -> list[Kept]:
    """The open conversations in the store itself."""
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    try:
        return [
            Kept(tuple(line.text for line in talk.intake.statements), talk.line.text)
            for talk in archive.conversations(guide)
        ]
    finally:
        archive.lock()
