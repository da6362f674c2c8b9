"""A counsellor at the program: signs in, opens, types, finds, signs, leaves, by keys only."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from intake_tui.guide.model import Guide
from intake_tui.intake.events import SafetyKind
from intake_tui.words import Words
from machine import COUNSELLOR, PASSPHRASE, Home, installed
from talk import FIND, Line, keys
from terminal import Terminal

nb = Words("nb")
EMPTY_NOTE = nb("conversation.placeholder")
MARK = "zqz"  # letters that nobody says
BACKLOG = 60.0  # seconds: a whole talk in one burst, on a machine that does much else
SAFETY_ROWS: tuple[str, ...] = get_args(SafetyKind)
YES_NO = ("call", "voicemail")
NO_FIRST = ("no", "yes")  # as Tab turns them
SAVED_WITHIN = 1.5  # seconds: what the program promises, and a margin
SAVED_AT = re.compile(nb("conversation.saved", at=r"(\d\d):(\d\d):(\d\d)"))


class Counsellor(Terminal):
    """The program running in a terminal, and what a counsellor does with it."""

    def __init__(
        self,
        home: Home,
        *,
        run: Sequence[str] | None = None,
        columns: int = 80,
        lines: int = 24,
        powerless: bool = False,
    ) -> None:
        self.home = home
        command = run or self.command(home)
        super().__init__(command, home.env, columns=columns, lines=lines, powerless=powerless)

    @staticmethod
    def command(home: Home) -> list[str]:
        """The installed program on the vault of that machine."""
        return [str(installed("intake-tui")), "--vault", str(home.vault)]

    @staticmethod
    def failing_command(home: Home) -> list[str]:
        """The same program with a handler that fails on F10, in every screen."""
        failing = Path(__file__).with_name("failing.py")
        return [sys.executable, str(failing), "--vault", str(home.vault)]

    def try_to_sign_in(self, name: str = COUNSELLOR, passphrase: str = PASSPHRASE) -> None:
        """Name, Enter, passphrase, Enter, as fast as the program takes them."""
        self.wait(nb("unlock.about"), nb("unlock.key-open"))
        self.type(f"{name}\r{passphrase}\r")

    def try_again(self, passphrase: str = PASSPHRASE) -> None:
        """After a refusal the name still stands there: the passphrase, Enter."""
        self.type(f"{passphrase}\r")
        self.wait(nb("unlock.open"))

    def sign_in(self, *, then: str = "") -> None:
        """Sign in, and type something more at once; the archive is open then."""
        self.try_to_sign_in()
        self.type(then)
        self.wait(nb("unlock.open"))

    def comes_up_locked(self, *texts: str) -> None:
        """The first screen asks for the passphrase, and shows none of the texts."""
        self.wait(nb("unlock.about"), nb("unlock.key-open"))
        assert [text for text in texts if text and text in self.text] == []

    def new_conversation(self) -> None:
        """After signing in: Enter, with nothing written yet."""
        self.press("enter")
        self.wait(EMPTY_NOTE)

    def to_contacts(self) -> None:
        """After signing in: Esc."""
        self.press("esc")
        self.wait(nb("contacts.key-without-data"))

    def open_first(self) -> None:
        """After signing in: the first contact of the list, which is an open conversation."""
        self.to_contacts()
        self.press("enter")
        self.wait(nb("conversation.find"), nb("conversation.safety-strip"))

    def keep(self, guide: Guide, *lines: Line) -> None:
        """Keep lines as one burst of keys."""
        for line in lines:
            self.send(keys(guide, line).data)

    def name_case(self, alias: str) -> None:
        """Keep what the case is called; it shows in the header."""
        self.send(alias.encode() + FIND + b"kallenavn\r\r")
        self.wait(EMPTY_NOTE)

    def date_last_line(self, when: str, where: str) -> None:
        """In the running note: when and where what the last line tells of happened."""
        self.press("ctrl+r")
        self.wait(nb("running_note.key-when"))
        self.press("ctrl+w")
        self.wait(nb("running_note.key-other-field"))
        self.type(f"{when}\r{where}\r")
        self.wait(nb("running_note.where-was", where=where))
        self.press("ctrl+r")
        self.wait(EMPTY_NOTE)

    def catch_up(self) -> None:
        """Wait until all keys so far were dealt with, however many they were."""
        self.type(MARK)
        self.wait(MARK, patience=BACKLOG)
        self.press(*["backspace"] * len(MARK))
        self.wait(EMPTY_NOTE)

    def pin(self, items: Mapping[str, str]) -> None:
        """Ctrl+Y, each item on its row, Esc."""
        self.press("ctrl+y")
        self.wait(nb("safety.aside"))
        self.press(*["up"] * len(SAFETY_ROWS))
        at = 0
        for kind in sorted(items, key=SAFETY_ROWS.index):
            self.press(*["down"] * (SAFETY_ROWS.index(kind) - at))
            at = SAFETY_ROWS.index(kind)
            if kind in YES_NO:
                self.press(*["tab"] * (NO_FIRST.index(items[kind]) + 1))
            else:
                self.type(items[kind] + "\r")
                at = min(at + 1, len(SAFETY_ROWS) - 1)
        self.press("esc")
        self.wait(EMPTY_NOTE)

    def line_broke(self) -> list[str]:
        """Ctrl+B; the screen that comes, and back."""
        self.press("ctrl+b")
        self.wait(nb("line_broke.title"), nb("line_broke.again").partition(",")[0])
        seen = self.rows
        self.press("enter")
        self.wait(EMPTY_NOTE)
        return seen

    def save(self) -> None:
        """Ctrl+S, and the note line is on disk."""
        before, pressed = self._saved_at, time.monotonic()
        self.press("ctrl+s")
        self.until(lambda: self._saved_at != "", "«lagret» and the time")
        while self._saved_at == before and time.monotonic() - pressed < SAVED_WITHIN:
            self.pump(0.05)  # saved again within the second that it shows already

    @property
    def _saved_at(self) -> str:
        found = SAVED_AT.search(self.rows[0])
        return ":".join(found.groups()) if found else ""

    def to_sign(self) -> None:
        """On an open conversation with an empty note line: to step 8, its last row, Enter."""
        self.press("ctrl+g")
        self.wait(nb("steps.title"))
        self.type("8")
        self.wait(nb("conversation.sign"))
        self.press("page down", "page down", "enter")
        self.wait(nb("sign.what"), COUNSELLOR, f"Enter {nb('sign.key-sign')}")

    def sign(self) -> None:
        """Sign, and look at the record."""
        self.to_sign()
        self.press("enter")
        self.wait_gone(nb("sign.what"))
        self.wait(nb("signed.key-scroll"))

    def leave(self) -> None:
        """Ctrl+Q: everything is saved, and the program ends well."""
        self.press("ctrl+q")
        status = self.wait_end()
        assert status == 0, self.outside_alternate.decode("utf-8", "replace")
