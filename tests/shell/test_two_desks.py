"""Two desks write in one conversation: both versions are kept, and whoever comes late is told."""

from __future__ import annotations

from desk_bench import running

from intake_tui.records.archive import Archive
from machine import Home


async def test_both_are_kept_and_one_is_told(home: Home) -> None:
    async with running(home) as bench:
        talk = await bench.talk()
        await bench.type("fra oss begge")
        await bench.press("enter")
        await bench.saved()
        other = talk.snapshot()

        def elsewhere(archive: Archive) -> None:
            before = dict(archive._vault._desk.counters)
            archive.save(other)
            archive._vault._desk.counters = before  # this desk does not know of it

        await bench.app.vault(elsewhere)
        await bench.type("bare her")
        await bench.press("enter")
        await bench.shows("Samtalen ble endret et annet sted. Begge utgavene er tatt vare på.")
        await bench.saved()
        await bench.shows("lagret")
        assert bench.app.current is talk
        assert talk.id != other.id
        await bench.type("og videre")
        await bench.press("enter")
        await bench.saved()
        drafts = await bench.app.vault(lambda archive: archive.conversations(bench.app.guide))
        texts = {one.id: [line.text for line in one.intake.statements] for one in drafts}
    assert texts == {
        other.id: ["fra oss begge"],
        talk.id: ["fra oss begge", "bare her", "og videre"],
    }


async def test_that_the_room_for_a_full_disk_is_used_is_told(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.app.vault(lambda archive: archive._vault._desk.warn("disk-full"))
        await bench.type("a")
        await bench.shows("Disken er full. Det som skrives, lagres så lenge det er plass igjen.")
        await bench.saved()
