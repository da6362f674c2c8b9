"""What can happen while somebody types: each is said in words, and the text is kept."""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import sys
from collections.abc import Callable

import pytest

from counsellor import Counsellor
from intake_tui.guide.model import Guide
from intake_tui.words import Words, WordsLanguage
from machine import COUNSELLOR, PASSPHRASE, Home
from readback import drafts

SAID = "han slo i veggen ved siden av henne"
MORE = "og så tok han telefonen fra henne"

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="sets a limit on another process")


class Talk:
    """A conversation that is open in the running program, in one language."""

    def __init__(self, home: Home, language: WordsLanguage) -> None:
        run = [*Counsellor.command(home), "--lang", language]
        self.words = Words(language)
        self.counsellor = Counsellor(home, run=run)

    def begin(self) -> None:
        """Sign in, and keep one line of a new conversation."""
        self.sign_in()
        self.counsellor.press("enter")
        self.counsellor.wait(self.words("conversation.placeholder"))
        self.counsellor.type(SAID)
        self.saved()

    def sign_in(self) -> None:
        about = self.words("unlock.about")
        self.counsellor.wait(about, self.words("unlock.key-open"))
        self.counsellor.type(f"{COUNSELLOR}\r{PASSPHRASE}\r")
        self.is_told("unlock.open")

    def saved(self) -> None:
        self.counsellor.press("ctrl+s")
        self.is_saved()

    def is_saved(self) -> None:
        """The header says when."""
        saved = re.compile(self.words("conversation.saved", at=r"\d\d:\d\d:\d\d"))
        self.counsellor.until(
            lambda: bool(saved.search(self.counsellor.rows[0])), "saved", patience=30.0
        )

    def is_told(self, *keys: str) -> None:
        """The screen says it, wherever the lines are broken."""
        texts = [self.words(key) for key in keys]
        self.counsellor.until(
            lambda: all(text in " ".join(self.counsellor.text.split()) for text in texts),
            str(keys),
            patience=30.0,  # it derives a key, tries to save, and the machine may be busy
        )


@pytest.fixture
def talk(home: Home, request: pytest.FixtureRequest) -> Talk:
    return Talk(home, request.param)


NB = pytest.mark.parametrize("talk", ["nb"], indirect=True)
EN = pytest.mark.parametrize("talk", ["en"], indirect=True)


def only_draft(home: Home, guide: Guide) -> str:
    (kept,) = drafts(home, guide)
    return kept.typed


@ON_LINUX
@NB
def test_a_full_disk_is_said_and_the_text_saved_when_there_is_room(
    talk: Talk, home: Home, guide: Guide
) -> None:
    with talk.counsellor as counsellor:
        talk.begin()
        _, most = resource.prlimit(counsellor.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(counsellor.pid, resource.RLIMIT_FSIZE, (0, most))
        counsellor.type(MORE)
        talk.is_told("conversation.not-saved-disk-full", "conversation.not-saved-help-disk-full")
        counsellor.wait(MORE[-20:])
        resource.prlimit(counsellor.pid, resource.RLIMIT_FSIZE, (most, most))
        talk.is_saved()
        counsellor.kill()
    assert only_draft(home, guide) == SAID + MORE


@ON_LINUX
@EN
def test_locked_on_a_full_disk_it_is_held_and_saved_after_signing_in(
    talk: Talk, home: Home, guide: Guide
) -> None:
    with talk.counsellor as counsellor:
        talk.begin()
        _, most = resource.prlimit(counsellor.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(counsellor.pid, resource.RLIMIT_FSIZE, (0, most))
        counsellor.type(MORE)
        counsellor.press("ctrl+k")
        talk.is_told("errors.held-in-memory")
        talk.sign_in()
        talk.is_told("errors.warning-disk-full")
        assert MORE not in counsellor.text
        resource.prlimit(counsellor.pid, resource.RLIMIT_FSIZE, (most, most))
        counsellor.press("ctrl+b")
        counsellor.wait(MORE[-20:])
        talk.is_saved()
        counsellor.kill()
    assert only_draft(home, guide) == SAID + MORE


@EN
def test_a_file_that_is_taken_away_is_missed_and_the_text_kept(
    talk: Talk, home: Home, guide: Guide
) -> None:
    aside = home.vault.with_name("aside")
    with talk.counsellor as counsellor:
        talk.begin()
        home.vault.rename(aside)
        counsellor.type(MORE)
        talk.is_told("conversation.not-saved-taken-away", "conversation.not-saved-help-taken-away")
        aside.rename(home.vault)
        talk.is_saved()
        counsellor.kill()
    assert only_draft(home, guide) == SAID + MORE


@NB
def test_after_another_file_took_its_place_signing_in_saves_it(
    talk: Talk, home: Home, guide: Guide
) -> None:
    """A stick pulled out and put in again: the program has to open it anew."""
    aside = home.vault.with_name("aside")
    with talk.counsellor as counsellor:
        talk.begin()
        before = {end: home.vault.with_name(home.vault.name + end) for end in ("", "-wal")}
        for end, path in before.items():
            path.with_name(f"{aside.name}{end}").write_bytes(path.read_bytes())
        for end, path in before.items():
            path.with_name(f"{aside.name}{end}").replace(path)
        counsellor.type(MORE)
        talk.is_told("conversation.not-saved-taken-away")
        counsellor.press("ctrl+k")
        talk.is_told("errors.held-in-memory")
        talk.sign_in()
        counsellor.press("ctrl+b")
        counsellor.wait(MORE[-20:])
        counsellor.press("ctrl+q")
        assert counsellor.wait_end() == 0
    assert only_draft(home, guide) == SAID + MORE


@EN
def test_a_second_program_is_told_and_comes_in_when_the_first_has_closed(
    talk: Talk, home: Home
) -> None:
    second = Talk(home, "nb")
    with talk.counsellor as counsellor, second.counsellor as other:
        talk.begin()
        other.try_to_sign_in()
        second.is_told("errors.in-use")
        counsellor.press("ctrl+q")
        assert counsellor.wait_end() == 0
        other.try_again()
        other.open_first()
        other.wait(SAID[-20:])


def test_asleep_in_the_middle_of_a_save(
    home: Home,
    guide: Guide,
    times: Callable[[int, int], int],
    figure: Callable[[str, str], None],
) -> None:
    """Stopped at any moment, and woken: it is locked, and all that was typed is there."""
    naps, chance, typed = times(4, 60), random.Random(), ""
    talk = Talk(home, "nb")
    with talk.counsellor as counsellor:
        talk.sign_in()
        counsellor.press("enter")
        counsellor.wait(talk.words("conversation.placeholder"))
        for _ in range(naps):
            word = f"ord{chance.randrange(10**6)} "
            typed += word
            counsellor.type(word)
            counsellor.wait(word.strip())
            counsellor.pump(chance.uniform(0.3, 0.7))  # it is saved 0.4 s after the first letter
            os.kill(counsellor.pid, signal.SIGSTOP)
            os.kill(counsellor.pid, signal.SIGCONT)
            talk.is_told("unlock.about")
            assert word not in counsellor.text
            counsellor.sign_in()
            counsellor.press("enter")
            counsellor.wait(word.strip())
        counsellor.kill()
    assert only_draft(home, guide).strip() == typed.strip()
    figure(f"{naps} times asleep in the middle of a save", "locked each time, nothing lost")
