"""Revisions: signed, immutable rows, each under a random key of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, bindparam, func, select

from intake_tui.vault.desk import Desk
from intake_tui.vault.drafts import Drafts
from intake_tui.vault.errors import DiskFull, VaultDamaged, VaultReadOnly
from intake_tui.vault.framing import ID_SIZE, bound, digest, frame
from intake_tui.vault.items import Items
from intake_tui.vault.keys import Keys
from intake_tui.vault.seal import seal, seal_padded, unseal, unseal_padded
from intake_tui.vault.shapes import Head, OfCase
from intake_tui.vault.tables import REVISION, sound

HEAD_STEP, BODY_STEP = 256, 1024

_INSERT = REVISION.insert()
_HEAD_COLUMNS = (
    REVISION.c.n,
    REVISION.c.id,
    REVISION.c.series,
    REVISION.c.epoch,
    REVISION.c.wrapped,
    REVISION.c.head,
)
_HEADS = select(*_HEAD_COLUMNS).order_by(REVISION.c.n.desc()).limit(bindparam("most"))
_OLDER = _HEADS.where(REVISION.c.n < bindparam("before"))
_AT = select(*_HEAD_COLUMNS).where(REVISION.c.n == bindparam("n"))
_HEAD = select(*_HEAD_COLUMNS).where(REVISION.c.id == bindparam("row"))
_OF_CASE = select(REVISION.c.n).where(REVISION.c.series == bindparam("case")).order_by(REVISION.c.n)
_ONE = select(REVISION).where(REVISION.c.id == bindparam("row"))


Known: TypeAlias = Callable[[bytes], bool]  # whether the revision with that id was opened before


def no(id_: bytes) -> bool:
    """No revision was."""
    return False


@dataclass(frozen=True)
class Sealed:
    """The sealed columns of one revision."""

    id: bytes
    series: bytes
    epoch: int
    wrapped: bytes
    head: bytes
    body: bytes = b""

    @classmethod
    def new(cls, keys: Keys, id_: bytes, case: bytes, head: bytes, body: bytes) -> Sealed:
        """Seal both parts under a fresh row key, and that under the vault key."""
        raw = AESGCM.generate_key(256)
        row = AESGCM(raw)
        sealed_head = seal_padded(row, head, bound(keys.vault, "head", id_, case), HEAD_STEP)
        about_body = bound(keys.vault, "body", id_, case, digest(sealed_head))
        sealed_body = seal_padded(row, body, about_body, BODY_STEP)
        wrapped = wrap(keys, id_, case, raw)
        return cls(id_, case, keys.epoch, wrapped, sealed_head, sealed_body)

    @property
    def hash(self) -> bytes:
        """What the log keeps: all but what a new vault key changes, and the row's number."""
        return digest(frame(self.id, self.series, self.head, self.body))


def wrap(keys: Keys, id_: bytes, case: bytes, raw: bytes) -> bytes:
    """A row key under the current epoch."""
    return seal(keys.rows(keys.epoch), raw, bound(keys.vault, "row", id_, case, keys.epoch))


def unwrap(keys: Keys, id_: bytes, case: bytes, epoch: int, wrapped: object) -> bytes:
    """A row key; raises VaultDamaged, also for one under a key that somebody may have kept."""
    raw = unseal(keys.rows(epoch), wrapped, bound(keys.vault, "row", id_, case, epoch))
    keys.must_be_current(epoch)
    if len(raw) != 32:
        raise VaultDamaged("row")
    return raw


def open_head(keys: Keys, one: Sealed) -> bytes:
    """The head's bytes; the body may be empty. Raises VaultDamaged."""
    row = AESGCM(unwrap(keys, one.id, one.series, one.epoch, one.wrapped))
    about = bound(keys.vault, "head", one.id, one.series)
    return unseal_padded(row, one.head, about, HEAD_STEP)


def open_both(keys: Keys, one: Sealed) -> tuple[bytes, bytes]:
    """Head and body; raises VaultDamaged."""
    row = AESGCM(unwrap(keys, one.id, one.series, one.epoch, one.wrapped))
    about_head = bound(keys.vault, "head", one.id, one.series)
    about_body = bound(keys.vault, "body", one.id, one.series, digest(one.head))
    head = unseal_padded(row, one.head, about_head, HEAD_STEP)
    return head, unseal_padded(row, one.body, about_body, BODY_STEP)


def numbered(row: Sequence[Any], kinds: str) -> tuple[Any, ...]:
    """`sound` for a row with its number, from 1 to below 2^32. Raises VaultDamaged."""
    values = sound(row, kinds)
    if not 1 <= values[0] < 1 << 32:
        raise VaultDamaged("row")  # it would come last or first of all, and be believed
    return values


class Revisions:
    """The revision table of an open vault."""

    def __init__(self, desk: Desk, drafts: Drafts, items: Items) -> None:
        self._desk = desk
        self._drafts = drafts
        self._items = items

    def sign(
        self,
        revision: Callable[[Keys], Sealed],
        draft: bytes | None,
        items: Mapping[bytes, tuple[str, bytes]],
    ) -> int:
        """One transaction: the revision, its log entry, its items; its draft goes."""

        def work(connection: Connection) -> int:
            one = revision(self._desk.keys)
            result = connection.execute(_INSERT, vars(one))
            ended = draft is not None and self._drafts.end(connection, draft)
            stored = [
                [id_.hex(), self._items.store(connection, id_, kind, blob)]
                for id_, (kind, blob) in items.items()
            ]
            marks: dict[str, Any] = {"hash": one.hash.hex()}
            if ended and draft is not None:
                marks["draft"] = draft.hex()
            if stored:
                marks["items"] = stored
            self._desk.chain.append(connection, "signed", [one.id], marks)
            return _number(result.inserted_primary_key)

        return self._desk.write(work)

    def heads(self, before: int | None, limit: int, known: Known) -> list[Head]:
        """Newest first, that page only. Damaged rows are left out and warned of.

        Those with a known id are not opened: their bytes are empty.
        """
        values = {"most": limit, "before": before}
        try:
            statement = _HEADS if before is None else _OLDER
            rows = self._read(lambda c: list(c.execute(statement, values).all()))
        except VaultDamaged:
            rows = self._one_by_one(before, limit)
        opened = (self._opened(row, known) for row in rows)
        return [head for head in opened if head is not None]

    def _read(self, work: Callable[[Connection], list[Any]]) -> list[Any]:
        return self._desk.read(work)

    def _one_by_one(self, before: int | None, limit: int) -> list[Any]:
        """Around pages that the engine cannot read."""
        self._desk.warn("damaged")
        at = (self._newest() + 1 if before is None else before) - 1
        rows: list[Any] = []
        while at > 0 and len(rows) < limit:
            try:
                rows += self._read(lambda c, n=at: list(c.execute(_AT, {"n": n}).all()))  # type: ignore[misc]
            except VaultDamaged:
                self._desk.warn("damaged")
            at -= 1
        return rows

    def _newest(self) -> int:
        newest = self._desk.read(lambda c: c.execute(select(func.max(REVISION.c.n))).scalar())
        return newest if isinstance(newest, int) else 0

    def _opened(self, row: Any, known: Known = no) -> Head | None:
        try:
            n, *columns = numbered(row, "ibbibb")  # before anybody is asked about its id
            one = Sealed(*columns)
            return Head(n, one.id, one.series, b"" if known(one.id) else self._open(one))
        except VaultDamaged:
            self._desk.warn("damaged")
            return None

    def _head(self, row: Any) -> Head:
        n, *columns = numbered(row, "ibbibb")
        one = Sealed(*columns)
        return Head(n, one.id, one.series, self._open(one))

    def _open(self, one: Sealed) -> bytes:
        return open_head(self._desk.keys, one)

    def head(self, id_: bytes) -> Head | None:
        """One head; None where there is no such row. Raises VaultDamaged."""
        row = self._desk.read(lambda c: c.execute(_HEAD, {"row": id_}).first())
        return None if row is None else self._head(row)

    def of_case(self, case: bytes) -> OfCase:
        """Each head of the case; one that cannot be read keeps no other one away."""
        numbers = self._desk.read(lambda c: c.execute(_OF_CASE, {"case": case}).scalars().all())
        found = [(n, self._at(n)) for n in numbers]
        return OfCase(
            heads=tuple(head for _, head in found if head is not None),
            damaged=tuple(n for n, head in found if head is None),
        )

    def _at(self, n: int) -> Head | None:
        try:
            return self._opened(self._desk.read(lambda c: c.execute(_AT, {"n": n}).one()))
        except VaultDamaged:
            self._desk.warn("damaged")
            return None

    def whose(self, n: int) -> tuple[bytes | None, bytes | None]:
        """Case and head of a row that may be damaged; the case as it stands in the clear."""
        row = self._desk.read(lambda c: c.execute(_AT, {"n": n}).first())
        if row is None:
            return None, None
        case = row[2] if isinstance(row[2], bytes) and len(row[2]) == ID_SIZE else None
        try:
            return case, self._head(row).head
        except VaultDamaged:
            return case, None

    def body(self, id_: bytes) -> bytes:
        """One body; the log says that it was opened. Raises VaultDamaged."""
        body = self._body(id_)
        self._log_opened([id_])
        return body

    def bodies(self, ids: Sequence[bytes]) -> list[bytes | None]:
        """Several bodies, opened in one entry of the log; None for one that is damaged."""
        bodies = [self._body_if_sound(id_) for id_ in ids]
        self._log_opened(ids)
        return bodies

    def _body_if_sound(self, id_: bytes) -> bytes | None:
        try:
            return self._body(id_)
        except VaultDamaged:
            self._desk.warn("damaged")
            return None

    def _body(self, id_: bytes) -> bytes:
        row = self._desk.read(lambda c: c.execute(_ONE, {"row": id_}).first())
        if row is None:
            raise VaultDamaged("no such row")
        _, body = open_both(self._desk.keys, Sealed(*sound(row, "ibbibbb")[1:]))
        return body

    def _log_opened(self, ids: Sequence[bytes]) -> None:
        try:
            self._desk.write(lambda c: self._desk.chain.append(c, "opened", ids))
        except (DiskFull, VaultDamaged, VaultReadOnly):
            self._desk.warn("not-logged")  # what is readable stays readable

    def cases(self) -> list[bytes]:
        """The cases of which there is any."""
        return list(self._desk.read(lambda c: c.execute(_CASES).scalars().all()))

    def count(self) -> int:
        """How many revisions there are."""
        return int(self._desk.read(lambda c: c.execute(_COUNT).scalar_one()))


_CASES = select(REVISION.c.series).distinct()
_COUNT = select(func.count()).select_from(REVISION)


def _number(key: Sequence[Any] | None) -> int:
    return 0 if key is None else int(key[0])
