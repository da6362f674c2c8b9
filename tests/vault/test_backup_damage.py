"""A backup that somebody changed, cut or put rows into is noticed, and never restored."""

import random
import sqlite3
from contextlib import closing, suppress

import pytest
from backups import checked, copied, drained, restored, signed_in
from vaults import Made

from intake_tui.vault import Kdf, testimony
from intake_tui.vault.copies import Copy
from intake_tui.vault.errors import CopyRefused
from intake_tui.vault.restore import Restore


@pytest.fixture(scope="module")
def whole(filled, tmp_path_factory) -> bytes:
    """A backup of the filled vault, with a letter in it."""
    made = filled.made.copy(tmp_path_factory.mktemp("whole"))
    vault = made.unlock()
    box = vault.letterbox()
    vault.lock()
    box.post(b"letter")
    vault = made.unlock()
    path = copied(vault, made.path.with_name("copy.db"))
    vault.lock()
    return path.read_bytes()


@pytest.fixture
def path(whole, tmp_path):
    """The same, to be changed."""
    (tmp_path / "copy.db").write_bytes(whole)
    return tmp_path / "copy.db"


@pytest.fixture
def worse(path, full, tmp_path):
    """Whether damage was noticed; where not, every row must be as it was."""
    rows = digest(path)

    def noticed(data: bytes) -> bool:
        worse = tmp_path / "worse.db"
        worse.write_bytes(data)
        try:
            with closing(signed_in(worse, full.made)) as copy:
                list(copy.steps())
                if copy.report.findings:
                    return True
        except CopyRefused:
            return True
        assert digest(worse) == rows
        return False

    assert not noticed(path.read_bytes())
    return noticed


def changed(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def refused(path, made, tmp_path) -> str:
    """How checking ends; restoring ends so, too, and leaves nothing."""
    with pytest.raises(CopyRefused) as found:
        checked(path, made)
    with pytest.raises(CopyRefused) as again:
        restored(path, tmp_path / "never.db", made)
    assert found.value.code == again.value.code
    assert not (tmp_path / "never.db").exists()
    assert not list(tmp_path.glob(".*"))
    return found.value.code


ROW = "SELECT {} FROM {} LIMIT 1"
CHANGES = [
    "UPDATE revision SET n = n + 100 WHERE n = 2",
    "UPDATE revision SET body = zeroblob(length(body)) WHERE n = 3",
    "DELETE FROM revision WHERE n = 5",
    "DELETE FROM log WHERE n = (SELECT max(n) FROM log)",
    "DELETE FROM log WHERE n > 3",
    "DELETE FROM draft",
    "UPDATE draft SET counter = counter + 1",
    "DELETE FROM item WHERE kind = 'sort'",
    "UPDATE item SET kind = 'x' WHERE kind = 'sort'",
    "DELETE FROM letter",
    "INSERT INTO letter SELECT randomblob(16), slot, box FROM letter LIMIT 1",
    "INSERT INTO item VALUES (randomblob(16), 'sort', 1, 1, randomblob(300))",
    "INSERT INTO draft VALUES (randomblob(16), 1, 1, randomblob(1100))",
    "INSERT INTO slot SELECT randomblob(16), kem, signing, kdf, wrapped, signature FROM slot",
    "INSERT INTO grants SELECT slot, 2, box FROM grants LIMIT 1",
    "INSERT INTO log SELECT randomblob(16), 1, epoch, previous, entry FROM log LIMIT 1",
    "UPDATE roster SET epoch = 2",
    "UPDATE vault SET root = randomblob(32)",
    "CREATE TRIGGER t AFTER INSERT ON draft BEGIN DELETE FROM log; END",
    "CREATE VIEW w AS SELECT * FROM draft",
    "UPDATE copy SET id = randomblob(16)",
    "UPDATE copy SET n = n - 1",
    "UPDATE copy SET content = randomblob(32)",
    "UPDATE copy SET slot = randomblob(16)",
    "UPDATE copy SET signature = zeroblob(64)",
    "UPDATE copy SET roster = 'many'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_backup_is_noticed(path, full, tmp_path, change):
    changed(path, change)
    assert refused(path, full.made, tmp_path) == "changed"


@pytest.mark.parametrize("change", ["DELETE FROM copy", "DROP TABLE copy"])
def test_without_its_witness_it_is_none(path, full, tmp_path, change):
    changed(path, change)
    assert refused(path, full.made, tmp_path) == "not-a-copy"


def test_an_older_state_of_one_draft_is_noticed(full, opened, tmp_path):
    """The log would not tell: a draft may be newer than its last entry."""
    vault = opened(full.made)
    vault.drafts()
    older = copied(vault, tmp_path / "older.db")
    vault.save_draft(full.drafts[0], b"third")
    path = copied(vault, tmp_path / "copy.db")
    changed(
        path,
        f"ATTACH '{older}' AS older",
        "DELETE FROM draft",
        "INSERT INTO draft SELECT * FROM older.draft",
    )
    assert refused(path, full.made, tmp_path) == "changed"


def test_whoever_was_revoked_cannot_make_one(full, opened, tmp_path):
    """With the old file, the old keys and the old signature: a state of today needs a member."""
    vault = opened(full.made)
    slot = vault.enrol(name="Eva", passphrase="eva-frase", kdf=Kdf.FLOOR)
    vault.lock()
    eva = Made(full.made.path, full.made.device, "", name="Eva", passphrase="eva-frase")
    hers = eva.unlock()
    old = copied(hers, tmp_path / "old.db")
    identity = hers._desk.identity
    hers.lock()
    vault = opened(full.made)
    vault.rotate(without=[slot])
    path = copied(vault, tmp_path / "copy.db")
    vault.lock()
    # her own copy of before stays what it was: she can read it, and it is an older state
    checked(old, eva)
    assert restored(old, tmp_path / "new.db", eva, tmp_path / "hers").missing is None
    with closing(signed_in(old, full.made)) as copy:
        assert drained(Restore(copy, tmp_path / "third.db", full.made.device))
    # a copy of today that she signs, and be it unchanged
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        told = testimony.Testimony.read(raw)
        rows = testimony.RowsDigest(raw)
        list(rows.pages())
        raw.execute("DROP TABLE copy")
        forged = testimony.Testimony(
            told.id, identity.slot, told.device, told.n, told.hash, told.roster,
            told.roster_hash, rows.value,
        )  # fmt: skip
        forged.signed(vault.id, identity).write(raw)
    assert refused(path, full.made, tmp_path) == "changed"
    with pytest.raises(CopyRefused):
        checked(path, eva)


def test_flipped_bits_are_noticed_or_harmless(whole, worse, times, figure):
    rng = random.Random(7)
    noticed = 0
    tries = times(40, 3_000)
    for _ in range(tries):
        data = bytearray(whole)
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        noticed += worse(data)
    assert noticed > tries // 5
    figure("backups with one flipped bit", f"{tries}: noticed {noticed}, else every row right")


def test_cut_zeroed_and_swapped_pages_are_noticed_or_harmless(whole, worse, times, figure):
    rng = random.Random(8)
    noticed = 0
    tries = times(20, 1_500)
    for number in range(tries):
        data = bytearray(whole)
        one, other = (rng.randrange(len(data) // 4096) * 4096 for _ in range(2))
        if number % 3 == 0:
            del data[rng.randrange(len(data)) :]
        elif number % 3 == 1:
            data[one : one + 4096] = bytes(4096)
        else:
            data[one : one + 4096] = whole[other : other + 4096]
        noticed += worse(data)
    assert noticed > tries // 2
    figure("backups cut, zeroed or with a page swapped", f"{tries}: noticed {noticed}")


def digest(path) -> bytes:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
        rows = testimony.RowsDigest(raw)
        list(rows.pages())
        return rows.value


def test_a_vault_with_damage_is_backed_up_and_says_so(full, opened, tmp_path):
    changed(full.made.path, "UPDATE revision SET body = zeroblob(length(body)) WHERE n = 3")
    vault = opened(full.made)
    backup = vault.backups.begin(tmp_path / "copy.db")
    drained(backup)
    assert not backup.made.sound
    assert [finding.where for finding in backup.made.findings] == ["revision 3"]
    with suppress(CopyRefused), closing(signed_in(tmp_path / "copy.db", full.made)) as copy:
        list(copy.steps())
        assert copy.report.findings
    with pytest.raises(CopyRefused, match="not-sound"):
        restored(tmp_path / "copy.db", tmp_path / "new.db", full.made)


def test_a_backup_whose_witness_has_a_number_below_nothing_is_refused_as_changed(
    full, opened, tmp_path
):
    copied(opened(full.made), tmp_path / "copy.db")
    changed(tmp_path / "copy.db", "UPDATE copy SET n = -1")
    with pytest.raises(CopyRefused, match="changed"):
        Copy(tmp_path / "copy.db")
