"""The vaults that the benchmarks run on: made once a run, or kept in a folder for the next."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import intake_tui
from intake_tui.demo.fill import fill
from intake_tui.desk.surroundings import collect_again
from intake_tui.guide.load import load
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.records.archive import Archive
from intake_tui.vault.kdf import Kdf
from machine import CENTRE, COUNSELLOR, PASSPHRASE, Home

DAY = dt.date(2026, 1, 5)
PLACES = ("THREAT-4", "THREAT-10", "OPEN-8", "INFO-2", "HELP-1")


@dataclass(frozen=True)
class Vaults:
    """Homes with vaults in a folder, made where they are missing."""

    folder: Path

    def empty(self) -> Home:
        """Nothing in it."""
        return self._home("empty", 0, 0)

    def talk(self, statements: int) -> Home:
        """One open conversation with that many statements."""
        return self._home(f"talk-{statements}", 0, statements)

    def contacts(self, count: int) -> Home:
        """That many contacts, a few of them open."""
        return self._home(f"contacts-{count}", count, 0)

    def _home(self, name: str, contacts: int, statements: int) -> Home:
        root = self.folder / name
        made = root / "made"
        if not made.exists() or made.read_text() != _code():
            shutil.rmtree(root, ignore_errors=True)
            make((home := Home.made(root)).vault, home, contacts, statements)
            made.write_text(_code())
        return Home(root)


@cache
def _code() -> str:
    """What changes with the code that writes vaults: one kept from before is made anew."""
    found = Path(intake_tui.__file__).parent
    files = sorted(file for part in ("records", "vault") for file in (found / part).glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def make(location: Path | str, home: Home, contacts: int, statements: int = 0) -> None:
    """A vault in that file or on that server."""
    archive, _ = Archive.create(
        location,
        name=COUNSELLOR,
        passphrase=PASSPHRASE,
        centre=CENTRE,
        language="nb",
        kdf=Kdf.FLOOR,
        device=home.device,
    )
    if contacts:
        fill(archive, load(), contacts=contacts, seed=1, today=DAY)
    if statements:
        archive.save(long_talk(statements).snapshot())
    archive.lock()


def unlocked(home: Home) -> Archive:
    """The archive, open in this process; garbage is looked for as the program does."""
    gc.disable()
    collect_again()
    return Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)


def long_talk(statements: int) -> Conversation:
    """An open conversation; its lines are of an ordinary length, placed here and there."""
    talk = Conversation.new(load(), by="00" * 16)
    for number in range(statements):
        place = PLACES[number % len(PLACES)]
        answer = {place: "yes"} if place.startswith("THREAT") and number < 50 else {}
        words = f"linje {number} om noe som ble sagt da barna kom hjem fra skolen"
        talk.line = Line(words, places=(place,), answers=answer)
        talk.keep()
    return talk
