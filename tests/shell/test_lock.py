"""The lock: when nobody is there, when the computer slept, when it is asked for."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import json
import weakref
from typing import Any

import pytest
from desk_bench import Bench, records, running

from intake_tui.desk import autosave
from intake_tui.desk.idle import COVER_AFTER, END_AFTER, LOCK_AFTER, LOCK_AFTER_IN_TALK, Idle
from intake_tui.records.archive import Archive
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.jot import JotScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.vault.errors import DiskFull, VaultLocked
from machine import COUNSELLOR, PASSPHRASE, Home

SECRET = "hemmelig nabo"


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CoverScreen, "settles_after", -1.0)


def locked(bench: Bench) -> bool:
    return bench.app.session.phase == "locked" and bench.app.session.vault._archive is None


def test_idle_adds_up_and_a_key_begins_anew() -> None:
    now = [0.0]
    idle = Idle(lambda: now[0])

    def after(seconds: float, *, in_talk: bool) -> str | None:
        due = None
        for _ in range(int(seconds / 10)):
            now[0] += 10
            due = idle.look(in_talk=in_talk)
        return due

    assert after(COVER_AFTER - 10, in_talk=True) is None
    idle.touched()
    assert after(COVER_AFTER - 10, in_talk=True) is None
    assert after(10, in_talk=True) == "cover"
    assert after(LOCK_AFTER_IN_TALK - COVER_AFTER - 10, in_talk=True) == "cover"
    assert after(10, in_talk=True) == "lock"
    idle.touched()
    assert after(LOCK_AFTER - 10, in_talk=False) is None
    assert after(10, in_talk=False) == "lock"
    idle.touched()
    now[0] -= 10_000
    assert idle.look(in_talk=False) is None
    now[0] += 60
    assert idle.look(in_talk=True) == "lock", "the computer slept"


def test_only_what_is_locked_and_left_alone_ends() -> None:
    now = [0.0]
    idle = Idle(lambda: now[0])

    def after(seconds: float, **state: bool) -> str | None:
        now[0] += seconds
        return idle.look(in_talk=False, **state)

    hours = int(END_AFTER / 10)
    assert "end" not in {after(10, locked=False) for _ in range(hours + 1)}
    idle.touched()
    assert "end" not in {after(10, locked=True) for _ in range(hours - 1)}
    assert after(10, locked=True) == "end"
    assert after(END_AFTER, locked=True) == "lock", "it slept, and is seen to be locked first"
    assert after(1, locked=True) == "end"


def test_whoever_wakes_the_computer_is_not_interrupted() -> None:
    now = [0.0]
    idle = Idle(lambda: now[0])
    now[0] += END_AFTER
    idle.touched()
    assert idle.look(in_talk=False, locked=True) == "lock"
    now[0] += 10
    assert idle.look(in_talk=False, locked=True) is None


async def test_long_after_the_lock_another_process_takes_its_place(home: Home) -> None:
    async with running(home) as bench:
        await bench.unlock()
        await bench.passes(LOCK_AFTER)
        await bench.until(lambda: locked(bench), "locked")
        await bench.passes(END_AFTER - LOCK_AFTER - 1)
        assert not bench.app.begins_afresh
        await bench.passes(1)
        assert bench.app.begins_afresh
        await bench.until(lambda: not bench.app.is_running, "ended")


async def test_what_is_in_memory_only_keeps_the_process(home: Home) -> None:
    async with running(home) as bench:
        await bench.press("ctrl+n")
        await bench.front(JotScreen)
        await bench.type(SECRET)
        await bench.passes(2 * END_AFTER)
        assert not bench.app.begins_afresh
        assert SECRET in bench.app.session.jot.lines


async def test_without_a_talk_five_minutes_lock(home: Home) -> None:
    async with running(home) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.passes(LOCK_AFTER - 1)
        assert not bench.app.covered
        await bench.passes(1)
        await bench.until(lambda: locked(bench), "locked")
        assert bench.app.covered


async def test_left_alone_it_is_covered_and_saved_once(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home) as bench:
        await bench.talk()
        covered: list[float] = []
        monkeypatch.setattr(bench.app, "cover", lambda: covered.append(bench.clock.now))
        await bench.passes(COVER_AFTER - 1)
        assert covered == []
        await bench.passes(60, step=1)
        assert len(covered) == 1
        await bench.press("a")
        await bench.passes(COVER_AFTER + 60)
        assert len(covered) == 2


async def test_in_a_talk_five_minutes_cover_and_twenty_lock(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.type(SECRET)
        await bench.passes(COVER_AFTER)
        assert bench.app.covered
        assert bench.app.session.phase == "open"
        await bench.passes(LOCK_AFTER_IN_TALK - COVER_AFTER)
        await bench.until(lambda: locked(bench), "locked")
        await bench.press("enter")
        await bench.front(UnlockScreen)
        assert SECRET not in bench.flat
    (record,) = records(home)
    assert record["status"] == "open"


@pytest.mark.parametrize("key", ["ctrl+p", "ctrl+r", "ctrl+o", "ctrl+y", "ctrl+b", "ctrl+g", "f1"])
async def test_no_dialog_keeps_the_lock_away(home: Home, key: str) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.type(SECRET)
        await bench.press("enter", key)
        await bench.until(lambda: len(bench.app.screen_stack) > 1, "a dialog")
        await bench.passes(LOCK_AFTER_IN_TALK)
        await bench.until(lambda: locked(bench), "locked")
        kinds = [type(screen) for screen in bench.app.screen_stack]
        assert kinds == [UnlockScreen, CoverScreen]


async def test_a_computer_that_slept_comes_back_locked(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.passes(3600.0, step=3600.0)
        await bench.until(lambda: locked(bench), "locked")


async def test_the_locked_screen_forgets_the_name_that_was_typed(home: Home) -> None:
    async with running(home) as bench:
        await bench.until(lambda: bench.app.focused, "a focus")
        await bench.type(COUNSELLOR)
        await bench.passes(LOCK_AFTER)
        assert bench.app.screen.query_one("#name").value == ""


async def test_recovery_left_alone_goes_back_to_the_locked_screen(home: Home) -> None:
    async with running(home) as bench:
        await bench.press("ctrl+r")
        await bench.type("4JAKG")
        await bench.passes(LOCK_AFTER)
        await bench.until(lambda: [type(s) for s in bench.app.screen_stack] == [UnlockScreen])


async def test_after_the_lock_nothing_of_the_conversation_is_left(home: Home) -> None:
    async with running(home) as bench:
        conversation = weakref.ref(await bench.talk())
        await bench.type(SECRET)
        screen = weakref.ref(bench.app.screen)
        note = weakref.ref(bench.app.focused)
        bench.app.lock()
        await bench.until(lambda: locked(bench), "locked")

        def gone() -> bool:
            gc.collect()
            return conversation() is None and screen() is None and note() is None

        await bench.until(gone, "dropped")
        assert bench.app.conversations == []


async def test_after_the_lock_enter_is_back_where_one_was(home: Home) -> None:
    async with running(home) as bench:
        conversation = await bench.talk()
        code = conversation.code
        await bench.type(SECRET)
        bench.app.lock()
        await bench.front(UnlockScreen)
        await bench.unlock()
        await bench.shows(f"tilbake til {code}")
        await bench.press("enter")
        await bench.front(ConversationScreen)
        assert bench.app.current.id == conversation.id
        assert bench.app.current.line.text == SECRET
        assert SECRET in bench.flat


async def test_with_words_from_the_lock_there_is_a_way_to_either(home: Home) -> None:
    async with running(home) as bench:
        before = (await bench.talk()).id
        await bench.type(SECRET)
        bench.app.lock()
        await bench.front(UnlockScreen)
        await bench.until(lambda: locked(bench), "locked")
        await bench.press("ctrl+n")
        await bench.front(JotScreen)
        await bench.type("en annen ringer")
        await bench.press("escape")
        await bench.front(UnlockScreen)
        await bench.unlock()
        await bench.shows("Enter til det du skrev", "^B tilbake til K-")
        assert "kommer med inn" not in bench.flat
        await bench.press("ctrl+b")
        await bench.front(ConversationScreen)
        assert bench.app.current.id == before
        assert bench.app.current.line.text == SECRET
        (other,) = [one for one in bench.app.conversations if one.id != before]
        assert [line.text for line in other.intake.statements] == ["en annen ringer"]


async def test_the_time_of_the_last_save_is_the_same_after_the_lock(home: Home) -> None:
    async with running(home) as bench:
        conversation = await bench.talk()
        await bench.type(SECRET)
        await bench.saved()
        before = bench.app.session.autosave.saved_at(conversation)
        assert before is not None
        bench.app.lock()
        await bench.front(UnlockScreen)
        await bench.unlock()
        (again,) = bench.app.conversations
        after = bench.app.session.autosave.saved_at(again)
        assert after is not None
        assert dt.timedelta() <= before - after < dt.timedelta(seconds=5), "begun before committed"


async def test_jotted_while_locked_it_is_sealed_at_once_and_in_the_record_once(home: Home) -> None:
    async with running(home) as bench:
        await bench.unlock()
        bench.app.lock()
        await bench.until(lambda: locked(bench), "locked")
        await bench.press("ctrl+n")
        await bench.front(JotScreen)
        await bench.type("tre er hjemme")
        await bench.shows("Lagret og forseglet.")
        await bench.press("enter")
        await bench.type("han er på jobb")
        await bench.shows("Lagret og forseglet.", "1 linje")
        await bench.press("escape")
        await bench.front(UnlockScreen)
        await bench.unlock()
        await bench.press("enter")
        await bench.front(ConversationScreen)
        await bench.saved()
        assert await bench.app.vault(lambda archive: archive.letters()) == []
    (record,) = records(home)
    said = [line["text"] for line in record["statements"]]
    assert said == ["tre er hjemme", "han er på jobb"]


async def test_what_was_sealed_while_locked_survives_the_program(home: Home) -> None:
    async with running(home) as bench:
        await bench.unlock()
        bench.app.lock()
        await bench.until(lambda: locked(bench), "locked")
        await bench.press("ctrl+n")
        await bench.type("tre er hjemme")
        await bench.shows("Lagret og forseglet.")
    async with running(home) as bench:
        await bench.unlock()
        await bench.shows("Det du skrev, ligger klart")
        await bench.saved()
    (record,) = records(home)
    assert [line["text"] for line in record["statements"]] == ["tre er hjemme"]


def fill_the_disk(patch: pytest.MonkeyPatch) -> None:
    """From now on no transaction can be written."""
    from intake_tui.vault.desk import Desk

    def full(self: Desk, work: Any) -> None:
        raise DiskFull

    patch.setattr(Desk, "write", full)


async def test_what_a_full_disk_does_not_take_is_held_over_the_lock(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.type(SECRET)
        await bench.press("enter")
        await bench.saved()
        with monkeypatch.context() as patch:
            fill_the_disk(patch)
            await bench.type("og det siste")
            bench.app.lock()
            await bench.until(lambda: locked(bench), "locked")
            await bench.front(UnlockScreen)
            await bench.shows("Det siste kunne ikke lagres, og er bare i minnet.")
            await bench.press("ctrl+q")
            await bench.shows("går tapt om du lukker nå")
        await bench.unlock()
        await bench.press("enter")
        await bench.front(ConversationScreen)
        assert bench.app.current.line.text == "og det siste"
        assert len(bench.app.conversations) == 1
    (record,) = records(home)
    assert SECRET in json.dumps(record, ensure_ascii=False)


async def test_a_full_disk_keeps_neither_the_keys_nor_the_vault(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.saved()
        archive = bench.app.session.vault._archive
        with monkeypatch.context() as patch:
            fill_the_disk(patch)
            bench.app.lock()
            await bench.until(lambda: locked(bench), "locked")
            with pytest.raises(VaultLocked):
                archive.contacts()
        assert records(home), "another program can open it now"


async def test_two_locks_at_once_lose_neither_the_words_nor_the_place(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home) as bench:
        conversation = await bench.talk()
        await bench.saved()
        with monkeypatch.context() as patch:
            fill_the_disk(patch)
            await bench.type(SECRET)
            bench.app.came_back()
            bench.app._lock_unattended()
            await bench.until(lambda: locked(bench), "locked")
            await bench.front(CoverScreen)
            assert bench.app.session.at_risk
        bench.app.uncover()
        await bench.unlock()
        await bench.shows(f"tilbake til {conversation.code}")
        await bench.press("enter")
        await bench.front(ConversationScreen)
        assert bench.app.current.line.text == SECRET


async def test_signing_in_waits_for_a_lock_under_way(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.type(SECRET)
        locking = asyncio.ensure_future(bench.app.session.lock())
        await asyncio.sleep(0)
        opened = await bench.app.session.unlock(COUNSELLOR, PASSPHRASE)
        assert locking.done()
        assert opened.back_to
        assert [talk.line.text for talk in bench.app.conversations] == [SECRET]


@pytest.mark.parametrize("meanwhile", ["written", "signed", "erased"])
async def test_what_was_held_over_the_lock_never_replaces_what_others_did_meanwhile(
    home: Home, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.type(SECRET)
        await bench.press("enter")
        await bench.saved()
        with monkeypatch.context() as patch:
            fill_the_disk(patch)
            await bench.type("og det siste")
            bench.app.lock()
            await bench.until(lambda: locked(bench), "locked")
        elsewhere(home, meanwhile)
        await bench.unlock()
        lines = sorted(talk.line.text for talk in bench.app.conversations)
        others = ["hos den andre"] if meanwhile == "written" else []
        assert lines == [*others, "og det siste"]
        await bench.press("escape")
    said = [line["text"] for record in records(home) for line in record["statements"]]
    assert ("hos den andre" in said) == (meanwhile == "signed")
    assert said.count(SECRET) == (1 if meanwhile == "erased" else 2)


def elsewhere(home: Home, what: str) -> None:
    """Another program goes on with the only open conversation, while this one is locked."""
    from intake_tui.guide.load import load
    from intake_tui.intake.line import typed
    from intake_tui.records.archive import Archive

    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    (talk,) = archive.conversations(load())
    talk.line = typed(talk.line, "hos den andre")
    if what == "signed":
        talk.keep()
    if what == "erased":
        archive.erase(talk.id)
    else:
        archive.save(talk.snapshot())
    if what == "signed":
        archive.sign(talk.snapshot(), talk.guide)
    archive.lock()


async def test_words_that_the_disk_took_late_are_in_the_record_once(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "RETRY_AFTER", 0.05)
    async with running(home) as bench:
        await bench.unlock()
        bench.app.lock()
        await bench.until(lambda: locked(bench), "locked")
        await bench.press("ctrl+n")
        await bench.type("tre er hjemme")
        await bench.shows("Lagret og forseglet.")
    async with running(home) as bench:
        with monkeypatch.context() as patch:
            patch.setattr(Archive, "save", full)
            await bench.unlock()
            assert bench.app.session.at_risk
        await bench.saved()
        assert await bench.app.vault(lambda archive: archive.letters()) == []
    async with running(home) as bench:
        await bench.unlock()
        assert len(bench.app.conversations) == 1


async def test_letters_whose_words_are_held_over_a_lock_are_in_the_record_once(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home) as bench:
        await bench.unlock()
        bench.app.lock()
        await bench.until(lambda: locked(bench), "locked")
        await bench.press("ctrl+n")
        await bench.type("tre er hjemme")
        await bench.shows("Lagret og forseglet.")
    async with running(home) as bench:
        with monkeypatch.context() as patch:
            patch.setattr(Archive, "save", full)
            await bench.unlock()
            bench.app.lock()
            await bench.until(lambda: locked(bench), "locked")
        await bench.unlock()
        assert len(bench.app.conversations) == 1
        assert await bench.app.vault(lambda archive: archive.letters()) == []


def full(*_: object) -> None:
    raise DiskFull


async def test_a_stopped_program_comes_back_locked(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        bench.app.came_back()
        await bench.until(lambda: locked(bench), "locked")
        await bench.front(UnlockScreen)


async def test_the_passphrase_is_not_kept(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        held = [
            thing
            for thing in gc.get_objects()
            if isinstance(thing, dict)
            and PASSPHRASE in [v for v in thing.values() if isinstance(v, str)]
        ]
        owners = [thing for thing in held if "PASSPHRASE" not in thing]
        assert owners == []
