"""A deleted case leaves what a vault has that never had it; all others stay as they are."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intake_tui.desk import opening
from intake_tui.desk.autosave import Unsaved
from intake_tui.guide.model import Guide
from intake_tui.intake.amendment import Amendment
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.unfinished import Unfinished
from intake_tui.records import registrations
from intake_tui.records.archive import Archive
from intake_tui.records.errors import NoSuchRecord
from intake_tui.records.joins import KIND as LINK
from intake_tui.records.retention import UNDECIDED, Due, Period, due
from intake_tui.vault.errors import NotALeader
from intake_tui.vault.kdf import Kdf
from machine import COUNSELLOR, PASSPHRASE, Home
from talk_samples import START, begun, keep, whole_talk

Unlocked = Callable[[], Archive]
BECAUSE = "hørte sammen gjennom en sak som er slettet"
OTHER = "kiste sokk lampe elv gaupe tind"
A_DAY = dt.timedelta(days=1)
OUTCOMES = ("HELP-1", "HELP-2", None)


class History:
    """Does things in an archive at random: conversations of a few cases, and all that is added."""

    def __init__(self, archive: Archive, guide: Guide, chance: random.Random) -> None:
        self.archive, self._guide, self._chance = archive, guide, chance
        self.cases = [chance.randbytes(16) for _ in range(chance.randint(2, 7))]
        self.signed: list[tuple[str, bytes]] = []
        self.number = chance.getrandbits(60)

    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            self._chance.choice(
                (self.sign, self.sign, self.draft, self.amend, self.mark, self.join, self.begin)
            )()

    def _talk(self) -> tuple[Conversation, bytes]:
        self.number += 1
        case, chance = self._chance.choice(self.cases), self._chance
        at = START - chance.randrange(900) * A_DAY
        held = Conversation.new(
            self._guide, by=self.archive.me.slot, now=lambda: at, id=chance.randbytes(16), case=case
        )
        keep(held, f"hun sier {self.number}")
        keep(held, chance.choice(("Rogn", "Selje", "Hassel")), "alias")
        if (outcome := chance.choice(OUTCOMES)) is not None:
            keep(held, "", "decision", decision=outcome)
        if chance.random() < 0.3:
            keep(held, "ringe nav", "next")
        return held, case

    def sign(self) -> None:
        held, case = self._talk()
        self.archive.sign(held.snapshot(), self._guide)
        self.signed.append((held.id.hex(), case))

    def draft(self) -> None:
        held, _ = self._talk()
        self.archive.save(held.snapshot())

    def amend(self) -> None:
        if self.signed:
            record, _ = self._chance.choice(self.signed)
            now = self._chance.choice(("Lønn", "Older"))
            self.archive.amend(record, Amendment("answer", "alias", None, now, "sa et annet navn"))

    def mark(self) -> None:
        if self.signed:
            record, _ = self._chance.choice(self.signed)
            points = [p.key for p in self._row(record).outstanding]
            if points:
                self.archive.mark(record, points[0], done=True)

    def _row(self, record: str) -> Any:
        return next(row for row in self.archive.persons.book.all() if row.id == record)

    def join(self) -> None:
        one, other = (self._chance.choice(self.cases).hex() for _ in range(2))
        joins = self.archive.persons.joins
        if other not in joins.person(one):
            self.archive.persons.join(one, other, "samme stemme")
        elif holding := joins.joinings(one):
            self.archive.persons.part(self._chance.choice(holding).id, "likevel ikke")

    def begin(self) -> None:
        """Something unfinished about a record, a joining, or two cases."""
        one, other = (self._chance.choice(self.cases).hex() for _ in range(2))
        about = [":".join(["join", *sorted((one, other))])]
        about += [f"amend:{record}:answer:alias" for record, _ in self.signed]
        about += [f"part:{one.id}" for one in self.archive.persons.joins.joinings(one)]
        words = Unfinished(self._chance.choice(about), "reason", reason="halvferdig")
        self.archive.aside.keep(words, by=self.archive.me.slot)


def projection(archive: Archive, guide: Guide, cases: set[str]) -> dict[str, Any]:
    """All that can be read of those cases: lists, search, persons, the records themselves."""
    rows = {row.id: row for row in archive.all_contacts() if row.case in cases}
    searched = {
        word: {row.id for row in archive.persons.search(word, 10_000) if row.case in cases}
        for word in ("rogn", "selje", "lønn", "k-", "2026")
    }
    shown = {id_: archive.show(id_, guide) for id_ in rows}
    for one in shown.values():
        one.pop("joined")
    joins = archive.persons.joins
    asides = {
        about
        for about in archive.aside.all()
        if set(about.split(":")) & (cases | set(rows)) or about.startswith("part:")
    }
    return {
        "rows": rows,
        "searched": searched,
        "shown": shown,
        "persons": {joins.person(case) & cases for case in cases},
        "asides": {about for about in asides if not about.startswith("part:")},
        "drafts": {one.id for one in archive.conversations(guide) if one.case.hex() in cases},
    }


def read_all(archive: Archive) -> Archive:
    while archive.persons.read_on():
        pass
    return archive


def test_what_is_deleted_was_never_there_and_the_rest_is_as_it_was(
    unlocked: Unlocked, guide: Guide, times: Callable[[int, int], int]
) -> None:
    chance = random.Random(11)
    archive = read_all(unlocked())
    archive.keeping.settle("HELP-1", Period(n=1, unit="years"))
    archive.keeping.settle(UNDECIDED, Period(n=3, unit="months"))
    for _ in range(times(5, 300)):
        history = History(archive, guide, chance)
        history.go_on(25)
        everything = {case.hex() for case in history.cases}
        going = set(chance.sample(sorted(everything), chance.randint(1, len(everything) - 1)))
        staying = everything - going
        before = projection(archive, guide, staying)
        counted = _counts(archive)
        archive.erasing.erase(going, because=BECAUSE)
        for again in (False, True):
            archive = read_all(unlocked()) if again else archive
            assert projection(archive, guide, staying) == before
            assert not any(
                projection(archive, guide, going)[of] for of in ("rows", "shown", "drafts")
            )
            assert all(
                not found for found in projection(archive, guide, going)["searched"].values()
            )
            assert _counts(archive) == counted
            assert archive.keeping.due(START.date()) == _due(archive, guide)
            assert going.isdisjoint(row.case for row in archive.keeping.due(START.date()))
            assert not _named(archive, going)
        assert archive.verify().findings == ()


def _counts(archive: Archive) -> list[bytes]:
    """What went to statistics."""
    return sorted(blob for _, blob in archive._vault.items(registrations.KIND))


def _due(archive: Archive, guide: Guide) -> tuple[Due, ...]:
    """From the list alone."""
    rows = list(archive.all_contacts())
    return due(rows, archive.persons.joins, archive.keeping.times, START.date())


def _named(archive: Archive, cases: set[str]) -> bool:
    """Whether any joining or anything unfinished names one of the cases."""
    links = [blob for _, blob in archive._vault.items(LINK)]
    asides = [blob for _, blob in archive._vault.items("aside")]
    return any(case.encode() in blob for case in cases for blob in (*links, *asides))


def test_a_registration_has_no_way_back_to_the_case(archive: Archive, guide: Guide) -> None:
    talk = whole_talk(guide)
    archive.sign(talk.snapshot(), guide)
    (count,) = _counts(archive)
    for trace in (talk.id.hex(), talk.case.hex(), talk.code, COUNSELLOR, "Rogn", "13:0"):
        assert trace.encode() not in count
    archive.erasing.erase([talk.case.hex()], because=BECAUSE)
    assert _counts(archive) == [count]


def test_the_others_of_a_person_stay_one_person(archive: Archive, guide: Guide) -> None:
    """Who must not be called with one number must not be called with another."""
    one, between, other = (begun(guide, number=n) for n in (1, 2, 3))
    one.pin("call", "no")
    for talk in (one, between, other):
        keep(talk, "sier lite")
        archive.sign(talk.snapshot(), guide)
    for talk in (one, other):
        archive.persons.join(talk.case.hex(), between.case.hex(), "samme stemme")
    person = archive.erasing.person(between.case.hex())
    assert person[0].case == between.case.hex()
    assert {held.case for held in person} == {talk.case.hex() for talk in (one, between, other)}
    archive.erasing.erase([between.case.hex()], because=BECAUSE)
    assert archive.persons.known().do_not_call == {one.case.hex(), other.case.hex()}
    (joining,) = archive.persons.of(one.case.hex()).joinings
    assert joining.reason == BECAUSE
    archive.erasing.erase([one.case.hex(), other.case.hex()], because=BECAUSE)
    assert not archive._vault.items(LINK)


def test_of_a_case_all_contacts_and_drafts_are_told_before_it_goes(
    archive: Archive, guide: Guide
) -> None:
    first, second, third = (begun(guide, number=n, at=START + n * A_DAY) for n in (1, 2, 3))
    case = first.case
    again = Conversation.new(guide, by="ab" * 16, now=lambda: second.started, case=case)
    keep(again, "Selje", "alias")
    draft = Conversation.new(guide, by="ab" * 16, now=lambda: third.started, case=case)
    keep(draft, "ringer igjen")
    archive.sign(first.snapshot(), guide)
    archive.sign(again.snapshot(), guide)
    archive.save(draft.snapshot())
    (held,) = archive.erasing.person(case.hex())
    assert [row.status for row in held.rows] == ["open", "signed", "signed"]
    assert (held.alias, held.code, len(held.signed), held.damaged) == ("Selje", "K-4F2A", 2, 0)
    assert archive.erasing.erase([case.hex()], because=BECAUSE) == 2
    assert archive.conversations(guide) == []
    with pytest.raises(NoSuchRecord):
        archive.show(first.id.hex())


def test_only_a_leader_deletes_and_settles_how_long_is_kept(home: Home, guide: Guide) -> None:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    archive._vault.enrol(name="Siv", passphrase=OTHER, kdf=Kdf.FLOOR)
    talk = begun(guide)
    archive.sign(talk.snapshot(), guide)
    archive.lock()
    archive = Archive.unlock(home.vault, name="Siv", passphrase=OTHER, device=home.device)
    with pytest.raises(NotALeader):
        archive.erasing.erase([talk.case.hex()], because=BECAUSE)
    with pytest.raises(NotALeader):
        archive.keeping.settle("HELP-1", Period(n=1, unit="days"))
    assert len(archive.contacts()) == 1
    archive.lock()


# An older copy of the file


def test_a_copy_from_before_deletes_again_all_that_belonged_to_the_case(
    home: Home, guide: Guide, unlocked: Unlocked, tmp_path: Path, times: Callable[[int, int], int]
) -> None:
    """Also what was there at the time of the copy and had gone before the case went."""
    chance = random.Random(5)
    for round_ in range(times(2, 60)):
        archive = read_all(unlocked())
        history = History(archive, guide, chance)
        history.go_on(25)
        cases = {case.hex() for case in history.cases}
        there = sorted({case.hex() for _, case in history.signed})
        going = set(chance.sample(there, chance.randint(1, len(there))))
        archive.lock()
        copied = tmp_path / f"{round_}.db"
        shutil.copy(home.vault, copied)
        archive = read_all(unlocked())
        for about in list(archive.aside.all()):
            archive.aside.drop(about, by=archive.me.slot)
        for draft in archive.conversations(guide):
            archive.erase(draft.id)
        before = projection(archive, guide, cases - going)
        archive.erasing.erase(going, because=BECAUSE)
        archive.lock()
        shutil.copy(copied, home.vault)
        archive = read_all(unlocked())
        assert {"put-back", "erased-again"} <= {*archive.warnings}
        for again in (False, True):
            archive = read_all(unlocked()) if again else archive
            after = projection(archive, guide, cases - going)
            assert before["persons"] == after["persons"]
            assert before["rows"].items() <= after["rows"].items()
            assert before["shown"].items() <= after["shown"].items()
            assert not any(
                projection(archive, guide, going)[of] for of in ("rows", "shown", "drafts")
            )
            assert not _named(archive, going)
            assert (archive.erasing.waiting().cases, archive.erasing.replay()) == (0, 0)
        assert {one.code for one in archive.verify().findings} <= {"put-back"}


def test_somebody_who_calls_again_after_that_is_not_deleted_with_the_case(
    archive: Archive, guide: Guide
) -> None:
    """Another desk may not have known yet, and begun a conversation in the same case."""
    first = begun(guide)
    archive.sign(first.snapshot(), guide)
    archive.erasing.erase([first.case.hex()], because=BECAUSE)
    again = Conversation.new(guide, by="ab" * 16, now=lambda: START, case=first.case)
    archive.save(again.snapshot())
    assert archive.erasing.replay() == 0
    archive.sign(again.snapshot(), guide)
    assert archive.erasing.replay() == 0
    assert [row.id for row in archive.contacts()] == [again.id.hex()]
    assert archive.verify().sound


def test_what_a_lock_could_not_save_of_a_case_that_was_deleted_meanwhile_is_not_kept(
    unlocked: Unlocked, guide: Guide
) -> None:
    archive, talk = unlocked(), begun(guide)
    keep(talk, "Selje", "alias")
    archive.save(talk.snapshot())
    saved = talk.changes
    keep(talk, "hun sier at")
    archive.erasing.erase([talk.case.hex()], because=BECAUSE)
    archive = unlocked()
    found = opening.read(archive, guide, [Unsaved(talk.snapshot(), saved)], {})
    assert found.conversations == []
    assert archive.conversations(guide) == []
