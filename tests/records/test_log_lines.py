"""The log in words: who did what, to which case by its code, and nothing that was said."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import Amendment
from intake_tui.records.archive import Archive
from intake_tui.records.log_lines import LogLine
from intake_tui.records.retention import Period
from intake_tui.vault.errors import NotALeader
from intake_tui.vault.kdf import Kdf
from machine import CENTRE, COUNSELLOR, PASSPHRASE, Home
from talk_samples import whole_talk

Unlocked = Callable[[], Archive]


def everything(archive: Archive, *, keep: Callable[[LogLine], bool] = bool) -> list[LogLine]:
    """From the newest back, with all heads read before."""
    while archive.persons.read_on():
        pass
    opened = {row.id: row.case for row in archive.contacts() if row.status == "open"}
    reading = archive.log.reading(opened)
    lines: list[LogLine] = []
    while not reading.ended:
        lines += reading.read(keep)
    return lines


def acts(archive: Archive) -> list[str]:
    return [line.act for line in everything(archive)]


@pytest.fixture
def record(archive: Archive, guide: Guide) -> str:
    """A signed conversation; its id in hex."""
    talk = whole_talk(guide)
    archive.save(talk.snapshot())
    archive.sign(talk.snapshot(), guide)
    return talk.id.hex()


def one(archive: Archive, act: str) -> LogLine:
    return next(line for line in everything(archive) if line.act == act)


def test_what_is_done_to_a_record_stands_with_its_code_and_whose_doing_it_was(
    archive: Archive, record: str
) -> None:
    archive.show(record)
    archive.exported(record)
    archive.amend(record, Amendment("told", "INFO-2", "given", None, "ble ikke sagt"))
    (point,) = [each.point.key for each in next(iter(archive.all_contacts())).points[:1]]
    archive.mark(record, point, done=True)
    wanted = ["marked", "amended", "exported", "opened", "signed", "draft-new"]
    lines = [line for line in everything(archive) if line.act in wanted]
    assert [line.act for line in lines] == wanted
    shown = archive.contacts()[0].code
    for line in lines:
        assert (line.who, line.cases, line.gone, line.unknown) == (
            COUNSELLOR,
            (shown,),
            False,
            False,
        )


def test_what_is_settled_for_the_centre_is_a_line_of_its_own(archive: Archive) -> None:
    before = acts(archive).count("settings")
    archive.keeping.settle("HELP-1", Period(n=2, unit="years"))
    archive.backups.turn_days()
    assert acts(archive).count("settings") == before + 1
    assert one(archive, "settings").who == COUNSELLOR


def test_after_it_was_locked_the_same_is_read_from_the_heads(
    unlocked: Unlocked, archive: Archive, record: str
) -> None:
    archive.amend(record, Amendment("told", "INFO-2", "given", None, "ble ikke sagt"))
    before = [(line.act, line.cases) for line in everything(archive)]
    after = [(line.act, line.cases) for line in everything(unlocked())]
    assert after[-len(before) :] == before
    assert [act for act, _ in after[: -len(before)]] == ["unlocked", "locked"]


def test_an_open_conversation_has_its_code_too(archive: Archive, guide: Guide) -> None:
    talk = whole_talk(guide)
    archive.save(talk.snapshot())
    archive.conversations(guide)
    archive.shown(talk.id)
    assert one(archive, "draft-new").cases == (talk.code,)
    assert one(archive, "drafts-listed").cases == ()
    assert one(archive, "draft-opened").cases == (talk.code,)
    archive.erase(talk.id)
    line = one(archive, "draft-new")
    assert (line.cases, line.gone) == ((), True)


def test_what_was_erased_keeps_its_lines_without_a_code(
    unlocked: Unlocked, archive: Archive, record: str
) -> None:
    archive.show(record)
    archive.erasing.erase([archive.contacts()[0].case], because="")
    later = unlocked()
    lines = everything(later)
    of_it = [line for line in lines if line.act in ("erased", "opened", "signed", "draft-new")]
    assert [line.act for line in of_it] == ["erased", "opened", "signed", "draft-new"]
    for line in of_it:
        assert (line.cases, line.gone, line.unknown) == ((), True, False)


def test_while_the_heads_are_not_read_it_says_that_it_does_not_know(
    unlocked: Unlocked, archive: Archive, record: str
) -> None:
    archive.show(record)
    reading = unlocked().log.reading({})
    opened = next(line for line in reading.read(bool) if line.act == "opened")
    assert (opened.cases, opened.gone, opened.unknown) == ((), False, True)


def test_staff_are_named_and_those_who_left_as_well(unlocked: Unlocked, archive: Archive) -> None:
    vault = archive._vault
    slot = vault.enrol(name="Bo Prøve", passphrase=PASSPHRASE + " to")
    vault.change_passphrase(PASSPHRASE)
    vault.rotate()
    vault.rotate(without=[slot])
    lines = everything(unlocked())
    found = {line.act: (line.who, line.whom) for line in lines}
    assert found["enrolled"] == (COUNSELLOR, ("Bo Prøve",))
    assert found["passphrase"] == (COUNSELLOR, (COUNSELLOR,))
    assert found["rotated"] == (COUNSELLOR, ())
    assert found["revoked"] == (COUNSELLOR, ("Bo Prøve",))
    assert all(not line.by_sheet for line in lines)


def test_the_sheet_is_told_from_a_counsellor(bare_home: Home) -> None:
    home = bare_home
    made, sheet = Archive.create(
        home.vault,
        name=COUNSELLOR,
        passphrase=PASSPHRASE,
        centre=CENTRE,
        language="nb",
        kdf=Kdf.FLOOR,
        device=home.device,
    )
    made.lock()
    archive = Archive.unlock_with_recovery(home.vault, recovery=sheet, device=home.device)
    with pytest.raises(NotALeader):
        archive.log.reading({})
    archive.set_passphrase("en helt annen fjellbekk", name=COUNSELLOR)
    line = one(archive, "renewed")
    archive.lock()
    assert (line.by_sheet, line.who, line.whom) == (True, "", (COUNSELLOR,))


def test_only_what_is_wanted_comes_and_nothing_before_the_end_is_missed(
    archive: Archive, record: str
) -> None:
    for _ in range(450):
        archive.exported(record)
    archive.show(record)
    lines = everything(archive, keep=lambda line: line.act in ("opened", "created"))
    assert [line.act for line in lines] == ["opened", "created"]


def test_reading_the_log_leaves_no_entry(archive: Archive, record: str) -> None:
    before = archive._vault.log_page(most=1).entries
    everything(archive)
    assert archive._vault.log_page(most=1).entries == before


def test_no_repr_tells_anything(archive: Archive, record: str) -> None:
    archive.exported(record)
    lines = everything(archive)
    told = repr(lines) + repr(archive.log.reading({}))
    for secret in (COUNSELLOR, CENTRE, archive.contacts()[0].code, "K-"):
        assert secret not in told
    assert {each.name for each in dataclasses.fields(LogLine)} >= {"at", "act", "who", "cases"}
