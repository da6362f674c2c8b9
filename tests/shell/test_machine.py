"""What is odd about the machine is said when the archive is opened; lines keep their order."""

from __future__ import annotations

import datetime as dt
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from desk_bench import running

from intake_tui.guide.load import load
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import typed
from intake_tui.records.archive import Archive
from intake_tui.vault import log
from intake_tui.words import Words
from machine import COUNSELLOR, PASSPHRASE, Home

if TYPE_CHECKING:
    from intake_tui.words import WordsLanguage

LANGUAGES = pytest.mark.parametrize("language", ["nb", "en"])


@LANGUAGES
async def test_a_clock_that_was_set_back(
    home: Home, language: WordsLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(log, "time", SimpleNamespace(time=lambda: time.time() + 86400))
        Archive.unlock(
            home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device
        ).lock()
    async with running(home, language=language) as bench:
        await bench.unlock()
        await bench.shows(Words(language)("errors.warning-clock-back"))


@LANGUAGES
async def test_a_folder_that_has_come_to_be_synchronised(
    home: Home, language: WordsLanguage
) -> None:
    (home.vault.parent / ".stfolder").mkdir()
    async with running(home, language=language) as bench:
        await bench.unlock()
        await bench.shows(Words(language)("errors.warning-sync-folder"))


def test_lines_stay_in_the_order_in_which_they_were_said() -> None:
    now = dt.datetime(2026, 11, 27, 14, 0, tzinfo=dt.UTC)
    times = iter([now, *(now - dt.timedelta(hours=n) for n in range(20))])
    talk = Conversation.new(load(), by="00" * 16, now=lambda: next(times))
    for text in ("først", "så", "til slutt"):
        talk.line = typed(talk.line, text)
        talk.keep()
    assert [line.text for line in talk.intake.statements] == ["først", "så", "til slutt"]
