"""Write access and no secret: each act with plain SQL is refused at unlock, or named by verify.

What an old key allows on top of that is in test_vault_staff.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from vaults import Made, rid

from intake_tui.vault import Kdf, VaultError, VaultUntrusted, roster, slots, store
from intake_tui.vault.keys import Identity, Keys
from intake_tui.vault.trust import Grant


def edit(made: Made, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    """Run plain SQL on the closed file."""
    connection = sqlite3.connect(made.path)
    with connection:
        for statement in statements:
            text, values = (statement, ()) if isinstance(statement, str) else statement
            assert connection.execute(text, values).rowcount != 0, text
    connection.close()


def one(made: Made, query: str) -> tuple[object, ...]:
    connection = sqlite3.connect(made.path)
    row = connection.execute(query).fetchone()
    connection.close()
    return row


def vault_id(made: Made) -> bytes:
    return roster.vault_id(one(made, "SELECT root FROM vault")[0])


def found(made: Made, opened: Callable[[Made], store.Vault]) -> set[str]:
    report = opened(made).verify()
    assert report.sound == (not report.findings)
    return {finding.code for finding in report.findings}


def refused(made: Made) -> str:
    """What the vault refuses to open for; that no Argon2id was needed is asserted apart."""
    with pytest.raises(VaultUntrusted) as untrusted:
        made.unlock()
    return untrusted.value.what


@pytest.fixture
def no_key_is_used(monkeypatch):
    """Fails when a passphrase is stretched: the refusal must come before."""

    def used(*_):
        raise AssertionError("a key was derived")

    monkeypatch.setattr(Kdf, "key", used)


def test_an_untouched_vault_is_sound(full, opened):
    vault = opened(full.made)
    assert vault.warnings == ()
    assert vault.verify().findings == ()


# -- keys ------------------------------------------------------------------------


def planted_slot(made: Made, name: str, passphrase: str) -> Identity:
    who = Identity.new(name)
    slot = slots.for_passphrase(vault_id(made), who, passphrase, Kdf.FLOOR)
    edit(made, ("INSERT INTO slot VALUES (?, ?, ?, ?, ?, ?)", tuple(vars(slot).values())))
    return who


def test_a_planted_slot_is_not_used_and_is_named(full, opened):
    planted_slot(full.made, "Innbrudd", "innbrudd")
    with pytest.raises(VaultError, match="wrong-passphrase"):
        store.unlock(
            full.made.path, name="Innbrudd", passphrase="innbrudd", device=full.made.device
        )
    vault = opened(full.made)  # the others still get in
    assert vault.warnings == ("planted-slot",)
    assert {f.code for f in vault.verify().findings} == {"planted-slot"}


def test_a_planted_slot_is_granted_nothing_at_the_next_rotation(full, opened):
    who = planted_slot(full.made, "Innbrudd", "innbrudd")
    vault = opened(full.made)
    vault.rotate()
    vault.lock()
    grants = one(full.made, f"SELECT count(*) FROM grants WHERE slot = x'{who.slot.hex()}'")
    assert grants == (0,)


def test_a_slot_with_the_attackers_keys_under_a_listed_id_is_refused(full):
    listed = one(full.made, "SELECT id FROM slot LIMIT 1")[0]
    who = Identity.new(full.made.name)
    forged = Identity(listed, who.name, who.kem, who.signing)
    slot = slots.for_passphrase(vault_id(full.made), forged, full.made.passphrase, Kdf.FLOOR)
    edit(full.made, "DELETE FROM slot")
    edit(full.made, ("INSERT INTO slot VALUES (?, ?, ?, ?, ?, ?)", tuple(vars(slot).values())))
    assert refused(full.made) == "slot"


def test_a_planted_grant_of_the_attackers_own_key_is_refused(full):
    """The attacker would read all that is written under a key of the attacker's choosing."""
    vault = vault_id(full.made)
    packed = one(full.made, "SELECT members FROM roster")[0]
    own = Keys(vault, 1, os.urandom(32))
    for member in roster.unpack(packed):
        grant = Grant.new(own, member)
        edit(full.made, ("UPDATE grants SET box = ? WHERE slot = ?", (grant.box, grant.slot)))
    assert refused(full.made) == "grant"


def test_a_grant_exchanged_for_somebody_else_is_named(full, opened):
    made = full.made
    members = roster.unpack(one(made, "SELECT members FROM roster")[0])
    sheet = next(member for member in members if member.role == "recovery")
    grant = Grant.new(Keys(vault_id(made), 1, os.urandom(32)), sheet)
    edit(made, ("UPDATE grants SET box = ? WHERE slot = ?", (grant.box, grant.slot)))
    assert found(made, opened) == {"grant-changed"}


@pytest.mark.usefixtures("no_key_is_used")
def test_a_raised_role_is_refused_before_a_key_is_used(full):
    packed = one(full.made, "SELECT members FROM roster")[0]
    raised = packed.replace(b"\x08recovery", b"\x06leader")
    assert raised != packed
    edit(full.made, ("UPDATE roster SET members = ?", (raised,)))
    assert refused(full.made) == "roster"


@pytest.mark.usefixtures("no_key_is_used")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE roster SET commitment = zeroblob(32)",
        "UPDATE roster SET epoch = 2",
        "UPDATE roster SET previous = randomblob(32)",
        "UPDATE roster SET signature = randomblob(64)",
        "UPDATE roster SET n = 1",
        "UPDATE roster SET members = zeroblob(0)",
        "UPDATE roster SET members = 'text'",
        "DELETE FROM roster",
        "INSERT INTO roster SELECT 1, previous, epoch, commitment, members, signature FROM roster",
    ],
)
def test_a_doctored_roster_is_refused_before_a_key_is_used(full, change):
    edit(full.made, change)
    assert refused(full.made) == "roster"


def test_another_root_is_another_vault(full):
    public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    edit(full.made, ("UPDATE vault SET root = ?", (public,)))
    assert refused(full.made) == "roster"


def test_a_roster_of_the_attackers_own_opens_nothing(full):
    """A whole new chain under a new root: the slots belong to the old one."""
    root = Ed25519PrivateKey.generate()
    public = root.public_key().public_bytes_raw()
    vault = roster.vault_id(public)
    members = roster.unpack(one(full.made, "SELECT members FROM roster")[0])
    own = Keys(vault, 1, os.urandom(32))
    first = roster.first(root, vault, own.commitment(1), members)
    values = (first.commitment, first.signature)
    edit(
        full.made,
        ("UPDATE vault SET root = ?", (public,)),
        ("UPDATE roster SET commitment = ?, signature = ?", values),
    )
    assert refused(full.made) == "slot"


@pytest.mark.usefixtures("no_key_is_used")
@pytest.mark.parametrize(
    "cost", [Kdf.USUAL.packed(), b"\1" + bytes(12), b"\1" + b"\xff" * 12, b"", "text", 7]
)
def test_a_doctored_cost_is_refused_before_a_key_is_used(full, cost):
    edit(full.made, ("UPDATE slot SET kdf = ? WHERE substr(kdf, 1, 1) = x'01'", (cost,)))
    assert refused(full.made) == "slot"


def test_an_older_slot_put_back_is_named(full, opened, tmp_path):
    """The old passphrase opens again: verify says so."""
    old = full.made.copy(tmp_path / "old")
    vault = opened(full.made)
    vault.change_passphrase("ny-frase", kdf=Kdf.FLOOR)
    vault.lock()
    connection = sqlite3.connect(old.path)
    query = "SELECT * FROM slot WHERE substr(kdf, 1, 1) = x'01'"
    row = connection.execute(query).fetchone()
    connection.close()
    edit(full.made, ("UPDATE slot SET wrapped = ?, signature = ? WHERE id = ?", (*row[4:], row[0])))
    assert found(full.made, opened) == {"slot-put-back"}


def test_a_deleted_slot_is_named(full, opened):
    edit(full.made, "DELETE FROM slot WHERE substr(kdf, 1, 1) = x'02'")
    assert found(full.made, opened) == {"slot-missing"}


def test_a_deleted_and_a_foreign_grant_are_named(full, opened):
    edit(
        full.made,
        "DELETE FROM grants WHERE slot = (SELECT id FROM slot WHERE substr(kdf, 1, 1) = x'02')",
        ("INSERT INTO grants VALUES (?, 1, ?)", (rid(), rid())),
    )
    assert found(full.made, opened) == {"grant-missing", "planted-grant"}


def test_a_rotation_undone_is_refused(full, opened, tmp_path):
    """Who left puts the roster and grants back, so that we would write under the old key."""
    old = full.made.copy(tmp_path / "old")
    vault = opened(full.made)
    vault.rotate()
    vault.lock()
    undo = [f"ATTACH '{old.path}' AS old", "DELETE FROM roster WHERE n = 1", "DELETE FROM grants"]
    connection = sqlite3.connect(full.made.path)
    for statement in [*undo, "INSERT INTO grants SELECT * FROM old.grants"]:
        connection.execute(statement)
    connection.commit()
    connection.close()
    without = full.made.copy(tmp_path / "without", device=False)
    assert refused(full.made) == "roster"
    assert refused(without) == "roster"


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TRIGGER t AFTER UPDATE ON draft BEGIN DELETE FROM draft; END",
        "CREATE VIEW v AS SELECT 1",
    ],
)
def test_a_trigger_or_view_is_refused(full, schema):
    edit(full.made, schema)
    assert refused(full.made) == "schema"


# -- rows --------------------------------------------------------------------------

ROWS = {
    "revision deleted": ("DELETE FROM revision WHERE n = 2", {"revision-missing"}),
    "all revisions deleted": ("DELETE FROM revision", {"revision-missing"}),
    "revision moved to another case": (
        "UPDATE revision SET series = (SELECT series FROM revision WHERE n = 5) WHERE n = 1",
        {"revision-damaged"},
    ),
    "revision given another id": (
        "UPDATE revision SET id = randomblob(16) WHERE n = 2",
        {"revision-damaged"},
    ),
    "revision of another epoch": (
        "UPDATE revision SET epoch = 2 WHERE n = 2",
        {"revision-damaged"},
    ),
    "bodies exchanged": (
        "UPDATE revision SET body = (SELECT body FROM revision WHERE n = 3) WHERE n = 2",
        {"revision-changed"},
    ),
    "heads exchanged": (
        "UPDATE revision SET head = (SELECT head FROM revision WHERE n = 3) WHERE n = 2",
        {"revision-changed"},
    ),
    "keys exchanged": (
        "UPDATE revision SET wrapped = (SELECT wrapped FROM revision WHERE n = 3) WHERE n = 2",
        {"revision-changed"},
    ),
    "revision reordered": ("UPDATE revision SET n = 9 WHERE n = 1", {"revision-reordered"}),
    "drafts exchanged": (
        "UPDATE draft SET blob = (SELECT d.blob FROM draft d WHERE d.id <> draft.id)",
        {"draft-damaged"},
    ),
    "draft deleted": ("DELETE FROM draft", {"draft-missing"}),
    "draft's counter lowered": (
        "UPDATE draft SET counter = 1",
        {"draft-damaged"},
    ),
    "draft moved": (
        "UPDATE draft SET id = randomblob(16)",
        {"draft-damaged"},
    ),
    "item deleted": ("DELETE FROM item WHERE kind = 'sort'", {"item-missing"}),
    "item of another kind": (
        "UPDATE item SET kind = 'person' WHERE kind = 'sort'",
        {"item-damaged"},
    ),
    "item's counter raised": (
        "UPDATE item SET counter = 2 WHERE kind = 'sort'",
        {"item-damaged"},
    ),
    "log entry changed": ("UPDATE log SET entry = randomblob(200) WHERE n = 4", {"log-damaged"}),
    "log entry deleted": ("DELETE FROM log WHERE n = 4", {"log-missing"}),
    "log's beginning deleted": ("DELETE FROM log WHERE n < 4", {"log-missing"}),
    "log entries exchanged": (
        "UPDATE log SET entry = (SELECT l.entry FROM log l WHERE l.n = 9 - log.n) "
        "WHERE n IN (4, 5)",
        {"log-damaged"},
    ),
    "log entry of another epoch": ("UPDATE log SET epoch = 9 WHERE n = 4", {"log-damaged"}),
    "wrong types": ("UPDATE revision SET head = 'text' WHERE n = 2", {"revision-damaged"}),
    "letter planted": (
        "INSERT INTO letter SELECT id, id, id FROM slot",
        {"letter-damaged"},
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_change_to_a_row_is_named(full, opened, name):
    statement, expected = ROWS[name]
    edit(full.made, statement)
    assert found(full.made, opened) == expected


@pytest.mark.parametrize("name", ROWS)
def test_no_change_to_a_row_keeps_the_rest_from_being_read(full, opened, name):
    edit(full.made, ROWS[name][0])
    vault = opened(full.made)
    readable = len(vault.heads())
    assert readable >= (0 if "deleted" in name else 4)
    vault.drafts()
    vault.items("sort")
    vault.save_draft(rid(), b"work goes on")


def test_an_older_row_put_back_is_named(full, opened, tmp_path):
    old = full.made.copy(tmp_path / "old")
    vault = opened(full.made)
    item, draft = full.items[0], full.drafts[0]
    vault.drafts()
    vault.put_item(item, "sort", b"newer")
    vault.save_draft(draft, b"newer")
    vault.leave_draft(draft)
    vault.lock()
    connection = sqlite3.connect(full.made.path)
    connection.execute(f"ATTACH '{old.path}' AS old")
    for table in ("item", "draft"):
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} SELECT * FROM old.{table}")
    connection.commit()
    connection.close()
    assert found(full.made, opened) == {"item-put-back", "draft-put-back"}


# -- log and witness ---------------------------------------------------------------


def shorten(made: Made) -> None:
    """The last two entries go, and the revision that one of them tells of."""
    edit(
        made,
        "DELETE FROM log WHERE n > (SELECT max(n) FROM log) - 2",
    )


def test_a_shortened_log_is_noticed_by_the_witness(full, opened):
    shorten(full.made)
    vault = opened(full.made)
    assert "put-back" in vault.warnings
    assert "put-back" in {finding.code for finding in vault.verify().findings}


def test_a_log_shortened_past_a_revision_is_named_without_a_witness(full, opened):
    shutil.rmtree(full.made.device)
    edit(full.made, "DELETE FROM log WHERE n > 4")
    codes = found(full.made, opened)
    assert {"revision-unlogged", "draft-unlogged", "item-unlogged"} <= codes


def test_a_whole_file_put_back_is_noticed_with_the_witness(full, opened, tmp_path):
    old = full.made.copy(tmp_path / "old", device=False)
    vault = opened(full.made)
    vault.sign(id=rid(), case=rid(), head=b"", body=b"")
    vault.lock()
    shutil.copy(old.path, full.made.path)
    vault = opened(full.made)
    assert vault.warnings == ("put-back",)
    assert [finding.where for finding in vault.verify().findings] == ["witness"]


def test_a_whole_file_put_back_and_written_on_is_noticed_at_the_number(full, opened, tmp_path):
    """Merely to reach the number is not enough: the hash there is another."""
    old = full.made.copy(tmp_path / "old")
    vault = opened(full.made)
    vault.note("exported")
    vault.lock()
    meanwhile = opened(old)
    for _ in range(5):
        meanwhile.note("backed-up")
    meanwhile.lock()
    shutil.copy(old.path, full.made.path)
    assert opened(full.made).warnings == ("put-back",)


def test_a_whole_file_put_back_is_not_noticed_without_a_witness(full, opened, tmp_path):
    """What docs/vault-format.md says does not hold; the unlock screen's last number is left."""
    old = full.made.copy(tmp_path / "old", device=False)
    vault = opened(full.made)
    before = vault.last.n
    vault.sign(id=rid(), case=rid(), head=b"", body=b"")
    vault.lock()
    again = opened(old)
    assert (again.warnings, again.verify().findings) == ((), ())
    assert again.last.n == before


def test_a_devices_whole_chain_with_its_rows_is_missed(full, opened):
    other = Made(
        full.made.path,
        full.made.device.parent / "second",
        full.made.recovery,
    )
    second = opened(other)
    new = rid()
    second.sign(id=new, case=new, head=b"", body=b"")
    second.lock()
    first = opened(full.made)
    assert first.verify().findings == ()
    device = full.made.device / "device"
    first.lock()
    mine = bytes.fromhex(device.read_text())
    edit(
        full.made,
        ("DELETE FROM log WHERE device <> ?", (mine,)),
        ("DELETE FROM revision WHERE id = ?", (new,)),
    )
    codes = found(full.made, opened)
    assert codes == {"log-removed"}


@pytest.mark.parametrize("n", [0, -1, -(1 << 63), 1 << 32, (1 << 63) - 1])
def test_a_record_with_an_impossible_number_is_named_and_not_shown(full, opened, n):
    edit(full.made, f"UPDATE revision SET n = {n} WHERE n = 3")
    vault = opened(full.made)
    assert [head.n for head in vault.heads()] == [5, 4, 2, 1]
    assert "damaged" in vault.warnings
    assert [one.where for one in vault.verify().findings] == [f"revision {n}"]
