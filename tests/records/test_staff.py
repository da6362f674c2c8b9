"""Colleagues come, change and leave; what they may do goes with their role."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_tui.guide.model import Guide
from intake_tui.records.archive import Archive
from intake_tui.vault import recovery
from intake_tui.vault.errors import (
    LastLeader,
    NameTaken,
    NoSuchColleague,
    NotALeader,
    OlderRoster,
    OwnSlot,
    WeakPassphrase,
    WrongPassphrase,
    WrongRecovery,
)
from machine import COUNSELLOR, PASSPHRASE, Home
from talk_samples import whole_talk

BO = "fjellvettregel i kurven"
BERIT = "sju gule ballonger over taket"

pytestmark = pytest.mark.usefixtures("stretched_once")


@pytest.fixture
def enter(home: Home) -> Iterator[Callable[..., Archive]]:
    """Unlocks as anybody, one at a time; locks whoever was in."""
    archives: list[Archive] = []

    def unlock(name: str = COUNSELLOR, passphrase: str = PASSPHRASE) -> Archive:
        for earlier in archives:
            earlier.lock()
        archives.append(
            Archive.unlock(home.vault, name=name, passphrase=passphrase, device=home.device)
        )
        return archives[-1]

    yield unlock
    for archive in archives:
        archive.lock()


def slot_of(archive: Archive, name: str) -> str:
    return next(one.slot for one in archive.staff.colleagues() if one.name == name)


def test_a_colleague_is_added_and_works(enter: Callable[..., Archive]) -> None:
    leader = enter()
    assert leader.staff.may_lead
    leader.staff.add("Bo  Lie", BO, "counsellor")
    listed = [(one.name, one.role, one.me) for one in leader.staff.colleagues()]
    assert listed == [("Bo Lie", "counsellor", False), (COUNSELLOR, "leader", True)]
    bo = enter("bo lie", BO)
    assert not bo.staff.may_lead
    assert [one.me for one in bo.staff.colleagues()] == [True, False]
    assert bo.verify().findings == ()


def test_what_a_counsellor_may_not(enter: Callable[..., Archive]) -> None:
    leader = enter()
    leader.staff.add("Bo", BO)
    me = leader.me.slot
    staff = enter("Bo", BO).staff
    for act in (
        lambda: staff.add("Eva", BERIT),
        lambda: staff.renew(me, BERIT),
        lambda: staff.change_role(staff.colleagues()[0].slot, "leader"),
        lambda: staff.revoke(me, new_sheet=True),
        staff.new_sheet,
        staff.rotate,
    ):
        with pytest.raises(NotALeader):
            act()


def test_a_name_is_held_once(enter: Callable[..., Archive]) -> None:
    leader = enter()
    leader.staff.add("Bo Lie", BO)
    for name in ("bo lie", " BO   LIE ", "Ｂｏ Ｌｉｅ", COUNSELLOR.upper()):
        with pytest.raises(NameTaken):
            leader.staff.add(name, BERIT)
    leader.staff.revoke(slot_of(leader, "Bo Lie"), new_sheet=False)
    leader.staff.add("Bo Lie", BERIT)  # another one, or the same one back again


def test_a_forgotten_passphrase(enter: Callable[..., Archive]) -> None:
    leader = enter()
    leader.staff.add("Bo", BO, "leader")
    old = slot_of(leader, "Bo")
    new = leader.staff.renew(old, BERIT)
    assert slot_of(leader, "Bo") == new != old
    assert leader.verify().findings == ()
    with pytest.raises(NoSuchColleague):
        leader.staff.renew(old, BERIT)
    with pytest.raises(OwnSlot):
        leader.staff.renew(leader.me.slot, BERIT)
    leader.lock()
    with pytest.raises(WrongPassphrase):
        enter("Bo", BO)
    assert enter("Bo", BERIT).staff.may_lead


def test_roles_and_the_last_leader(enter: Callable[..., Archive]) -> None:
    leader = enter()
    leader.staff.add("Bo", BO)
    bo = slot_of(leader, "Bo")
    with pytest.raises(LastLeader):
        leader.staff.change_role(leader.me.slot, "counsellor")
    leader.staff.change_role(bo, "leader")
    leader.staff.change_role(leader.me.slot, "counsellor")
    assert not leader.staff.may_lead
    assert leader.me.role == "counsellor"
    mine = leader.me.slot
    second = enter("Bo", BO)
    with pytest.raises(OwnSlot):
        second.staff.revoke(bo, new_sheet=False)
    with pytest.raises(LastLeader):
        second.staff.change_role(bo, "counsellor")
    second.staff.revoke(mine, new_sheet=False)
    assert second.verify().findings == ()
    assert [one.name for one in second.staff.colleagues()] == ["Bo"]
    kinds = [entry.what for entry in second._vault.log()]
    assert [what for what in kinds if what.startswith(("role", "rot"))] == [
        "role-leader",
        "role-counsellor",
        "rotated",
    ]


def test_whoever_is_revoked_is_out_and_the_sheet_with_them(
    enter: Callable[..., Archive], home: Home
) -> None:
    leader = enter()
    first_sheet = leader.staff.new_sheet()
    leader.staff.add("Bo", BO)
    sheet = leader.staff.revoke(slot_of(leader, "Bo"), new_sheet=True)
    assert sheet
    assert leader.verify().findings == ()
    assert [one.name for one in leader.staff.colleagues()] == [COUNSELLOR]
    leader.lock()
    with pytest.raises(WrongPassphrase):
        enter("Bo", BO)
    with pytest.raises(WrongRecovery):
        Archive.unlock_with_recovery(home.vault, recovery=first_sheet, device=home.device)
    Archive.unlock_with_recovery(home.vault, recovery=sheet, device=home.device).lock()


def test_a_new_sheet_replaces_the_old_one(enter: Callable[..., Archive], home: Home) -> None:
    leader = enter()
    first_sheet = leader.staff.new_sheet()
    second = leader.staff.new_sheet()
    third = leader.staff.new_sheet()
    assert leader.verify().findings == ()
    leader.lock()
    for old in (first_sheet, second):
        with pytest.raises(WrongRecovery):
            Archive.unlock_with_recovery(home.vault, recovery=old, device=home.device)
    by_sheet = Archive.unlock_with_recovery(home.vault, recovery=third, device=home.device)
    assert not by_sheet.staff.may_lead  # first a name and a passphrase
    with pytest.raises(OwnSlot):
        by_sheet.staff.new_sheet()
    by_sheet.set_passphrase(BERIT, name="Berit")
    assert by_sheet.staff.may_lead
    assert by_sheet.verify().findings == ()
    by_sheet.lock()


def test_a_sheet_that_was_drawn_opens_nothing_before_it_is_taken_into_use(
    enter: Callable[..., Archive], home: Home
) -> None:
    leader = enter()
    leader.staff.add("Bo Lie", BERIT)
    old = leader.staff.new_sheet()
    drawn = [recovery.drawn() for _ in range(2)]
    leader.lock()
    for sheet in drawn:
        with pytest.raises(WrongRecovery):
            Archive.unlock_with_recovery(home.vault, recovery=sheet, device=home.device)
    leader = enter()
    bo = slot_of(leader, "Bo Lie")
    assert leader.staff.revoke(bo, new_sheet=True, drawn=drawn[0].lower()) == drawn[0].lower()
    assert leader.staff.new_sheet(drawn=drawn[1]) == drawn[1]
    with pytest.raises(WrongRecovery):
        leader.staff.new_sheet(drawn="no sheet at all")
    leader.lock()
    for gone in (old, drawn[0]):
        with pytest.raises(WrongRecovery):
            Archive.unlock_with_recovery(home.vault, recovery=gone, device=home.device)
    Archive.unlock_with_recovery(home.vault, recovery=drawn[1], device=home.device).lock()


def test_a_passphrase_is_changed_by_who_knows_it(enter: Callable[..., Archive]) -> None:
    leader = enter()
    with pytest.raises(WrongPassphrase):
        leader.staff.change_passphrase("noe helt annet enn det", BERIT)
    assert leader.staff.check_passphrase(PASSPHRASE)
    leader.staff.change_passphrase(PASSPHRASE, BERIT)
    assert leader.staff.check_passphrase(BERIT)
    assert not leader.staff.check_passphrase(PASSPHRASE)
    leader.lock()
    with pytest.raises(WrongPassphrase):
        enter()
    enter(COUNSELLOR, BERIT)


def test_no_weak_passphrase_is_set(enter: Callable[..., Archive]) -> None:
    leader = enter()
    leader.staff.add("Bo Brekkestad", BO)
    bo = slot_of(leader, "Bo Brekkestad")
    centre = f"min {leader.settings.centre} kaffekopp"
    for weak in ("kort", "Krisesenter2025", centre):
        for act in (
            lambda weak=weak: leader.staff.add("Eva", weak),
            lambda weak=weak: leader.staff.renew(bo, weak),
            lambda weak=weak: leader.staff.change_passphrase(PASSPHRASE, weak),
        ):
            with pytest.raises(WeakPassphrase):
                act()
    with pytest.raises(WeakPassphrase, match="contains-name"):
        leader.staff.renew(bo, "kaffekopp hos brekkestad i dag")


def test_names_are_not_shown_by_accident(enter: Callable[..., Archive]) -> None:
    assert COUNSELLOR not in repr(enter().staff.colleagues())


def test_an_archive_from_before_a_colleague_left_is_read_until_the_key_is_changed(
    enter: Callable[..., Archive], home: Home, guide: Guide, tmp_path: Path
) -> None:
    leader = enter()
    leader.staff.add("Bo", BO)
    talk = whole_talk(guide, by=leader.me.slot)
    leader.save(talk.snapshot())
    leader.lock()
    shutil.copy(home.vault, tmp_path / "old.db")
    leader = enter()
    leader.staff.revoke(slot_of(leader, "Bo"), new_sheet=False)
    leader.lock()
    shutil.copy(tmp_path / "old.db", home.vault)
    leader = enter()
    assert "older-roster" in leader.warnings
    assert [one.id for one in leader.conversations(guide)] == [talk.id]
    assert leader.show(talk.id.hex(), guide)["statements"]
    with pytest.raises(OlderRoster):
        leader.save(talk.snapshot())
    leader.staff.revoke(slot_of(leader, "Bo"), new_sheet=False)
    leader.save(talk.snapshot())
    leader.lock()
    assert "older-roster" not in enter().warnings
