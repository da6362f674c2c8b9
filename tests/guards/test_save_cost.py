"""What a save costs does not grow with the conversation, but for the bytes themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from intake_tui.app import IntakeApp
from intake_tui.desk import autosave
from intake_tui.guide.load import load
from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.line import Line
from intake_tui.intake.snapshot import Snapshot
from intake_tui.records import codec
from intake_tui.records.archive import Archive
from intake_tui.records.codec import WrittenEvents, draft_to_bytes
from machine import COUNSELLOR, PASSPHRASE, Home

NOW = dt.datetime(2026, 11, 23, 14, 3, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def guide() -> Guide:
    return load()


@pytest.fixture
def archive(home: Home) -> Iterator[Archive]:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    yield archive
    archive.lock()


def talk(guide: Guide, lines: int) -> Conversation:
    conversation = Conversation.new(guide, by="00" * 16, guide_hash="0" * 64)
    for number in range(lines):
        keep(conversation, f"linje {number}")
    return conversation


def keep(conversation: Conversation, text: str) -> None:
    conversation.line = Line(text, places=("THREAT-4",))
    conversation.keep()


def statements(archive: Archive) -> list[str]:
    """A list that takes in every SQL statement from now on."""
    seen: list[str] = []
    raw = archive._vault._desk.database._connection.connection.dbapi_connection
    raw.set_trace_callback(lambda text: seen.append(text.split()[0]))  # type: ignore[union-attr]
    return seen


@pytest.mark.parametrize("lines", [0, 500])
def test_a_save_is_one_update_in_one_transaction(
    archive: Archive, guide: Guide, lines: int
) -> None:
    conversation = talk(guide, lines)
    archive.save(conversation.snapshot())
    seen = statements(archive)
    keep(conversation, "en linje til")
    archive.save(conversation.snapshot())
    assert seen == ["BEGIN", "UPDATE", "COMMIT"]


def test_only_what_is_new_is_encoded(
    archive: Archive, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = talk(guide, 200)
    archive.save(conversation.snapshot())
    encoded: list[object] = []
    original, dumped = codec.encoded, BaseModel.model_dump
    monkeypatch.setattr(codec, "encoded", lambda value: encoded.append(value) or original(value))

    def model_dump(self: BaseModel, **how: Any) -> dict[str, Any]:
        encoded.append(self)
        return dumped(self, **how)

    monkeypatch.setattr(BaseModel, "model_dump", model_dump)
    keep(conversation, "en linje til")
    archive.save(conversation.snapshot())
    conversation.line = Line("ikke ferdig")
    archive.save(conversation.snapshot())
    assert len(encoded) == 2  # one event, made a dictionary, and that made bytes


async def test_letters_are_saved_together(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[Snapshot] = []
    save = Archive.save

    def watched(self: Archive, snapshot: Snapshot, letters: Sequence[bytes] = ()) -> dt.datetime:
        saved.append(snapshot)
        return save(self, snapshot, letters)

    monkeypatch.setattr(Archive, "save", watched)
    monkeypatch.setattr(autosave, "SAVE_AFTER", 3600.0)  # seconds: longer than any test
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.unlock(COUNSELLOR, PASSPHRASE)
        app.new_conversation()
        await pilot.press(*"jakter")
        await app.session.vault.plain(lambda: None)  # whatever was asked of it before is done
        assert saved == []
        await app.session.autosave.save(app.conversations[0])
        assert [one.line.text for one in saved] == ["jakter"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["keep", "undo", "redo", "save", "other"]), max_size=30))
def test_written_bit_by_bit_it_is_the_same_as_at_once(guide: Guide, changes: list[str]) -> None:
    conversation, written = talk(guide, 2), WrittenEvents()
    for change in changes:
        if change == "keep":
            keep(conversation, "æ ø å «sitat»")
        elif change == "save":
            draft_to_bytes(conversation.snapshot(), written, saved=NOW)
        elif change == "other":  # another history under the same id
            conversation = talk(guide, 3)
        else:
            getattr(conversation, change)()
    snapshot = conversation.snapshot()
    whole = draft_to_bytes(snapshot, saved=NOW)
    assert draft_to_bytes(snapshot, written, saved=NOW) == whole
    again, _ = codec.draft_from_bytes(whole)
    assert again.intake == snapshot.intake
