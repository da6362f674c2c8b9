"""The same vault on a PostgreSQL server: same bytes, several desks, and nothing to read there."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from vaults import NAME, PASSPHRASE, rid

from intake_tui.vault import (
    DraftConflict,
    Kdf,
    NoLongerMember,
    NoServer,
    NotAVault,
    VaultExists,
    VaultInUse,
    WrongPassphrase,
    WrongRecovery,
    exists,
    store,
)
from postgres import a_server, fresh_database


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, Path]]:
    """A server's URL and data folder, with every statement logged."""
    with a_server() as found:
        yield found


@pytest.fixture
def url(running: tuple[str, Path]) -> str:
    """A database of its own."""
    return fresh_database(running[0])


@pytest.fixture
def centre(url, tmp_path) -> Iterator[tuple[store.Vault, str, str]]:
    vault, sheet = store.create(
        url, name=NAME, passphrase=PASSPHRASE, kdf=Kdf.FLOOR, device=tmp_path / "one"
    )
    yield vault, url, sheet
    vault.lock()


def desk(url: str, device: Path, name: str = NAME, passphrase: str = PASSPHRASE) -> store.Vault:
    return store.unlock(url, name=name, passphrase=passphrase, device=device)


def test_everything_goes_as_in_a_file(centre, tmp_path):
    vault, url, sheet = centre
    assert exists(url)
    draft, one = rid(), rid()
    vault.save_draft(draft, b"first")
    vault.save_draft(draft, b"second")
    vault.sign(id=one, case=one, head=b"head", body=b"body", items={one: ("sort", b"item")})
    with vault.batch():
        for _ in range(120):
            vault.sign(id=rid(), case=rid(), head=b"h", body=b"b")
    box = vault.letterbox()
    vault.rotate()
    vault.lock()
    box.post(b"letter")
    again = desk(url, tmp_path / "one")
    assert again.warnings == ()
    assert [(found.counter, found.blob) for found in again.drafts()] == [(2, b"second")]
    assert again.body(one) == b"body"
    assert again.items("sort") == [(one, b"item")]
    assert [blob for _, blob in again.letters()] == [b"letter"]
    assert (again.count(), len(again.heads(before=100))) == (121, 50)
    assert again.verify().findings == ()
    again.lock()
    store.unlock_with_recovery(url, recovery=sheet, device=tmp_path / "one").lock()


def test_two_desks_at_once(centre, tmp_path):
    first, url, _ = centre
    second = desk(url, tmp_path / "two")
    draft = rid()
    first.save_draft(draft, b"first")
    second.drafts()
    second.save_draft(draft, b"second")
    with pytest.raises(DraftConflict):
        first.save_draft(draft, b"too late")
    second.sign(id=rid(), case=rid(), head=b"", body=b"", draft=draft)
    first.sign(id=rid(), case=rid(), head=b"", body=b"")
    first.put_item(b"i" * 16, "sort", b"1")
    second.put_item(b"i" * 16, "sort", b"2")
    assert (first.count(), first.get_item(b"i" * 16)) == (2, b"2")
    assert second.verify().findings == ()
    second.lock()
    assert first.verify().findings == ()


def test_one_device_once(centre, tmp_path):
    _, url, _ = centre
    with pytest.raises(VaultInUse):
        desk(url, tmp_path / "one")


def test_a_desk_takes_in_what_another_has_changed(centre, tmp_path):
    """Also a new vault key, in the middle of a conversation; who is revoked is out."""
    first, url, _ = centre
    slot = first.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    second = desk(url, tmp_path / "two", "Bo", "bo-frase")
    draft = rid()
    second.save_draft(draft, b"in the middle")
    first.rotate()
    second.save_draft(draft, b"of a conversation")
    assert [found.blob for found in first.drafts()] == [b"of a conversation"]
    first.save_draft(draft, b"read by both")
    assert [found.blob for found in second.drafts()] == [b"read by both"]
    assert second.verify().findings == ()
    first.rotate(without=[slot])
    for refused in (lambda: second.save_draft(draft, b"revoked"), second.heads, second.drafts):
        with pytest.raises(NoLongerMember):
            refused()
    second.lock()
    assert first.verify().findings == ()


def test_who_is_revoked_in_the_middle_loses_no_words_and_reads_none(centre, tmp_path):
    """Bo's desk is open, then locked: what Bo types is for those who are there."""
    first, url, sheet = centre
    slot = first.enrol(name="Bo", passphrase="bo-frase", kdf=Kdf.FLOOR)
    first.sign(id=rid(), case=rid(), head=b"before", body=b"")
    bo = desk(url, tmp_path / "two", "Bo", "bo-frase")
    assert [head.head for head in bo.heads()] == [b"before"]
    box = bo.letterbox()
    first.staff.revoke(slot, new_sheet=True)
    first.sign(id=rid(), case=rid(), head=b"after", body=b"")
    for refused in (bo.heads, bo.letters, bo.log, bo.staff.all, bo.verify):
        with pytest.raises(NoLongerMember):
            refused()
    bo.lock()
    box.post(b"bos ord")
    assert [blob for _, blob in first.letters()] == [b"bos ord"]
    assert first.verify().findings == ()
    with pytest.raises(WrongPassphrase):
        desk(url, tmp_path / "two", "Bo", "bo-frase")
    with pytest.raises(WrongRecovery):
        store.unlock_with_recovery(url, recovery=sheet, device=tmp_path / "two")


def test_two_leaders_change_the_key_at_once(centre, tmp_path):
    """The second waits for the first, and goes on from there."""
    first, url, _ = centre
    first.enrol(name="Liv", passphrase="liv-frase", role="leader", kdf=Kdf.FLOOR)
    first.sign(id=rid(), case=rid(), head=b"h", body=b"b")
    second = desk(url, tmp_path / "two", "Liv", "liv-frase")
    other = Thread(target=second.rotate)
    first.rotate(progress=lambda *_: other.start())
    other.join()
    first.sign(id=rid(), case=rid(), head=b"h", body=b"b")
    assert (first._desk.keys.epoch, second.count()) == (3, 2)
    assert first.verify().findings == second.verify().findings == ()
    second.lock()


def test_the_servers_administrator_reads_nothing(centre, running):
    """The data folder with its write-ahead log, and the log of all statements."""
    vault, _, _ = centre
    words = b"Kanarifugl bak skapet"
    for _ in range(5):
        vault.save_draft(b"d" * 16, words * 50)
        vault.sign(id=rid(), case=rid(), head=words, body=words, items={rid(): ("sort", words)})
    files = [path for path in running[1].rglob("*") if path.is_file()]
    held = b"".join(path.read_bytes() for path in files)
    logged = b"UPDATE draft SET" in held
    assert logged, "the statements are not logged: this test could not fail"
    forms = (words, words.hex().encode(), words.decode().encode("utf-16-le"), NAME.encode())
    assert not [form for form in forms if form in held]


def test_nothing_there(url, running, tmp_path):
    assert not exists(url)
    with pytest.raises(NotAVault):
        desk(url, tmp_path / "one")


def test_nothing_is_made_over_what_is_there(centre, tmp_path):
    with pytest.raises(VaultExists):
        store.create(centre[1], name="x", passphrase="x", kdf=Kdf.FLOOR, device=tmp_path)


def test_no_server(tmp_path):
    nowhere = f"postgresql+psycopg://x@/x?host={tmp_path}"
    with pytest.raises(NoServer):
        desk(nowhere, tmp_path)
    with pytest.raises(NoServer):
        exists(nowhere)


def test_what_one_desk_adds_to_a_record_the_other_one_reads(centre, tmp_path):
    """Also where the other desk had read the newest page before."""
    from intake_tui.guide.load import load
    from intake_tui.intake.amendment import Amendment
    from intake_tui.records.archive import Archive
    from talk_samples import begun

    vault, url, _ = centre
    mine = Archive(vault)
    ids = []
    for number in range(1, 6):
        talk = begun(load(), number=number)
        mine.sign(talk.snapshot(), load())
        ids.append(talk.id.hex())
    other = Archive(desk(url, tmp_path / "two"))
    first = mine.contacts(limit=2)
    other.amend(ids[0], Amendment("safety", "call", None, "no", "han svarte"))
    rest = mine.contacts(before=first[-1].n, limit=5)
    assert [row.id for row in (*first, *rest)] == ids[::-1]
    assert rest[-1].call == "no"
    assert [each["now"] for each in mine.show(ids[0])["amendments"]] == ["no"]
    assert mine.verify().sound
    other.lock()
