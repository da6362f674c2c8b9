"""The archive: what was written is there again, in the right order, and reading it is logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from intake_tui.guide.load import guide_hash
from intake_tui.guide.model import Guide
from intake_tui.intake.conversation import Conversation
from intake_tui.records import guide_texts, registrations
from intake_tui.records.archive import Archive
from intake_tui.records.codec import draft_to_bytes
from intake_tui.records.errors import NoSuchRecord, RecordDamaged
from intake_tui.vault.errors import DiskFull
from intake_tui.vault.kdf import Kdf
from intake_tui.vault.store import Vault
from machine import CENTRE, COUNSELLOR, PASSPHRASE, Home
from talk_samples import START, begun, keep, whole_talk

Unlocked = Callable[[], Archive]


def signed(archive: Archive, guide: Guide, *numbers: int) -> list[Conversation]:
    """Conversations with these numbers, a day apart, signed in this order."""
    talks = []
    for number in numbers:
        talk = begun(guide, number=number, at=START + dt.timedelta(days=number))
        keep(talk, f"linje {number}", "OPEN-1")
        archive.sign(talk.snapshot(), guide)
        talks.append(talk)
    return talks


def test_an_open_conversation_is_there_after_lock_as_it_was(
    unlocked: Unlocked, guide: Guide
) -> None:
    archive = unlocked()
    talk = whole_talk(guide)
    talk.line, talk.step = type(talk.line)("sier at han", places=("THREAT-10",)), 3
    archive.save(talk.snapshot())
    (again,) = unlocked().conversations(guide)
    assert again.snapshot() == talk.snapshot()
    assert again.undo()
    assert again.intake.statements == talk.intake.statements


def test_saving_says_when_it_was_safe(archive: Archive, guide: Guide) -> None:
    before = dt.datetime.now(dt.UTC)
    assert before <= archive.save(begun(guide).snapshot()) <= dt.datetime.now(dt.UTC)


def test_open_conversations_come_newest_first(archive: Archive, guide: Guide) -> None:
    for number in (2, 3, 1):
        talk = begun(guide, number=number, at=START + dt.timedelta(hours=number))
        archive.save(talk.snapshot())
    assert [talk.id[-1] for talk in archive.conversations(guide)] == [3, 2, 1]


def test_a_signed_conversation_is_no_longer_open_and_shows_all_of_it(
    unlocked: Unlocked, guide: Guide
) -> None:
    archive = unlocked()
    talk = whole_talk(guide)
    archive.save(talk.snapshot())
    archive.sign(talk.snapshot(), guide, at=START + dt.timedelta(hours=1))
    archive = unlocked()
    assert archive.conversations(guide) == []
    shown = archive.show(talk.id.hex())
    assert (shown["format"], shown["status"], shown["by"]) == (1, "signed", COUNSELLOR)
    assert shown["signed"] == "2026-11-23T14:02:00+00:00"
    assert [line["text"] for line in shown["statements"]] == [
        line.text for line in talk.intake.statements
    ]
    assert shown["journal"]["parts"][0]["sentences"][0]["edited"] is True


def test_a_signed_record_keeps_nothing_that_was_taken_back(archive: Archive, guide: Guide) -> None:
    talk = begun(guide)
    keep(talk, "blir stående")
    keep(talk, "tas tilbake")
    talk.retract(talk.intake.statements[-1].id)
    archive.sign(talk.snapshot(), guide)
    assert "tas tilbake" not in str(archive.show(talk.id.hex()))


def test_contacts_come_newest_first_over_all_pages(archive: Archive, guide: Guide) -> None:
    talks = signed(archive, guide, *range(1, 8))
    archive.save(begun(guide, number=90).snapshot())
    first = archive.contacts(limit=3)
    assert [row.status for row in first] == ["open", "signed", "signed", "signed"]
    second = archive.contacts(before=first[-1].n, limit=3)
    third = archive.contacts(before=second[-1].n, limit=3)
    pages = [*first[1:], *second, *third]
    assert [row.id for row in pages] == [talk.id.hex() for talk in reversed(talks)]
    assert archive.contacts(before=third[-1].n, limit=3) == []
    assert [row.id for row in archive.all_contacts()] == [row.id for row in (first[0], *pages)]


def test_a_contact_goes_by_a_unique_beginning_of_its_id_or_its_code(
    archive: Archive, guide: Guide
) -> None:
    talk = whole_talk(guide, number=0xAB << 120)
    archive.sign(talk.snapshot(), guide)
    signed(archive, guide, 1, 2)
    assert archive.resolve("ab") == archive.resolve(talk.id.hex()) == talk.id.hex()
    with pytest.raises(NoSuchRecord) as several:
        archive.resolve("k-4f2a")
    assert several.value.found == 2
    for wanted in ("ff", "", "K-0000"):
        with pytest.raises(NoSuchRecord) as none:
            archive.resolve(wanted)
        assert none.value.found == 0


def test_an_open_contact_is_shown_too(archive: Archive, guide: Guide) -> None:
    talk = whole_talk(guide)
    archive.save(talk.snapshot())
    shown = archive.show(talk.id.hex(), guide)
    assert (shown["status"], shown["signed"], shown["alias"]) == ("open", None, "Rogn")


def test_what_is_no_id_is_no_record(archive: Archive) -> None:
    with pytest.raises(NoSuchRecord):
        archive.show("K-4F2A")


def test_reading_is_logged(home: Home, archive: Archive, guide: Guide) -> None:
    talk, other = whole_talk(guide), begun(guide, number=2)
    archive.sign(talk.snapshot(), guide)
    archive.save(other.snapshot())
    archive.show(talk.id.hex())
    archive.conversations(guide)
    archive.shown(other.id)
    archive.shown(other.id)
    archive.lock()
    again = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    seen = [(entry.what, entry.ids) for entry in again._vault.log()]
    again.lock()
    assert ("opened", (talk.id,)) in seen
    assert seen.count(("draft-opened", (other.id,))) == 1
    assert seen.count(("draft-left", (other.id,))) == 1


def test_only_what_was_in_front_was_opened_and_put_aside(unlocked: Unlocked, guide: Guide) -> None:
    archive = unlocked()
    talks = [begun(guide, number=number) for number in (1, 2, 3)]
    for talk in talks:
        archive.save(talk.snapshot())
    archive = unlocked()
    before = len(archive._vault.log())
    archive.conversations(guide)
    archive.shown(talks[1].id)
    archive.save(begun(guide, number=4).snapshot())
    archive.shown((4).to_bytes(16, "big"))
    entries = unlocked()._vault.log()[before:]
    seen = [entry for entry in entries if entry.what.startswith("draft")]
    assert [(entry.what, [id_[-1] for id_ in entry.ids]) for entry in seen[:3]] == [
        ("drafts-listed", []),
        ("draft-opened", [2]),
        ("draft-new", [4]),
    ]
    left = [entry.ids[0][-1] for entry in seen if entry.what == "draft-left"]
    assert sorted(left) == [2, 4]


def test_an_erased_conversation_is_gone(unlocked: Unlocked, guide: Guide) -> None:
    archive = unlocked()
    talk = begun(guide)
    archive.save(talk.snapshot())
    archive.erase(talk.id)
    assert unlocked().conversations(guide) == []


def test_a_draft_that_cannot_be_read_keeps_no_other_one_away(
    archive: Archive, guide: Guide
) -> None:
    talk = begun(guide)
    newer = draft_to_bytes(begun(guide, number=2).snapshot(), saved=START).replace(
        b'"format":1', b'"format":2'
    )
    archive.save(talk.snapshot())
    archive._vault.save_draft(b"\2" * 16, newer)
    assert [one.id for one in archive.conversations(guide)] == [talk.id]
    assert "damaged" in archive.warnings
    assert newer in [draft.blob for draft in archive._vault.drafts()]


def test_a_signed_record_of_a_newer_program_is_refused(archive: Archive) -> None:
    archive._vault.sign(id=b"\1" * 16, case=b"\2" * 16, head=b'{"format":2}', body=b'{"format":2}')
    with pytest.raises(RecordDamaged):
        archive.contacts()
    with pytest.raises(RecordDamaged):
        archive.show("01" * 16)


def test_a_guide_that_cannot_be_read_keeps_no_conversation_from_opening(
    unlocked: Unlocked, guide: Guide
) -> None:
    archive = unlocked()
    talk = begun(guide)
    archive.conversations(guide)
    archive.save(talk.snapshot())
    text = bytes.fromhex(talk.guide_hash)[:16]
    archive._vault.put_item(text, "guide", b"not a guide")
    archive = unlocked()
    older = guide.model_copy(update={"rules": ()})
    assert [one.id for one in archive.conversations(older)] == [talk.id]
    assert archive.guide(talk.guide_hash) is None
    assert "damaged" in archive.warnings
    archive.sign(talk.snapshot(), older)
    assert archive.show(talk.id.hex())["status"] == "signed"


def test_each_guide_is_kept_once_and_old_talks_go_on_with_theirs(
    unlocked: Unlocked, guide: Guide
) -> None:
    archive = unlocked()
    archive.conversations(guide)
    archive.save(begun(guide, number=1).snapshot())
    archive.save(begun(guide, number=2).snapshot())
    changed = guide.model_copy(update={"rules": ()})
    archive = unlocked()
    talks = archive.conversations(changed)
    assert [talk.guide == guide for talk in talks] == [True, True]
    assert len(archive._vault.items(guide_texts.KIND)) == 2
    assert archive.guide(guide_hash(guide)) == guide
    assert archive.guide("nothing of the kind") is None


def test_letters_reach_who_was_signed_in(unlocked: Unlocked) -> None:
    archive = unlocked()
    letterbox = archive.letterbox()
    archive.lock()
    letterbox.post("skrevet mens det var låst".encode())
    archive = unlocked()
    ((id_, text),) = archive.letters()
    assert text == "skrevet mens det var låst"
    archive.remove_letter(id_)
    assert archive.letters() == []


def test_what_the_centre_settled_is_there(archive: Archive) -> None:
    assert (archive.settings.centre, archive.settings.language) == (CENTRE, "nb")
    assert CENTRE not in repr(archive.settings)


def test_a_vault_whose_making_was_cut_short_still_opens(archive: Archive) -> None:
    from intake_tui.records.settings import ID

    archive._vault.remove_item(ID)
    assert archive.settings.language == "nb"


def test_the_printed_sheet_opens_it_for_a_new_passphrase(bare_home: Home, guide: Guide) -> None:
    place = bare_home.vault
    made, sheet = Archive.create(
        place,
        name="Ada",
        passphrase=PASSPHRASE,
        centre=CENTRE,
        language="nn",
        kdf=Kdf.FLOOR,
        device=bare_home.device,
    )
    made.save(begun(guide).snapshot())
    made.lock()
    again = Archive.unlock_with_recovery(place, recovery=sheet, device=bare_home.device)
    again.set_passphrase("et helt annet sett med ord", name="Bo")
    assert again.me.name == "Bo"
    again.lock()
    last = Archive.unlock(
        place, name="Bo", passphrase="et helt annet sett med ord", device=bare_home.device
    )
    assert len(last.conversations(guide)) == 1
    last.lock()


def rows_of(archive: Archive) -> list[registrations.Row]:
    """All that is registered."""
    return [
        row
        for _, blob in archive._vault.items(registrations.KIND)
        for row in registrations.month_from_bytes(blob)
    ]


def test_a_registration_holds_its_answers_and_nothing_of_the_case(
    archive: Archive, guide: Guide
) -> None:
    talk = whole_talk(guide)
    archive.sign(talk.snapshot(), guide)
    ((id_, blob),) = archive._vault.items(registrations.KIND)
    assert rows_of(archive) == [{"reg-gender": "woman", "unit": "stay"}]
    for trace in (talk.id.hex(), talk.case.hex(), talk.code, "Rogn", "13:0", "2026-11-23"):
        assert trace.encode() not in blob
    assert id_ == registrations.item_id("2026-11")


def test_many_signed_at_once_are_registered_month_by_month(archive: Archive, guide: Guide) -> None:
    talks = []
    for number in range(1, 5):
        talk = begun(guide, number=number, at=START + dt.timedelta(days=20 * number))
        talk.answer("unit", "visit")
        talks.append((talk.snapshot(), START))
    assert archive.sign_all(talks, guide) == 4
    assert len(list(archive.all_contacts())) == 4
    assert len(archive._vault.items(registrations.KIND)) == 3
    assert rows_of(archive) == [{"unit": "visit"}] * 4


def test_a_damaged_count_keeps_no_conversation_from_its_seal(
    archive: Archive, guide: Guide
) -> None:
    talk = begun(guide, number=1)
    talk.answer("unit", "visit")
    month = registrations.item_id(registrations.month_of(talk.started))
    archive._vault.put_item(month, registrations.KIND, b'{"format":1,"month":7,"rows":[]}')
    archive.save(talk.snapshot())
    archive.sign(talk.snapshot(), guide)
    assert len(list(archive.all_contacts())) == 1
    assert "damaged" in archive.warnings
    assert archive.show(talk.id.hex())["registration"] == {"unit": "visit"}


def test_a_silent_call_is_counted_and_nothing_more(archive: Archive) -> None:
    archive.registrations.count_one("silent")
    archive.registrations.count_one("wrong-number")
    assert {row["reason"] for row in rows_of(archive)} == {"silent", "wrong-number"}
    assert {row["unit"] for row in rows_of(archive)} == {"no-data"}


def test_one_that_was_counted_by_mistake_is_taken_back(archive: Archive) -> None:
    archive.registrations.count_one("wrong-number")
    for _ in range(2):
        month = archive.registrations.count_one("silent")
    archive.registrations.uncount_one("silent", month)
    archive.registrations.uncount_one("walk-in", month)
    assert [row["reason"] for row in rows_of(archive)] == ["silent", "wrong-number"]


def test_all_of_it_is_sound(archive: Archive, guide: Guide) -> None:
    signed(archive, guide, 1, 2)
    archive.save(begun(guide, number=9).snapshot())
    assert archive.verify().sound


def test_letters_go_as_the_draft_with_their_words_comes_or_not_at_all(
    unlocked: Unlocked, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = unlocked()
    box = archive.letterbox()
    archive.lock()
    box.post(b"tre er hjemme")
    archive = unlocked()
    ((letter, _),) = archive.letters()
    with monkeypatch.context() as patch:
        patch.setattr(Vault, "remove_letter", out_of_room)
        with pytest.raises(DiskFull):
            archive.save(begun(guide).snapshot(), [letter])
    assert len(archive.letters()) == 1
    assert archive.conversations(guide) == []
    archive.save(begun(guide).snapshot(), [letter])
    assert archive.letters() == []
    assert len(unlocked().conversations(guide)) == 1


def out_of_room(vault: Vault, id_: bytes) -> None:
    raise DiskFull
