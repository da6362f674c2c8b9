"""Every parser of bytes that may come from outside, with what it is documented to raise.

Run as a program it tries mutated inputs in a process of its own:
`parsers.py COUNT SEED` prints a JSON object of figures, or of the first input that went wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from intake_tui.desk import preferences
from intake_tui.desk.jot import Jot, read_letters
from intake_tui.intake.amendment import Amendment
from intake_tui.intake.points import points
from intake_tui.intake.shape import shape
from intake_tui.records import backups, checking, joins, later, registrations, settings
from intake_tui.records.codec import draft_from_bytes, draft_to_bytes, head_to_bytes, row_from_head
from intake_tui.records.errors import RecordDamaged
from intake_tui.records.kept_aside import kept_from_bytes
from intake_tui.records.sealed_json import to_bytes
from intake_tui.vault import (
    VaultDamaged,
    VaultUntrusted,
    WrongRecovery,
    erasures,
    erasures_outside,
    keys,
    letters,
    log,
    log_pages,
    recovery,
    revisions,
    roster,
    slots,
    trust,
)
from intake_tui.vault.framing import bound, digest, frame, pad, unframe, unpad
from intake_tui.vault.kdf import Kdf
from intake_tui.vault.keys import Identity, Keys
from intake_tui.vault.log_pages import LogPlace
from intake_tui.vault.manifest import Manifest
from intake_tui.vault.roster import Member, Roster
from intake_tui.vault.seal import seal_padded, unseal_padded
from intake_tui.vault.tables import LOG, sound
from intake_tui.vault.testimony import Testimony
from intake_tui.vault.witness import DeviceFolder, Mark, Witness

HANGS_AFTER = 10  # seconds that one input may take
MEMORY = 1 << 30  # bytes that the process may have
AT = dt.datetime(2026, 11, 23, 13, 2, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Parser:
    """What is tried: valid inputs, what reads them, and what it may raise."""

    name: str
    valid: list[bytes] = field(repr=False)
    read: Callable[[bytes], object] = field(repr=False)
    raises: tuple[type[Exception], ...] = (VaultDamaged,)


def _log_entries() -> list[bytes]:
    one, device, hash_ = "ab" * 16, "cd" * 16, "ef" * 32
    marks: list[dict[str, Any]] = [
        {"slots": [[one, hash_]], "grants": [[one, 1, hash_]], "items": [[one, 1]]},
        {"heads": [[device, 3, hash_]], "roster": [2, hash_], "put_back": True},
        {"hash": hash_, "draft": one, "items": [[one, 7]]},
        {"counter": 9},
        {"drafts": [[one, 9]]},
        {"epoch": 2, "heads": [[device, 3, hash_]]},
    ]
    kinds = (
        ("created", "enrolled"), ("unlocked", "locked"), ("signed",),
        ("draft-new", "draft-left", "item"), ("drafts-listed",), ("rotated",),
    )  # fmt: skip
    return [
        log.Entry(1_700_000_000, what, bytes(16), (bytes(16), bytes(16)), mark).packed()
        for alike, mark in zip(kinds, marks, strict=True)
        for what in (*alike, "erased", "opened")
    ]


class Sealed:
    """Parsers of what needs keys."""

    def __init__(self) -> None:
        root = Ed25519PrivateKey.generate()
        self.root = root.public_key().public_bytes_raw()
        self.vault = roster.vault_id(self.root)
        self.keys = Keys.first(self.vault)
        self.who = Identity.new("Åse Brattli")
        members = [Member.of(self.who, "leader"), Member.of(Identity.new(""), "recovery")]
        self.first = roster.first(root, self.vault, self.keys.commitment(1), members)
        self.second = roster.following(
            self.first,
            self.who,
            self.vault,
            members,
            epoch=2,
            commitment=digest(b"another"),
        )
        self.printed = recovery.new_key()
        self.slot = slots.for_recovery(self.vault, self.who, self.printed)
        self.grant = trust.Grant.new(self.keys, members[0])
        self.id, self.case = bytes(16), bytes(range(16))
        self.row = revisions.Sealed.new(self.keys, self.id, self.case, b"head", b"body" * 99)
        self.aes = AESGCM(bytes(32))

    def rosters(self, data: bytes) -> object:
        """The chain with its second roster as those fields have it."""
        fields = unframe(data)
        if len(fields) != 4:
            raise VaultDamaged("frame")
        previous, commitment, members, signature = fields
        second = Roster(1, previous, 2, commitment, roster.unpack(members), signature)
        return roster.check(self.vault, self.root, [self.first, second])

    def unlocked(self, data: bytes) -> object:
        """A slot whose columns are those fields, opened with the printed key."""
        fields = unframe(data)
        if len(fields) != 6:
            raise VaultDamaged("frame")
        slot = slots.Slot(*fields)
        if slots.planted(self.vault, slot, self.first):
            raise VaultDamaged("slot")
        doors = slots.SignIn(self.vault, [slot], self.first)
        return doors.with_recovery(recovery.printed(self.printed))

    def unwrapped(self, data: bytes) -> object:
        """A slot whose sealed part holds that, opened with the right key."""
        one = self.slot
        about = slots._associated(self.vault, one.id, one.kem, one.signing, one.kdf)
        wrapped = seal_padded(self.aes, data, about, slots.STEP)
        changed = slots.Slot(one.id, one.kem, one.signing, one.kdf, wrapped, one.signature)
        return slots.unwrap(self.vault, changed, bytes(32))

    def granted(self, data: bytes) -> object:
        claims = trust.Claims(
            self.vault,
            self.root,
            [self.first],
            [self.slot],
            [trust.Grant(self.who.slot, 1, data)],
            {},
        )
        return trust.keys_for(claims, self.who)

    def revision(self, data: bytes) -> object:
        fields = unframe(data)
        if len(fields) != 5:
            raise VaultDamaged("frame")
        id_, case, wrapped, head, body = fields
        return revisions.open_both(self.keys, revisions.Sealed(id_, case, 1, wrapped, head, body))

    def line(self, data: bytes) -> object:
        return log.Line(bytes(16), 1, 1, bytes(32), data).opened(self.keys)

    def letter(self, data: bytes) -> object:
        about = letters.info(self.vault, self.who.slot, self.id)
        return unpad(keys.open_box(self.who.kem, data, about), letters.STEP)

    def parsers(self) -> Iterator[Parser]:
        one = self.slot
        columns = (one.id, one.kem, one.signing, one.kdf, one.wrapped, one.signature)
        private = (self.who.kem.private_bytes_raw(), self.who.signing.private_bytes_raw())
        second = self.second
        packed = roster.pack(second.members)
        signed = frame(second.previous, second.commitment, packed, second.signature)
        about = bound(self.vault, "log", bytes(16), 1, 1, bytes(32))
        line = seal_padded(self.keys.log(1), _log_entries()[0], about, log.STEP)
        row = self.row
        both = (VaultDamaged, VaultUntrusted)
        yield Parser("roster members", [packed], roster.unpack, (VaultUntrusted,))
        yield Parser("rosters", [signed], self.rosters, both)
        yield Parser("slot", [frame(*columns)], self.unlocked, (*both, WrongRecovery))
        yield Parser("inside of a slot", [frame("Åse", *private)], self.unwrapped, both)
        yield Parser("grant", [self.grant.box], self.granted, both)
        whole = frame(row.id, row.series, row.wrapped, row.head, row.body)
        yield Parser("revision", [whole], self.revision)
        yield Parser("log line", [line], self.line)
        (sealed, *_) = letters.rows(self.vault, self.id, self.first, self.who.slot, b"skrevet")
        yield Parser("letter", [sealed["box"]], self.letter)
        blob = seal_padded(self.aes, b"x" * 700, b"", 256)
        yield Parser("sealed", [blob], lambda data: unseal_padded(self.aes, data, b"", 256))


def entry(data: bytes) -> object:
    """An entry of the log, folded and shown."""
    read = log.Entry.unpack(data)
    manifest = Manifest()
    manifest.apply((bytes(16), 1), read)
    return log.Line(bytes(16), 1, 1, bytes(32), b"").shown(read), manifest.drafts


def witness(data: bytes) -> object:
    """A witness file; its numbers go to the database."""
    found = Witness.from_json(data.decode("ascii", "replace"))
    if found is not None:
        assert 0 <= found.n < 1 << 63
        assert 0 <= found.roster < 1 << 63
        assert (len(found.device), len(found.hash)) == (16, 32)
    return found


def typed(data: bytes) -> object:
    """The columns of a row as SQLite may hold them."""
    values = [data, len(data), str(len(data)), None, 1.5]
    return sound(values[: len(data) % 5], "bisbi"[: len(data) % 5])


def device(folder: Path) -> Callable[[bytes], object]:
    """Device file and witness file in a folder."""
    place = DeviceFolder(folder)

    def read(data: bytes) -> object:
        (folder / "device").write_bytes(data)
        (folder / f"{bytes(16).hex()}.witness").write_bytes(data)
        preferences_file = folder / preferences.FILE
        preferences_file.write_bytes(data)
        assert len(place.device()) == 16
        return place.read(bytes(16)), preferences.read(folder)

    return read


def records() -> Iterator[Parser]:
    from intake_tui.guide.load import load
    from talk_samples import whole_talk

    guide = load()
    talk = whole_talk(guide)
    snapshot = talk.snapshot()
    left = points(guide, snapshot.intake)
    head = head_to_bytes(snapshot, left, by="Åse", signed=AT)
    about: dict[str, Any] = {"of": "ab" * 16, "parents": ["cd" * 16], "at": AT, "by": "Åse"}
    amendment = Amendment("statement", "e1", "før", "etter", "feil")
    amended = later.amendment_to_bytes(amendment, **about, in_row=True)
    marked = later.mark_to_bytes("next:1", done=True, **about)
    body = shape(talk, status="signed", signed=AT)
    month = registrations.month_to_bytes("2026-11", [{"unit": "stay"}, {"reason": "silent"}])
    links = [
        joins.link_to_bytes(joins.Joined("ab" * 16, ("ab" * 16, "cd" * 16), AT, "Åse", "samme")),
        joins.link_to_bytes(joins.Parted("ab" * 16, "cd" * 16, AT, "Åse", "ikke samme")),
    ]
    kept = {"by": "ab" * 16, "concerns": "x", "stage": "reason", "now": None, "reason": "fordi"}
    settled = settings.Settings(centre="Senteret", language="nn", has=("groups",))
    jot = Jot.of("en linje\nen til")
    wrong = (RecordDamaged,)

    def row(data: bytes) -> object:
        return row_from_head(data, n=1, id=bytes(16), case=bytes(16))

    yield Parser("draft", [draft_to_bytes(snapshot, saved=AT)], draft_from_bytes, wrong)
    yield Parser("head", [head, amended[0], marked[0]], row, wrong)
    yield Parser(
        "body",
        [to_bytes({k: v for k, v in body.items() if k != "format"})],
        checking.record_check,
        wrong,
    )
    yield Parser("amendment", [amended[1]], later.amendment_from_bytes, wrong)
    yield Parser(
        "settings", [settings.settings_to_bytes(settled)], settings.settings_from_bytes, wrong
    )
    yield Parser("registrations", [month], registrations.month_from_bytes, wrong)
    yield Parser("joinings", links, lambda data: joins.link_from_bytes(bytes(16), data), wrong)
    copies = {"copies": [], "folders": {"ab" * 16: "/media/pinne"}, "days": 7}
    copy = {"id": "ab" * 16, "at": AT.isoformat(), "place": "/media/pinne/kopi.db", "rows": 7,
            "size": 4096, "device": "cd" * 16, "verified": None, "gone": False}  # fmt: skip
    listed = [to_bytes(copies), to_bytes({**copies, "copies": [copy]})]
    yield Parser("list of backups", listed, backups.kept_from_bytes, wrong)
    yield Parser("kept aside", [to_bytes(kept)], kept_from_bytes, wrong)
    yield Parser(
        "jotted letter",
        [jot.letter()],
        lambda data: read_letters([data.decode("utf-8", "replace")]),
        (),
    )


def _marks() -> bytes:
    of = Witness(bytes(16), 9, bytes(32), 1, bytes(32))
    return "\n".join(one.to_line() for one in (Mark(of), Mark(of, 4))).encode()


def _marks_read(data: bytes) -> object:
    """The lines of the file."""
    lines = data.decode("ascii", "replace").splitlines()
    return [one for one in map(Mark.from_line, lines) if one is not None]


class Outside:
    """Parsers of what lies beside a vault or in a backup, and where a reading of the log stands."""

    def __init__(self) -> None:
        sealed = self.sealed = Sealed()
        chain = [sealed.first, sealed.second]
        self.desk: Any = SimpleNamespace(
            vault=sealed.vault, identity=sealed.who, rosters=[sealed.first]
        )
        line = erasures.Erased.signed(sealed.vault, sealed.who, 1, bytes(16), [bytes(16)])
        self.list = erasures_outside.packed(self.desk, [line], chain)
        told = Testimony(
            bytes(16), sealed.who.slot, bytes(16), 9, bytes(32), 1, bytes(32), bytes(32)
        )
        fields = vars(told.signed(sealed.vault, sealed.who)).values()
        self.told = frame(*(one if isinstance(one, bytes) else _packed(one) for one in fields))
        self.engine = create_engine("sqlite://", poolclass=StaticPool)
        with self.engine.begin() as connection:
            LOG.create(connection)
            chained = log.Chain(sealed.keys, bytes(16), sealed.who.slot, None)
            for _ in range(4):
                chained.append(connection, "opened")

    def parsers(self) -> Iterator[Parser]:
        """All three."""
        yield Parser("list beside a backup", [self.list], self._list, ())
        yield Parser("backup's witness", [self.told], self._told)
        yield Parser("log's place", [bytes(16) + _packed(5), b"\1" * 24], self._page)

    def _list(self, data: bytes) -> object:
        (found,) = erasures_outside.opened(self.desk, [data])
        return found.lines, found.rosters

    def _told(self, data: bytes) -> object:
        """The row, whose numbers may be any that SQLite holds."""
        fields: list[Any] = unframe(data)
        if len(fields) != 9 or any(len(fields[at]) > 8 for at in (3, 5)):
            raise VaultDamaged("frame")
        for at in (3, 5):
            fields[at] = int.from_bytes(fields[at], "big", signed=True)
        told = Testimony(*sound(fields, "bbbibibbb"))
        return told.is_signed(self.sealed.vault, self.sealed.who.sign_public)

    def _page(self, data: bytes) -> object:
        """A device, and any number that a database holds."""
        place = LogPlace({data[:16]: int.from_bytes(data[16:24], "big", signed=True)})
        with self.engine.connect() as connection:
            return log_pages.page(connection, self.sealed.keys, place, 20)


def _packed(number: int) -> bytes:
    return number.to_bytes(8, "big", signed=True)


def everything(folder: Path) -> list[Parser]:
    """All of them. `folder` is for those that read files."""
    line = erasures.Erased.signed(
        bytes(16), Identity.new("Åse"), 1_700_000_000, bytes(16), [bytes(16)]
    )
    sheet = recovery.printed(bytes(range(20))).encode()
    files = [
        b"ab" * 16,
        Witness(bytes(16), 9, bytes(32), 1, bytes(32)).to_json().encode(),
        b'language = "nb"\nfunction_keys = true\n',
    ]
    return [
        Parser("frame", [frame(b"a", b"bc" * 40, 7, "x")], unframe),
        Parser("padding", [pad(b"x" * 300, 256)], lambda data: unpad(data, 256)),
        Parser("row", [b"", b"123"], typed),
        Parser("kdf", [Kdf.FLOOR.packed(), Kdf.USUAL.packed()], Kdf.parse, (VaultUntrusted,)),
        *Sealed().parsers(),
        Parser("erasures", [erasures.pack([line, line])], erasures.unpack),
        Parser("log entry", _log_entries(), entry),
        Parser("witness", files[1:2], witness, ()),
        Parser("device's files", files, device(folder), ()),
        Parser("recovery text", [sheet, sheet.lower().replace(b"-", b" ")],
               lambda data: recovery.parse(data.decode("utf-8", "replace")), (WrongRecovery,)),
        Parser("device's marks", [_marks()], _marks_read, ()),
        *Outside().parsers(),
        *records(),
    ]  # fmt: skip


# -- inputs ------------------------------------------------------------------------------------

_JSON_VALUES = [
    b"1e999", b"-1e999", b"NaN", b"Infinity", b"-1", b"1.5", b"null", b"true", b'""', b"[]", b"{}",
    b"9" * 30, b"9" * 5_000, b'"\\ud800"', b'"\xff"', b'"0001-01-01T00:00:00+14:00"',
    b'"9999-12-31T23:59:59-14:00"', b'"2026-11-23T13:02:00Z"', b"[" * 60 + b"]" * 60,
    b'{"a":' * 60 + b"1" + b"}" * 60, b'"' + b"a" * 70_000 + b'"', b'"__init__"', b'"\\u0000"',
]  # fmt: skip
_DEEP = [b"[" * 100_000, b'{"a":' * 50_000, b"[" * 900 + b"]" * 900]
_LENGTHS = [b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\0\0\0\1", b"\x00\x10\0\0"]


def mutated(valid: bytes, chance: random.Random) -> bytes:
    """One to four changes of a valid input."""
    data = bytearray(valid)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        chance.choice(_CHANGES)(data, chance)
    return bytes(data[: 1 << 20])


def _somewhere(data: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _flip(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[_somewhere(data, chance) :]


def _drop(data: bytearray, chance: random.Random) -> None:
    at = _somewhere(data, chance)
    del data[at : at + chance.randrange(1, 40)]


def _lengthen(data: bytearray, chance: random.Random) -> None:
    data += chance.randbytes(chance.choice((1, 16, 300)))


def _insert(data: bytearray, chance: random.Random) -> None:
    at = _somewhere(data, chance)
    data[at:at] = chance.randbytes(chance.randrange(1, 9))


def _length(data: bytearray, chance: random.Random) -> None:
    at = _somewhere(data, chance)
    data[at : at + 4] = chance.choice(_LENGTHS)


def _zero(data: bytearray, chance: random.Random) -> None:
    at, size = _somewhere(data, chance), chance.choice((1, 4, 32, 400))
    data[at : at + size] = bytes(min(size, len(data) - at))


def _repeat(data: bytearray, chance: random.Random) -> None:
    at = _somewhere(data, chance)
    data[at:at] = data[at : at + chance.randrange(1, 200)]


def _swap(data: bytearray, chance: random.Random) -> None:
    one, other = sorted((_somewhere(data, chance), _somewhere(data, chance)))
    data[:] = data[other:] + data[one:other] + data[:one]


def _value(data: bytearray, chance: random.Random) -> None:
    """Something else where a JSON value stands."""
    colons = [at for at, sign in enumerate(data) if sign in b":,["]
    if not colons:
        return
    at = chance.choice(colons) + 1
    end = next((n for n in range(at, len(data)) if data[n] in b",}]"), len(data))
    data[at:end] = chance.choice(_JSON_VALUES)


_CHANGES = (
    _flip, _flip, _cut, _drop, _lengthen, _insert, _length, _zero, _repeat, _swap, _value, _value,
    _value,
)  # fmt: skip


def inputs(parser: Parser, chance: random.Random) -> bytes:
    """Arbitrary bytes now and then, else a valid input that was changed."""
    kind = chance.random()
    if kind < 0.1:
        return chance.randbytes(chance.choice((0, 1, 4, 13, 64, 512, 4096)))
    if kind < 0.101:
        return chance.choice(_DEEP)
    return mutated(chance.choice(parser.valid), chance)


# -- a process of its own ----------------------------------------------------------------------


class Hangs(BaseException):
    """An input took too long. No parser may catch it."""


def _hangs(*_: object) -> None:
    raise Hangs


def tried(parsers: list[Parser], count: int, seed: int) -> dict[str, Any]:
    """Tries so many inputs; figures, or the first input that went wrong."""
    chance = random.Random(seed)
    signal.signal(signal.SIGALRM, _hangs)
    accepted = dict.fromkeys((one.name for one in parsers), 0)
    longest, begun = 0.0, time.monotonic()
    for number in range(count):
        parser = parsers[number % len(parsers)]
        data = inputs(parser, chance)
        signal.setitimer(signal.ITIMER_REAL, HANGS_AFTER)
        started = time.perf_counter()
        try:
            parser.read(data)
            accepted[parser.name] += 1
        except parser.raises:
            pass
        except BaseException as wrong:
            return {"parser": parser.name, "wrong": repr(wrong), "input": data[:2000].hex()}
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        longest = max(longest, time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "inputs": count,
        "parsers": len(parsers),
        "accepted": accepted,
        "seconds": round(time.monotonic() - begun, 1),
        "longest_ms": round(longest * 1000, 1),
        "peak_mib": peak // 1024,
    }


def main() -> None:
    import tempfile

    sys.path[:0] = [str(Path(__file__).parents[1])]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        found = tried(everything(Path(folder)), int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
