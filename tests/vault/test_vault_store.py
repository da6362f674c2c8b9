"""What is put in comes out again, after a lock too; and what must not be taken is refused."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaults import NAME, PASSPHRASE, rid

from intake_tui.vault import (
    DraftConflict,
    Kdf,
    VaultDamaged,
    VaultError,
    VaultExists,
    VaultLocked,
    WrongPassphrase,
    WrongRecovery,
    store,
)
from intake_tui.vault.erasing import Doomed

many = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
blobs = st.binary(max_size=5000)


@many
@given(st.lists(blobs, min_size=1, max_size=4))
def test_a_draft_is_what_was_saved_last(vault, saves):
    one = rid()
    for blob in saves:
        vault.save_draft(one, blob)
    (found,) = (draft for draft in vault.drafts() if draft.id == one)
    assert (found.blob, found.counter) == (saves[-1], len(saves))


@many
@given(blobs, blobs, st.dictionaries(st.binary(min_size=16, max_size=16), blobs, max_size=3))
def test_a_revision_and_its_items_are_what_was_signed(vault, head, body, items):
    one, case = rid(), rid()
    n = vault.sign(
        id=one, case=case, head=head, body=body, items={k: ("kind", v) for k, v in items.items()}
    )
    (newest,) = vault.heads(limit=1)
    assert (newest.n, newest.id, newest.case, newest.head) == (n, one, case, head)
    assert vault.body(one) == body
    assert {key: vault.get_item(key) for key in items} == items


def test_everything_is_there_after_a_lock(made, opened):
    vault = opened(made)
    one, open_draft, item = rid(), rid(), rid()
    vault.sign(id=one, case=one, head=b"head", body=b"body")
    vault.save_draft(open_draft, b"draft")
    vault.put_item(item, "kind", b"first")
    vault.put_item(item, "kind", b"item")
    vault.lock()
    again = opened(made)
    assert [head.head for head in again.heads()] == [b"head"]
    assert again.body(one) == b"body"
    assert [(draft.id, draft.blob) for draft in again.drafts()] == [(open_draft, b"draft")]
    assert again.items("kind") == [(item, b"item")]
    again.save_draft(open_draft, b"more")
    assert again.warnings == ()
    assert again.verify().findings == ()


def test_heads_come_newest_first_and_by_page(vault):
    ids = [rid() for _ in range(7)]
    with vault.batch():
        for one in ids:
            vault.sign(id=one, case=one, head=one, body=b"")
    page = vault.heads(limit=3)
    rest = vault.heads(before=page[-1].n, limit=50)
    assert [head.id for head in page + rest] == ids[::-1]
    assert vault.count() == 7


def test_signing_takes_the_draft_away_and_a_late_save_does_not_bring_it_back(vault):
    one = rid()
    vault.save_draft(one, b"words")
    vault.sign(id=rid(), case=one, head=b"", body=b"words", draft=one)
    assert vault.drafts() == []
    with pytest.raises(DraftConflict):
        vault.save_draft(one, b"late")
    assert vault.drafts() == []


def test_a_draft_saved_elsewhere_is_not_overwritten(made, opened):
    one = rid()
    vault = opened(made)
    vault.save_draft(one, b"mine")
    vault.lock()
    unread = opened(made)
    with pytest.raises(DraftConflict):
        unread.save_draft(one, b"not having read it")
    with pytest.raises(DraftConflict):
        unread.sign(id=rid(), case=one, head=b"", body=b"", draft=one)
    assert (unread.drafts()[0].blob, unread.count()) == (b"mine", 0)


def test_a_batch_that_fails_leaves_nothing(vault):
    taken = rid()
    vault.sign(id=taken, case=taken, head=b"", body=b"")

    def two() -> None:
        with vault.batch():
            vault.sign(id=rid(), case=taken, head=b"", body=b"")
            vault.sign(id=taken, case=taken, head=b"", body=b"")

    with pytest.raises(DraftConflict):
        two()
    assert vault.count() == 1
    assert vault.verify().findings == ()


def test_a_failure_inside_a_batch_cannot_be_passed_over(vault):
    taken = rid()
    vault.sign(id=taken, case=taken, head=b"", body=b"")

    def careless() -> None:
        with vault.batch():
            with suppress(DraftConflict):
                vault.sign(id=taken, case=taken, head=b"", body=b"")
            vault.sign(id=rid(), case=taken, head=b"", body=b"")

    with pytest.raises(DraftConflict):
        careless()
    assert vault.count() == 1


def test_items_and_drafts_go(vault):
    item, draft = rid(), rid()
    vault.put_item(item, "kind", b"x")
    vault.save_draft(draft, b"x")
    vault.remove_item(item)
    vault.erase_draft(draft)
    vault.erase_draft(rid())
    vault.remove_item(item)
    vault.remove_item(rid())
    assert (vault.get_item(item), vault.items("kind"), vault.drafts()) == (None, [], [])
    assert vault.verify().findings == ()
    vault.put_item(item, "kind", b"again")
    assert vault.items("kind") == [(item, b"again")]
    assert vault.verify().sound


def test_an_erased_case_is_gone_and_missed_by_nobody(vault):
    case, other = rid(), rid()
    ids = [rid() for _ in range(3)]
    for one in ids:
        vault.sign(id=one, case=case, head=b"", body=b"")
    vault.sign(id=other, case=other, head=b"", body=b"")
    assert vault.erase([Doomed(case)]) == 3
    assert vault.erase([Doomed(case)]) == 0
    assert [head.id for head in vault.heads()] == [other]
    told = [(entry.what, set(entry.ids)) for entry in vault.log() if entry.what == "erased"]
    assert told == [("erased", set(ids))]
    assert vault.verify().findings == ()


def test_a_revision_does_not_end_with_the_draft_whose_id_it_has(vault):
    one = rid()
    vault.save_draft(one, b"begun")
    vault.sign(id=one, case=one, head=b"", body=b"", draft=one)
    assert vault.verify().findings == ()
    vault.erase([Doomed(one)])
    assert (vault.heads(), vault.verify().findings) == ([], ())


def test_reading_is_logged(vault):
    one, draft = rid(), rid()
    vault.sign(id=one, case=one, head=b"", body=b"")
    vault.body(one)
    vault.save_draft(draft, b"")
    vault.list_drafts([draft])
    vault.enter_draft(draft)
    vault.leave_draft(draft)
    vault.note("exported", [one])
    told = [(entry.what, entry.ids) for entry in vault.log()]
    assert [what for what, _ in told] == [
        *("created", "unlocked", "locked", "unlocked", "signed", "opened"),
        *("draft-new", "drafts-listed", "draft-opened", "draft-left", "exported"),
    ]
    assert told[7] == ("drafts-listed", ())
    assert told[5] == ("opened", (one,))
    assert {entry.slot for entry in vault.log()} == {vault.counsellor.slot}


def test_who_is_signed_in(vault):
    assert (vault.counsellor.name, vault.counsellor.role) == (NAME, "leader")
    assert vault.names() == {vault.counsellor.slot: NAME}
    assert len(vault.id) == 16


def test_the_last_write_is_told_at_unlock(made, opened):
    first = opened(made)
    first.lock()
    second = opened(made)
    assert second.last.n == first.last.n + 2
    assert second.last.at is not None
    assert second.last.at.utcoffset().total_seconds() == 0


@pytest.mark.parametrize(
    ("name", "passphrase"), [(NAME, "feil"), ("Feil", PASSPHRASE), ("", ""), (NAME, "\udce5")]
)
def test_name_and_passphrase_must_both_be_right(made, name, passphrase):
    with pytest.raises(WrongPassphrase):
        store.unlock(made.path, name=name, passphrase=passphrase, device=made.device)
    made.unlock().lock()


def test_a_name_may_be_typed_as_it_falls(made):
    store.unlock(made.path, name="  åSE brattli", passphrase=PASSPHRASE, device=made.device).lock()


def test_a_changed_passphrase_is_the_only_one(made, opened):
    vault = opened(made)
    vault.change_passphrase("ny-frase", kdf=Kdf.FLOOR)
    vault.lock()
    with pytest.raises(WrongPassphrase):
        made.unlock()
    made.passphrase = "ny-frase"
    again = opened(made)
    assert again.counsellor.name == NAME
    assert again.verify().sound


def test_recovery_makes_a_new_leader_in_place_of_the_old(made, opened):
    vault = opened(made)
    vault.sign(id=rid(), case=rid(), head=b"kept", body=b"")
    vault.lock()
    recovered = store.unlock_with_recovery(
        made.path, recovery=made.recovery.lower(), device=made.device
    )
    assert recovered.counsellor.role == "recovery"
    recovered.change_passphrase("ny-frase", name=NAME.upper(), kdf=Kdf.FLOOR)
    assert (recovered.counsellor.role, recovered.counsellor.name) == ("leader", NAME.upper())
    assert recovered.verify().findings == ()
    recovered.lock()
    with pytest.raises(WrongPassphrase):
        made.unlock()
    made.passphrase = "ny-frase"
    again = opened(made)
    assert [head.head for head in again.heads()] == [b"kept"]
    assert again.verify().findings == ()
    again.lock()
    store.unlock_with_recovery(made.path, recovery=made.recovery, device=made.device).lock()


def test_another_vaults_sheet_is_wrong(made):
    from intake_tui.vault import recovery

    with pytest.raises(WrongRecovery) as wrong:
        store.unlock_with_recovery(
            made.path, recovery=recovery.printed(recovery.new_key()), device=made.device
        )
    assert wrong.value.group is None


def test_letters_are_read_once_and_survive_a_forgotten_passphrase(made, opened):
    vault = opened(made)
    box = vault.letterbox()
    vault.lock()
    box.post(b"typed while locked")
    box.post(b"and more")
    again = opened(made)
    assert sorted(blob for _, blob in again.letters()) == [b"and more", b"typed while locked"]
    again.remove_letter(again.letters()[0][0])
    assert again.verify().sound
    again.lock()
    recovered = store.unlock_with_recovery(made.path, recovery=made.recovery, device=made.device)
    before = recovered.letters()
    recovered.change_passphrase("ny", name=NAME, kdf=Kdf.FLOOR)
    assert recovered.letters() == before
    assert len(before) == 1
    recovered.remove_letter(before[0][0])
    assert recovered.letters() == []
    recovered.lock()


def test_nothing_is_made_over_what_is_there(made):
    with pytest.raises(VaultExists):
        store.create(made.path, name="x", passphrase="x", kdf=Kdf.FLOOR, device=made.device)


def test_a_locked_vault_does_nothing_more(made, opened):
    vault = opened(made)
    vault.lock()
    vault.lock()
    calls = [
        lambda: vault.save_draft(rid(), b""),
        vault.drafts,
        vault.heads,
        vault.verify,
        vault.log,
        lambda: vault.sign(id=rid(), case=rid(), head=b"", body=b""),
        lambda: vault.body(rid()),
        vault.letterbox,
        vault.letters,
        vault.rotate,
        lambda: vault.change_passphrase("x", kdf=Kdf.FLOOR),
    ]
    for call in calls:
        with pytest.raises(VaultLocked):
            call()


def test_a_lock_lets_go_of_every_key(made, opened):
    import gc

    from intake_tui.vault.keys import Identity, Keys

    before = [one for one in gc.get_objects() if isinstance(one, Identity | Keys)]
    others = set(map(id, before))  # of other tests, on copies of the same vault
    vault = opened(made)
    slot = vault.counsellor.slot
    vault.rotate()
    vault.lock()
    gc.collect()
    left = [one for one in gc.get_objects() if id(one) not in others]
    assert not [one for one in left if isinstance(one, Identity) and one.slot == slot]
    held = [one for one in left if isinstance(one, Keys) and one.vault == vault.id]
    assert not [one for one in held if one._keys or one._derived]
    assert vault.counsellor.name == NAME


def test_no_repr_shows_content_or_keys(vault):
    one = rid()
    vault.save_draft(one, b"hemmelig")
    vault.sign(id=rid(), case=one, head=b"hemmelig", body=b"hemmelig")
    shown = [vault, vault._desk, vault._desk.keys, vault._desk.identity, vault.letterbox()]
    shown += [vault.drafts(), vault.heads(), vault.counsellor, vault._desk.chain]
    text = repr(shown)
    assert "hemmelig" not in text
    assert NAME not in text
    assert "PrivateKey" not in text


def test_an_unknown_body_is_an_error_of_the_vaults_own(vault):
    with pytest.raises(VaultDamaged):
        vault.body(rid())
    assert issubclass(VaultDamaged, VaultError)


def test_verify_lets_others_work_between_its_steps(vault):
    with vault.batch():
        for _ in range(450):
            one = rid()
            vault.sign(id=one, case=one, head=b"", body=b"")
    draft = rid()
    vault.save_draft(draft, b"0")
    check = vault.check()
    steps = 0
    for done, total in check.steps():
        assert done >= 0
        assert total > 900
        steps += 1
        vault.save_draft(draft, b"%d" % steps)
        vault.put_item(draft, "kind", b"%d" % steps)
        vault.sign(id=rid(), case=rid(), head=b"", body=b"")
        if steps > 300:
            break
    assert 5 < steps < 300
    report = check.report()
    assert report.findings == ()
    assert vault.verify().findings == ()


def test_all_of_a_case_is_found_oldest_first_and_by_itself(vault):
    case, other = rid(), rid()
    ids = [rid() for _ in range(4)]
    for id_, of in zip(ids, (case, other, case, case), strict=True):
        vault.sign(id=id_, case=of, head=b"head " + id_, body=b"body " + id_)
    found = vault.of_case(case)
    assert [one.id for one in found.heads] == [ids[0], ids[2], ids[3]]
    assert [one.head for one in found.heads] == [b"head " + one.id for one in found.heads]
    assert found.damaged == ()
    assert vault.of_case(rid()).heads == ()
    one = vault.head(ids[1])
    assert (one.case, one.head) == (other, b"head " + ids[1])
    assert vault.head(rid()) is None
    before = len(vault.log())
    assert vault.bodies(ids[:2]) == [b"body " + id_ for id_ in ids[:2]]
    (entry,) = vault.log()[before:]
    assert (entry.what, entry.ids) == ("opened", tuple(ids[:2]))


def test_a_conversation_that_was_a_draft_is_sound_once_it_is_signed(vault):
    """The record has the id of the draft that it ends, and is looked at like any other."""
    one = rid()
    vault.save_draft(one, b"draft")
    vault.sign(id=one, case=rid(), head=b"head", body=b"body", draft=one)
    assert vault.verify().findings == ()
    vault._desk.write(lambda c: c.exec_driver_sql("DELETE FROM revision"))
    assert [finding.code for finding in vault.verify().findings] == ["revision-missing"]
