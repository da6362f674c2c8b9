"""What a thief of the disk finds: no word, no name, no time, in any file, open or closed."""

import json
import re
import sqlite3
import time
import unicodedata
from pathlib import Path

import pytest
from vaults import NAME, PASSPHRASE, rid

from intake_tui.vault import Kdf, store

WORDS = ("våpenskapet", "Kanarifugl Østgård", "barna hjem 16", "førstegangssamtale")


def spellings(text: str) -> set[bytes]:
    """The ways in which a program could have left a text lying about."""
    forms = {text, text.casefold(), text.upper()}
    forms |= {unicodedata.normalize(form, one) for one in forms for form in ("NFD", "NFC", "NFKC")}
    plain = {form.encode() for form in forms} | {json.dumps(form)[1:-1].encode() for form in forms}
    wide = {form.encode(code) for form in forms for code in ("utf-16-le", "utf-16-be")}
    return plain | wide | {form.encode().hex().encode() for form in forms}


CANARIES = {text: spellings(text) for text in (*WORDS, NAME, *NAME.split(), PASSPHRASE)}


def traces(*folders: Path) -> set[str]:
    """Which of the canaries stand in the bytes or the names of any file."""
    found = set()
    for folder in folders:
        for path in folder.rglob("*"):
            data = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
            found |= {text for text, forms in CANARIES.items() if any(f in data for f in forms)}
    return found


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.mark.usefixtures("temporary")
def test_no_word_or_name_in_any_file_open_or_closed(tmp_path):
    vault, sheet = store.create(
        tmp_path / "v.db",
        name=NAME,
        passphrase=PASSPHRASE,
        kdf=Kdf.FLOOR,
        device=tmp_path / "device",
    )
    text = " ".join(WORDS).encode() * 20
    draft = rid()
    for number in range(40):
        vault.save_draft(draft, text[number:])
        vault.sign(id=rid(), case=draft, head=text, body=text * 9, items={rid(): ("sort", text)})
    vault.sign(id=rid(), case=draft, head=text, body=text, draft=draft)
    assert vault.items("sort")
    assert (tmp_path / "v.db-wal").stat().st_size > 0
    assert traces(tmp_path) == set()
    box = vault.letterbox()
    vault.lock()
    box.post(text)
    assert traces(tmp_path) == set()
    for part in (sheet, sheet.replace("-", "")):
        assert part.encode() not in (tmp_path / "v.db").read_bytes()


def test_the_search_finds_what_is_there(tmp_path):
    """The control: the same words in an ordinary database, and each spelling in a file."""
    connection = sqlite3.connect(tmp_path / "plain.db")
    connection.execute("CREATE TABLE t (words)")
    connection.execute("INSERT INTO t VALUES (?)", (" ".join(CANARIES),))
    connection.commit()
    connection.close()
    assert traces(tmp_path) == set(CANARIES)
    for form in CANARIES[WORDS[0]]:
        (tmp_path / "one").mkdir(exist_ok=True)
        (tmp_path / "one" / "f").write_bytes(b"\0" + form)
        assert traces(tmp_path / "one") == {WORDS[0]}


def test_no_time_stands_in_the_file(full, opened):
    """Neither as digits nor as a whole number in a column."""
    vault = opened(full.made)
    vault.lock()
    now = int(time.time())
    data = full.made.path.read_bytes()
    assert not re.search(str(now)[:6].encode() + rb"\d{4}", data)
    connection = sqlite3.connect(full.made.path)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    for table in tables:
        if table.startswith(("ix_", "sqlite_")):
            continue
        for row in connection.execute(f"SELECT * FROM {table}").fetchall():
            assert all(value < 10_000 for value in row if isinstance(value, int))
    connection.close()


def test_lengths_show_in_steps_only(vault):
    sizes = set()
    for number in range(30):
        vault.put_item(bytes([number]) * 16, "sort", b"x" * number)
    connection = vault._desk.database._connection
    for (blob,) in connection.exec_driver_sql("SELECT blob FROM item WHERE kind = 'sort'"):
        sizes.add(len(blob))
    connection.rollback()
    assert len(sizes) == 1


def test_what_was_deleted_is_overwritten(vault, made):
    """secure_delete: not even the sealed bytes of a draft that was erased are left behind."""
    draft = rid()
    vault.save_draft(draft, b"x" * 3000)
    connection = vault._desk.database._connection
    (sealed,) = connection.exec_driver_sql("SELECT blob FROM draft").one()
    connection.rollback()
    vault.erase_draft(draft)
    vault.lock()
    assert sealed[100:200] not in made.path.read_bytes()
