"""The tables. Names are neutral, ids are random, and everything said or named is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, MetaData, Table
from sqlmodel import Field, SQLModel

from intake_tui.vault.errors import VaultDamaged

_METADATA = MetaData()


class Row(SQLModel):
    """What every table of the vault has in common: one set of metadata of its own."""

    metadata = _METADATA


class VaultRow(Row, table=True):
    """One row: the format's number and the root public key."""

    __tablename__ = "vault"
    format: int = Field(primary_key=True)
    root: bytes = Field(sa_type=LargeBinary)


class SlotRow(Row, table=True):
    """One counsellor's wrapped private keys."""

    __tablename__ = "slot"
    id: bytes = Field(primary_key=True, sa_type=LargeBinary)
    kem: bytes = Field(sa_type=LargeBinary)
    signing: bytes = Field(sa_type=LargeBinary)
    kdf: bytes = Field(sa_type=LargeBinary)
    wrapped: bytes = Field(sa_type=LargeBinary)
    signature: bytes = Field(sa_type=LargeBinary)


class RosterRow(Row, table=True):
    """Who may read, signed."""

    __tablename__ = "roster"
    n: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    previous: bytes = Field(sa_type=LargeBinary)
    epoch: int = Field(sa_type=BigInteger)
    commitment: bytes = Field(sa_type=LargeBinary)
    members: bytes = Field(sa_type=LargeBinary)
    signature: bytes = Field(sa_type=LargeBinary)


class GrantRow(Row, table=True):
    """An epoch's vault key, for one slot."""

    __tablename__ = "grants"
    slot: bytes = Field(primary_key=True, sa_type=LargeBinary)
    epoch: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    box: bytes = Field(sa_type=LargeBinary)


class EpochRow(Row, table=True):
    """The vault key of the epoch before, sealed under that of `epoch`."""

    __tablename__ = "epoch"
    epoch: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    previous: bytes = Field(sa_type=LargeBinary)


class RevisionRow(Row, table=True):
    """One signed revision."""

    __tablename__ = "revision"
    n: int | None = Field(default=None, primary_key=True)
    id: bytes = Field(sa_type=LargeBinary, unique=True)
    series: bytes = Field(sa_type=LargeBinary, index=True)
    epoch: int = Field(sa_type=BigInteger)
    wrapped: bytes = Field(sa_type=LargeBinary)
    head: bytes = Field(sa_type=LargeBinary)
    body: bytes = Field(sa_type=LargeBinary)


class DraftRow(Row, table=True):
    """One open intake."""

    __tablename__ = "draft"
    id: bytes = Field(primary_key=True, sa_type=LargeBinary)
    counter: int = Field(sa_type=BigInteger)
    epoch: int = Field(sa_type=BigInteger)
    blob: bytes = Field(sa_type=LargeBinary)


class ItemRow(Row, table=True):
    """Anything else that is sealed."""

    __tablename__ = "item"
    id: bytes = Field(primary_key=True, sa_type=LargeBinary)
    kind: str = Field(index=True)
    counter: int = Field(sa_type=BigInteger)
    epoch: int = Field(sa_type=BigInteger)
    blob: bytes = Field(sa_type=LargeBinary)


class LogRow(Row, table=True):
    """One entry of a device's log; `previous` is the hash of all before it in its chain."""

    __tablename__ = "log"
    device: bytes = Field(primary_key=True, sa_type=LargeBinary)
    n: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    epoch: int = Field(sa_type=BigInteger)
    previous: bytes = Field(sa_type=LargeBinary)
    entry: bytes = Field(sa_type=LargeBinary)


class LetterRow(Row, table=True):
    """What was typed while the vault was locked, for one slot."""

    __tablename__ = "letter"
    id: bytes = Field(primary_key=True, sa_type=LargeBinary)
    slot: bytes = Field(primary_key=True, sa_type=LargeBinary)
    box: bytes = Field(sa_type=LargeBinary)


def _table(name: str) -> Table:
    return _METADATA.tables[name]


ALL = _METADATA
VAULT, SLOT, ROSTER = _table("vault"), _table("slot"), _table("roster")
GRANT, EPOCH = _table("grants"), _table("epoch")
REVISION, DRAFT, ITEM = _table("revision"), _table("draft"), _table("item")
LOG, LETTER = _table("log"), _table("letter")


def sound(row: Sequence[Any], kinds: str) -> tuple[Any, ...]:
    """The row's values, if they are of the kinds they were written as (SQLite holds any).

    `kinds` has one letter a column: b bytes, i whole number, s text. Raises VaultDamaged.
    """
    values = tuple(row)
    if tuple(map(type, values)) != _types(kinds):
        raise VaultDamaged("row")
    return values


@cache
def _types(kinds: str) -> tuple[type, ...]:
    return tuple({"b": bytes, "i": int, "s": str}[kind] for kind in kinds)


def all_sound(rows: Iterable[Sequence[Any]], kinds: str) -> Iterator[tuple[Any, ...]]:
    """`sound` for each row."""
    return (sound(row, kinds) for row in rows)
