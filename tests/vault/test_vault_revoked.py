"""Bo has left, with the file of that day, every key, the old sheet and write access.

Whatever Bo does: nothing that was written since is readable to Bo, each act is refused or
named, and the others go on working.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from revoked import LATER, Centre, founded, random_like
from vaults import Made, rid

from intake_tui.vault import (
    Kdf,
    OlderRoster,
    VaultError,
    VaultUntrusted,
    WrongPassphrase,
    WrongRecovery,
    log,
    revisions,
    roster,
    slots,
    store,
)
from intake_tui.vault.framing import bound
from intake_tui.vault.keys import Identity, Keys
from intake_tui.vault.roster import Member, Roster
from intake_tui.vault.seal import seal_padded
from intake_tui.vault.tables import ALL
from intake_tui.vault.trust import Grant

pytestmark = pytest.mark.usefixtures("stretched_once")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    return founded(tmp_path_factory.mktemp("revoked") / "centre")


@pytest.fixture
def centre(built: Centre, tmp_path: Path) -> Centre:
    return built.copy(tmp_path / "centre")


def named(vault: store.Vault) -> set[str]:
    """All that is said at the unlock and by a check."""
    return {*vault.warnings, *(finding.code for finding in vault.verify().findings)}


def go_on(vault: store.Vault, words: bytes) -> None:
    """The others read, and write in every kind of row."""
    for head in vault.heads():
        vault.body(head.id)
    vault.drafts()
    vault.save_draft(rid(), words)
    vault.put_item(rid(), "sort", words)
    vault.sign(id=rid(), case=rid(), head=words, body=words)


# -- without an act ---------------------------------------------------------------------


def test_nothing_written_later_is_readable_and_all_that_was_before_is(centre: Centre) -> None:
    """The second half shows that the search would find."""
    readable = centre.readable()
    assert not any(LATER in plain for plain in readable)
    assert any(b"body 1" in plain for plain in readable)
    connection = sqlite3.connect(centre.made.path)
    shutil.copy(centre.before.path, centre.made.path)
    connection.close()
    for expected in (b"draft", b"item", b"bos ord", b"livs", b"unlocked"):
        assert any(expected in plain for plain in centre.readable()), expected


def test_the_centre_is_sound_and_bo_is_out(centre: Centre) -> None:
    made = centre.made
    for name in ("", "Liv", "Eva"):
        vault = centre.enter(name)
        assert vault.warnings == ()
        assert vault.verify().findings == ()
        vault.lock()
    with pytest.raises(WrongPassphrase):
        centre.enter("Bo")
    with pytest.raises(WrongRecovery):
        store.unlock_with_recovery(made.path, recovery=made.recovery, device=made.device)
    store.unlock_with_recovery(made.path, recovery=centre.sheet, device=made.device).lock()


# -- slots and grants ---------------------------------------------------------------------


def own_slot_again(centre: Centre) -> None:
    """Bo's slot and grant as they were."""
    where = (centre.bo.slot,)
    centre.edit(
        ("INSERT INTO slot SELECT * FROM old.slot WHERE id = ?", where),
        ("INSERT INTO grants SELECT * FROM old.grants WHERE slot = ?", where),
    )


def a_slot_for_a_listed_colleague(centre: Centre) -> None:
    """Bo's own keys under Eva's id."""
    eva = next(one for one in centre.rows("slot") if one[0] in eva_and(centre))
    who = Identity(eva[0], "Eva", centre.bo.kem, centre.bo.signing)
    slot = slots.for_passphrase(centre.keys.vault, who, "bos", Kdf.FLOOR)
    centre.edit(
        ("INSERT OR REPLACE INTO slot VALUES (?, ?, ?, ?, ?, ?)", tuple(vars(slot).values()))
    )


def eva_and(centre: Centre) -> set[bytes]:
    members = roster.unpack(centre.rows("roster")[-1][4])
    return {one.slot for one in members if one.role == "counsellor"}


def a_grant_of_the_next_key_to_bo(centre: Centre) -> None:
    """The key is Bo's own; the epoch is today's."""
    own = Keys(centre.keys.vault, 2, os.urandom(32))
    grant = Grant.new(own, Member.of(centre.bo, "counsellor"))
    centre.edit(("INSERT INTO grants VALUES (?, ?, ?)", (grant.slot, grant.epoch, grant.box)))


def bos_grant_with_another_epoch(centre: Centre) -> None:
    where = (centre.bo.slot,)
    centre.edit(
        ("INSERT INTO grants SELECT slot, 2, box FROM old.grants WHERE slot = ?", where),
    )


# -- rows -----------------------------------------------------------------------------------


def old_rows_again(centre: Centre) -> None:
    """Every draft, item and row key as it was, under the key that Bo has."""
    centre.edit(
        "DELETE FROM draft WHERE id IN (SELECT id FROM old.draft)",
        "INSERT INTO draft SELECT * FROM old.draft",
        "DELETE FROM item WHERE id IN (SELECT id FROM old.item)",
        "INSERT INTO item SELECT * FROM old.item",
        "DELETE FROM revision WHERE id IN (SELECT id FROM old.revision)",
        "INSERT INTO revision SELECT * FROM old.revision",
    )


def a_record_of_bos_own(centre: Centre) -> None:
    """Under Bo's key, once as it was and once said to be of today's epoch."""
    for epoch in (1, 2):
        one = revisions.Sealed.new(centre.keys, rid(), rid(), b"bos", b"bos")
        values = (*vars(one).values(),)
        centre.edit(
            (
                "INSERT INTO revision (id, series, epoch, wrapped, head, body) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (*values[:2], epoch, *values[3:]),
            )
        )


def an_item_and_a_draft_of_bos_own(centre: Centre) -> None:
    vault, keys = centre.keys.vault, centre.keys
    for epoch in (1, 2):
        id_ = rid()
        about = bound(vault, "item", id_, "sort", 1, epoch)
        blob = seal_padded(keys.item(1, id_), b"bos", about, 256)
        centre.edit(("INSERT INTO item VALUES (?, 'sort', 1, ?, ?)", (id_, epoch, blob)))
        about = bound(vault, "draft", id_, 1, epoch)
        blob = seal_padded(keys.draft(1, id_), b"bos", about, 1024)
        centre.edit(("INSERT INTO draft VALUES (?, 1, ?, ?)", (id_, epoch, blob)))


def a_record_erased(centre: Centre) -> None:
    centre.edit("DELETE FROM revision WHERE n = (SELECT max(n) FROM revision)")


def a_letter_of_bos_own(centre: Centre) -> None:
    centre.edit(
        ("INSERT INTO letter VALUES (?, ?, ?)", (rid(), centre.bo.slot, os.urandom(1100))),
    )


# -- the log --------------------------------------------------------------------------------


def chained(centre: Centre, device: bytes, epoch: int, *entries: log.Entry) -> None:
    """Lines after the end of a chain, sealed under Bo's key, each with its right hash."""
    lines = [log.Line(*row) for row in centre.rows("log") if row[0] == device]
    end = max(lines, key=lambda line: line.n) if lines else None
    n, hash_ = (end.n, end.hash) if end else (0, log.start(centre.keys.vault, device))
    key = centre.keys.log(1)
    for entry in entries:
        n += 1
        about = bound(centre.keys.vault, "log", device, n, epoch, hash_)
        line = log.Line(device, n, epoch, hash_, seal_padded(key, entry.packed(), about, 512))
        centre.edit(("INSERT INTO log VALUES (?, ?, ?, ?, ?)", tuple(vars(line).values())))
        hash_ = line.hash


def devices(centre: Centre) -> list[bytes]:
    return sorted({row[0] for row in centre.rows("log")})


def entries_after_the_end(centre: Centre) -> None:
    """In another's name: that a record never was."""
    gone = [row[1] for row in centre.rows("revision")]
    said = log.Entry(1_800_000_000, "erased", bytes(16), tuple(gone), {})
    for device in devices(centre):
        chained(centre, device, 1, said)


def entries_of_todays_epoch(centre: Centre) -> None:
    said = log.Entry(1_800_000_000, "opened", bytes(16), (), {})
    for device in devices(centre):
        chained(centre, device, 2, said)


def a_device_of_bos_own(centre: Centre) -> None:
    chained(centre, rid(), 1, log.Entry(1_800_000_000, "unlocked", centre.bo.slot, (), {}))


def one_devices_chain_with_its_rows(centre: Centre) -> None:
    """Liv's: her chain and the records that she signed go together."""
    before = {row[0] for row in centre.rows("log", old=True)}
    assert len(before) == 4
    liv = centre.made.device.with_name("device-Liv").joinpath("device").read_text()
    centre.edit(
        ("DELETE FROM log WHERE device = ?", (bytes.fromhex(liv.strip()),)),
        ("DELETE FROM revision WHERE n = (SELECT max(n) FROM revision)"),
        ("DELETE FROM revision WHERE n = (SELECT min(n) FROM revision)"),
    )


def the_newest_lines_of_the_log(centre: Centre) -> None:
    """The two last of each chain."""
    centre.edit(
        "DELETE FROM log WHERE n > (SELECT max(l.n) FROM log l WHERE l.device = log.device) - 2"
    )


def all_that_is_of_todays_epoch_in_the_log(centre: Centre) -> None:
    centre.edit("DELETE FROM log WHERE epoch = 2")


NAMED: dict[Callable[[Centre], None], set[str]] = {
    own_slot_again: {"planted-slot", "planted-grant"},
    a_slot_for_a_listed_colleague: {"slot-changed"},
    a_grant_of_the_next_key_to_bo: {"planted-grant"},
    bos_grant_with_another_epoch: {"planted-grant"},
    old_rows_again: {"draft-forged", "item-forged", "revision-forged"},
    a_record_of_bos_own: {"revision-damaged", "revision-forged"},
    an_item_and_a_draft_of_bos_own: {
        "item-damaged",
        "item-forged",
        "draft-damaged",
        "draft-forged",
    },
    a_record_erased: {"revision-missing"},
    a_letter_of_bos_own: {"letter-damaged"},
    entries_after_the_end: {"log-forged"},
    entries_of_todays_epoch: {"log-damaged"},
    a_device_of_bos_own: {"log-unlisted"},
    one_devices_chain_with_its_rows: {"log-removed"},
    the_newest_lines_of_the_log: {"put-back"},
    all_that_is_of_todays_epoch_in_the_log: {"put-back", "revision-unlogged"},
}


@pytest.mark.parametrize("act", NAMED, ids=lambda act: act.__name__)
def test_each_act_is_named_and_the_others_work(
    centre: Centre, act: Callable[[Centre], None]
) -> None:
    act(centre)
    codes = NAMED[act]
    leader = centre.enter()
    assert codes <= named(leader)
    go_on(leader, LATER)
    leader.lock()
    for name in ("Liv", "Eva"):
        if act is a_slot_for_a_listed_colleague and name == "Eva":
            continue  # her way in is the one that was overwritten
        vault = centre.enter(name)
        go_on(vault, LATER)
        vault.lock()
    assert not any(LATER in plain for plain in centre.readable())


# -- rosters ----------------------------------------------------------------------------------


def rosters(centre: Centre) -> list[Roster]:
    return [
        Roster(n, previous, epoch, commitment, roster.unpack(packed), signature)
        for n, previous, epoch, commitment, packed, signature in centre.rows("roster")
    ]


def fork(centre: Centre, signer: Identity, keys: Keys, members: list[Member], at: int) -> None:
    """A roster of Bo's own in the place of number `at`, what follows gone, all granted Bo's key."""
    chain = rosters(centre)
    before = chain[at - 1]
    own = roster.following(
        before,
        signer,
        keys.vault,
        members,
        epoch=keys.epoch,
        commitment=keys.commitment(keys.epoch),
    )
    values = (own.n, own.previous, own.epoch, own.commitment, roster.pack(own.members))
    if len(chain) > at:
        centre.edit(("DELETE FROM roster WHERE n >= ?", (at,)))
    centre.edit(
        ("INSERT INTO roster VALUES (?, ?, ?, ?, ?, ?)", (*values, own.signature)),
        "DELETE FROM grants",
    )
    for member in members:
        grant = Grant.new(keys, member)
        centre.edit(("INSERT INTO grants VALUES (?, ?, ?)", (grant.slot, grant.epoch, grant.box)))
    if keys.epoch > before.epoch:
        sealed = keys.seal_previous(bound(keys.vault, "epoch", keys.epoch))
        connection = sqlite3.connect(centre.made.path)
        with connection:
            connection.execute("INSERT OR REPLACE INTO epoch VALUES (?, ?)", (keys.epoch, sealed))
        connection.close()


def refused(centre: Centre, *, device: Path | None = None) -> str:
    """That nobody opens it, and what for."""
    with pytest.raises(VaultUntrusted) as untrusted:
        centre.enter(device=device)
    with pytest.raises(VaultUntrusted):
        centre.enter("Liv", device=device)
    return untrusted.value.what


def test_a_roster_that_bo_signs_is_refused(centre: Centre) -> None:
    """One more, with Bo in it as a leader: the next key would be granted to Bo."""
    before = rosters(centre)[-1]
    epoch, commitment = before.epoch, before.commitment
    members = [*before.members, Member.of(centre.bo, "leader")]
    own = roster.following(
        before, centre.bo, centre.keys.vault, members, epoch=epoch, commitment=commitment
    )
    values = (own.n, own.previous, epoch, commitment, roster.pack(members), own.signature)
    centre.edit(("INSERT INTO roster VALUES (?, ?, ?, ?, ?, ?)", values))
    assert refused(centre) == "roster"


@pytest.mark.parametrize("place", [0, 1], ids=["in its place", "after it"])
def test_a_fork_that_bo_signs_is_refused(centre: Centre, place: int) -> None:
    """Bo never was a leader."""
    members = list(roster.unpack(centre.rows("roster", old=True)[-1][4]))
    last = centre.rows("roster")[-1][0]
    fork(centre, centre.bo, centre.keys.advanced(), members, last + place)
    assert refused(centre) == "roster"


def test_the_old_sheet_signs_no_roster_in_the_place_of_its_own_end(
    centre: Centre, tmp_path: Path
) -> None:
    """The sheet was a signer until the roster that replaced it: a fork in that one's place."""
    by_sheet = store.unlock_with_recovery(
        centre.before.path, recovery=centre.before.recovery, device=tmp_path / "bo"
    )
    signer = by_sheet._desk.identity
    by_sheet.lock()
    last = centre.rows("roster")[-1][0]
    members = list(roster.unpack(centre.rows("roster", old=True)[-1][4]))
    fork(centre, signer, centre.keys.advanced(), members, last)
    assert refused(centre) == "roster"
    assert refused(centre, device=tmp_path / "a new computer") == "roster"


@pytest.mark.parametrize("cut", [False, True], ids=["log left", "log cut"])
def test_the_rosters_of_that_day_again(centre: Centre, tmp_path: Path, cut: bool) -> None:
    """So that the others would write on under the key that Bo has."""
    centre.edit(
        "DELETE FROM roster WHERE n NOT IN (SELECT n FROM old.roster)",
        "DELETE FROM grants",
        "INSERT INTO grants SELECT * FROM old.grants",
        "DELETE FROM slot",
        "INSERT INTO slot SELECT * FROM old.slot",
    )
    if not cut:
        assert refused(centre) == "roster"
        assert refused(centre, device=tmp_path / "a new computer") == "roster"
        return
    centre.edit("DELETE FROM log", "INSERT INTO log SELECT * FROM old.log")
    for name in ("", "Liv", "Eva"):
        vault = centre.enter(name)
        assert {"put-back", "older-roster"} <= named(vault)
        with pytest.raises(OlderRoster):
            go_on(vault, LATER)
        vault.lock()


# -- the whole file ---------------------------------------------------------------------------


def put_back(centre: Centre, *, extended: bool = False) -> None:
    """The file that Bo kept; with something that Bo signed since."""
    shutil.copy(centre.before.path, centre.made.path)
    if extended:
        bo = centre.enter("Bo", device=centre.folder / "bos own")
        go_on(bo, b"bos")
        bo.lock()


@pytest.mark.parametrize("extended", [False, True])
def test_the_whole_file_put_back_is_read_only_until_the_key_is_changed(
    centre: Centre, extended: bool
) -> None:
    put_back(centre, extended=extended)
    for name in ("Eva", "Liv", "Liv", ""):  # named every time, not once
        vault = centre.enter(name)
        assert {"put-back", "older-roster"} <= named(vault)
        assert [head.head for head in vault.heads()][-3:] == [b"bos", b"head 1", b"head 0"]
        assert vault.letters() == []
        for act in (
            lambda vault=vault: vault.save_draft(rid(), LATER),
            lambda vault=vault: vault.put_item(rid(), "sort", LATER),
            lambda vault=vault: vault.sign(id=rid(), case=rid(), head=LATER, body=LATER),
            lambda vault=vault: vault.note("exported"),
        ):
            with pytest.raises(OlderRoster):
                act()
        vault.lock()
    assert not any(LATER in plain for plain in centre.readable())
    leader = centre.enter()
    eva = next(one.slot for one in leader.staff.all() if one.name == "Eva")
    leader.staff.change_role(eva, "leader")  # another roster, and still the key that Bo has
    leader.lock()
    leader = centre.enter()
    assert "older-roster" in leader.warnings
    leader.staff.revoke(centre.bo.slot, new_sheet=True)
    assert leader.warnings == ("put-back",)
    go_on(leader, LATER)
    leader.lock()
    again = centre.enter()
    assert "older-roster" not in again.warnings
    again.lock()
    assert not any(LATER in plain for plain in centre.readable())
    with pytest.raises(WrongPassphrase):
        centre.enter("Bo", device=centre.folder / "bos own")


def test_what_is_jotted_down_meanwhile_is_for_who_is_there(centre: Centre) -> None:
    put_back(centre)
    eva = centre.enter("Eva")
    box = eva.letterbox()
    eva.lock()
    box.post(LATER)
    assert not any(LATER in plain for plain in centre.readable())
    fresh = set(centre.rows("letter")) - set(centre.rows("letter", old=True))
    # Not to the old sheet, which Bo has, nor to leaders of a roster that Bo may have chosen.
    assert {row[1] for row in fresh} == {eva.counsellor.slot}
    eva = centre.enter("Eva")
    assert [blob for _, blob in eva.letters()] == [LATER]
    eva.lock()


def test_without_the_witness_the_whole_file_put_back_is_not_noticed(
    centre: Centre, tmp_path: Path
) -> None:
    """As docs/vault-format.md says: what is written then is readable to Bo."""
    put_back(centre)
    leader = centre.enter(device=tmp_path / "a new computer")
    assert leader.warnings == ()
    assert leader.verify().findings == ()
    go_on(leader, LATER)
    leader.lock()
    assert any(LATER in plain for plain in centre.readable())


# -- one who led ------------------------------------------------------------------------------


@pytest.fixture
def demoted(centre: Centre) -> Centre:
    """Liv led, and is a counsellor now; she has today's key."""
    leader = centre.enter()
    liv = next(one.slot for one in leader.staff.all() if one.name == "Liv")
    leader.staff.change_role(liv, "counsellor")
    leader.lock()
    vault = centre.enter("Liv")
    with pytest.raises(VaultError, match="not-a-leader"):
        vault.rotate()
    centre.bo, centre.keys = vault._desk.identity, Keys(vault.id, 2, vault._desk.keys._of(2))
    centre.keys._keys[1] = vault._desk.keys._of(1)
    vault.lock()
    centre.enter("Eva").lock()
    return centre


def test_a_demoted_leader_forks_the_roster(demoted: Centre, tmp_path: Path) -> None:
    """In the place of the one that took the role away; the key is today's."""
    last = demoted.rows("roster")[-1][0]
    led = list(roster.unpack(demoted.rows("roster")[last - 1][4]))
    fork(demoted, demoted.bo, demoted.keys, led, last)
    assert refused(demoted) == "roster"
    elsewhere = demoted.enter(device=tmp_path / "a new computer")
    assert "roster-put-back" in named(elsewhere)
    elsewhere.lock()


def test_a_demoted_leader_forks_the_roster_and_cuts_the_log(demoted: Centre) -> None:
    last = demoted.rows("roster")[-1][0]
    led = list(roster.unpack(demoted.rows("roster")[last - 1][4]))
    fork(demoted, demoted.bo, demoted.keys, led, last)
    demoted.edit(
        "DELETE FROM log WHERE n > (SELECT max(l.n) FROM log l WHERE l.device = log.device) - 3"
    )
    for name in ("", "Eva"):
        vault = demoted.enter(name)
        assert {"put-back", "older-roster"} <= named(vault)
        with pytest.raises(OlderRoster):
            go_on(vault, LATER)
        vault.lock()


# -- every column -----------------------------------------------------------------------------


def columns() -> list[tuple[str, str]]:
    return [(table.name, column.name) for table in ALL.tables.values() for column in table.columns]


def everything(vault: store.Vault) -> list[object]:
    """All that can be read back."""
    heads = [(head.id, head.case, head.head) for head in vault.heads(limit=1000)]
    return [
        heads,
        [vault.body(id_) for id_, _, _ in heads],
        sorted((draft.id, draft.blob) for draft in vault.drafts()),
        sorted(vault.items("sort")),
        sorted(vault.names().items()),
        sorted(vault.letters()),
        [(one.slot, one.role) for one in vault.staff.all()],
    ]


TRIED: list[object] = []


@pytest.mark.parametrize("where", columns(), ids="-".join)
def test_every_column_of_every_table(
    built: Centre,
    tmp_path: Path,
    times: Callable[[int, int], int],
    figure: Callable[[str, str], None],
    where: tuple[str, str],
) -> None:
    """The value of that day, of another row, and any other: named, or everything reads right."""
    table, column = where
    honest = built.copy(tmp_path / "honest").enter("Liv")
    expected = everything(honest)
    honest.lock()
    found = dict(values(built.made, f"SELECT rowid, {column} FROM {table}"))
    olds = [value for (value,) in values(built.before, f"SELECT {column} FROM {table}")]
    for rowid in sorted({min(found), max(found)}):
        others = [random_like(found[rowid]), *olds[-1:], *found.values(), *olds]
        wanted = [value for value in dict.fromkeys(others) if value != found[rowid]]
        for value in wanted[: times(2, len(wanted))]:
            broken = built.copy(tmp_path / f"{len(TRIED)}")
            if changed(broken, f"UPDATE {table} SET {column} = ? WHERE rowid = {rowid}", value):
                is_noticed_or_right(broken, expected)
                TRIED.append(value)
            shutil.rmtree(broken.folder)
    figure("columns edited by who has left", f"{len(TRIED)} values")


def values(made: Made, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(made.path)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def changed(centre: Centre, statement: str, value: object) -> bool:
    """False where the engine itself does not take it: two rows with one id."""
    try:
        centre.edit((statement, (value,)))
    except sqlite3.IntegrityError:
        return False
    return True


def is_noticed_or_right(centre: Centre, expected: list[object]) -> None:
    """And in any case, what is written then is not for Bo."""
    try:
        vault = centre.enter("Liv")
    except VaultError:
        return
    try:
        if not named(vault):
            assert everything(vault) == expected
        with_writes(vault)
    finally:
        vault.lock()
    assert not any(LATER in plain for plain in centre.readable())


def with_writes(vault: store.Vault) -> None:
    vault.save_draft(rid(), LATER)
    vault.sign(id=rid(), case=rid(), head=LATER, body=LATER)
