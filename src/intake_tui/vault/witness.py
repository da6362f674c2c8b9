"""What this device remembers outside the vault: its own id, and how far the vault had come.

Only this notices that the whole file was put back to an older state. It lies in the
device's own folder and in every backup, holds no secret, and is compared at the
numbers it names.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from intake_tui.vault import durable
from intake_tui.vault.framing import HASH_SIZE, ID_SIZE, digest, frame
from intake_tui.vault.place import Location, is_server


@dataclass(frozen=True)
class Witness:
    """One device's last log entry and the newest roster, each by number and hash.

    `older`: it was restored from before a change of who may read, see `Desk.older`.
    """

    device: bytes
    n: int
    hash: bytes
    roster: int
    roster_hash: bytes
    older: bool = False

    def to_json(self) -> str:
        """As it stands in the file."""
        return json.dumps(
            {
                "device": self.device.hex(),
                "n": self.n,
                "hash": self.hash.hex(),
                "roster": self.roster,
                "roster_hash": self.roster_hash.hex(),
                **({"older": True} if self.older else {}),
                "sum": self._sum,
            }
        )

    @property
    def _sum(self) -> str:
        """Tells a damaged file from one that contradicts the vault; anybody can make it."""
        numbers = self.n, self.roster, int(self.older)
        told = frame("witness", self.device, self.hash, self.roster_hash, *numbers)
        return digest(told)[:8].hex()

    @classmethod
    def from_json(cls, text: str) -> Witness | None:
        """The witness in a file; None when it is not one."""
        try:
            raw = json.loads(text)
            found = cls(
                bytes.fromhex(raw["device"]),
                int(raw["n"]),
                bytes.fromhex(raw["hash"]),
                int(raw["roster"]),
                bytes.fromhex(raw["roster_hash"]),
                raw.get("older") is True,
            )
            return found if found._possible and raw["sum"] == found._sum else None
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None

    @property
    def _possible(self) -> bool:
        """Whether sizes and numbers are those of a vault: they go to the database."""
        sizes = len(self.device), len(self.hash), len(self.roster_hash)
        numbers = 0 <= self.n < 1 << 63 and 0 <= self.roster < 1 << 63
        return numbers and sizes == (ID_SIZE, HASH_SIZE, HASH_SIZE)


@dataclass(frozen=True)
class Mark:
    """An end that this device's chain has had, and which is kept.

    `since` is None for a backup that was made, and otherwise the number at which the file stood
    that was put in the place of the newest one.
    """

    of: Witness
    since: int | None = None

    def to_line(self) -> str:
        """As it stands in the file."""
        return f"{'' if self.since is None else self.since} {self.of.to_json()}"

    @classmethod
    def from_line(cls, line: str) -> Mark | None:
        """One of them; None for a line that is none."""
        since, _, witness = line.partition(" ")
        of = Witness.from_json(witness)
        if of is None or len(since) > 19 or not (since.isdecimal() or not since):
            return None
        return cls(of, int(since) if since else None)


MARKS = 100  # that are kept, the newest
LONGEST_MARKS = 1 << 16
LONGEST = 4096  # bytes of one of these files; what is longer is another file
LONGEST_LIST = 1 << 25  # of a list of erasures: more than 100 000 cases


def _text(path: Path) -> str:
    """What stands in a small file. Raises OSError, ValueError."""
    with path.open("rb") as file:
        return file.read(LONGEST).decode("ascii")


def place_key(location: Location) -> str:
    """A place without saying it: 8 bytes in hex. A server's without its password."""
    if is_server(location):
        before, at, after = str(location).rpartition("@")
        named = before.rpartition(":")[0] + at + after if at else after
    else:
        named = str(Path(location).expanduser().resolve())
    return digest(b"place" + named.encode("utf-8", "surrogatepass"))[:8].hex()


class DeviceFolder:
    """The device id, and for each vault its witness and what was erased from it.

    A folder that fails is a warning. A vault that was restored has a witness of its own at its
    place, and a device id of its own: the one that it was copied from may go on beside it, and
    chains must not fork.
    """

    def __init__(self, folder: Path, location: Location | None = None) -> None:
        self._folder = folder
        self._place = None if location is None else place_key(location)
        self._anew = False
        self.lost = False
        self.damaged: set[Path] = set()
        """Files that should be a witness and are none: then nothing is remembered."""

    def device(self, vault: bytes | None = None) -> bytes:
        """This device's id: 16 random bytes, made the first time; a passing one if it cannot be.

        At the place of a restored vault it is that vault's.
        """
        place = self._own(vault) if vault is not None else None
        own = self._read(place)
        if own is not None:
            return own.device
        if place in self.damaged:
            return self.begin_anew()  # which one it was is lost, and the file's may be another's
        path = self._folder / "device"
        try:
            known = bytes.fromhex(_text(path).strip())
            if len(known) == ID_SIZE:
                return known
        except (OSError, ValueError):
            pass
        fresh = secrets.token_bytes(ID_SIZE)
        self._write(path, fresh.hex().encode())
        return fresh

    def begin_anew(self) -> bytes:
        """Another id for the vault at this place, whose own chain cannot be written on.

        It is this device's from the first witness on.
        """
        self._anew = True
        return secrets.token_bytes(ID_SIZE)

    def read(self, vault: bytes) -> Witness | None:
        """What this device last saw of a vault, here if it was restored to this place."""
        own = self._own(vault)
        known = self._read(own)
        return known if known or own in self.damaged else self._read(self._path(vault))

    def _read(self, path: Path | None) -> Witness | None:
        try:
            known = Witness.from_json(_text(path)) if path else None
        except OSError:
            return None
        except ValueError:
            known = None
        if path and known is None:
            self.damaged.add(path)
        return known

    def write(self, vault: bytes, witness: Witness) -> None:
        """Remember; never raises, since the text in the vault is worth more than its witness."""
        own = self._own(vault)
        settled = own is not None and (self._anew or os.path.lexists(own))
        path = own if own is not None and settled else self._path(vault)
        if path in self.damaged:
            self._set_aside(path)
        self._write(path, witness.to_json().encode())

    @contextmanager
    def settled(self, vault: bytes, witness: Witness) -> Iterator[None]:
        """Remember a vault that is restored to this place; as before if that fails."""
        own = self._own(vault)
        before = durable.read(own, LONGEST) if own is not None else None
        if own is not None:
            self._write(own, witness.to_json().encode())
        try:
            yield
        except BaseException:
            if own is not None:
                self._put_back(own, before)
            raise

    def _put_back(self, path: Path, before: bytes | None) -> None:
        if before is not None:
            self._write(path, before)
            return
        with suppress(OSError):
            path.unlink()

    def seen(self, vault: bytes) -> list[Witness]:
        """All that this device remembers of a vault, wherever it lay; the last one first."""
        found = sorted(self._folder.glob(f"{vault.hex()}*.witness"), key=_written, reverse=True)
        return [known for known in map(self._read, found) if known is not None]

    def marks(self, vault: bytes) -> list[Mark]:
        """Ends of this device's chain that are kept, the oldest first."""
        data = durable.read(self._path(vault, "marks"), LONGEST_MARKS) or b""
        lines = data.decode("ascii", "replace").splitlines()
        return [mark for mark in map(Mark.from_line, lines) if mark is not None]

    def mark(self, vault: bytes, mark: Mark) -> None:
        """Keep one; never raises, see `write`."""
        known = self.marks(vault)
        if mark not in known:
            lines = (one.to_line() for one in (*known, mark)[-MARKS:])
            self._write(self._path(vault, "marks"), "\n".join(lines).encode())

    def read_erasures(self, vault: bytes) -> bytes | None:
        """The sealed list of what was erased from a vault, see `erasures_outside`."""
        return durable.read(self._path(vault, "erasures"), LONGEST_LIST)

    def write_erasures(self, vault: bytes, sealed: bytes) -> None:
        """Keep the list; never raises, see `write`."""
        self._write(self._path(vault, "erasures"), sealed)

    def set_erasures_aside(self, vault: bytes) -> None:
        """Leave a list that is not believed to whoever looks into it."""
        self._set_aside(self._path(vault, "erasures"))

    def _set_aside(self, path: Path) -> None:
        self.damaged.discard(path)
        with suppress(OSError):
            path.replace(path.with_name(f"{path.name}.refused"))

    def _path(self, vault: bytes, what: str = "witness") -> Path:
        return self._folder / f"{vault.hex()}.{what}"

    def _own(self, vault: bytes) -> Path | None:
        return self._folder / f"{vault.hex()}-{self._place}.witness" if self._place else None

    def _write(self, path: Path, content: bytes) -> None:
        try:
            durable.replace(path, content)
        except OSError:
            self.lost = True


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


class Nowhere(DeviceFolder):
    """For a vault that is only looked at, or not in its place yet: remembers nothing."""

    def __init__(self) -> None:
        super().__init__(Path())

    def read(self, vault: bytes) -> Witness | None:
        """Nothing."""
        return None

    def write(self, vault: bytes, witness: Witness) -> None:
        """Nothing."""

    def marks(self, vault: bytes) -> list[Mark]:
        """Nothing."""
        return []

    def mark(self, vault: bytes, mark: Mark) -> None:
        """Nothing."""

    def read_erasures(self, vault: bytes) -> bytes | None:
        """Nothing."""
        return None

    def write_erasures(self, vault: bytes, sealed: bytes) -> None:
        """Nothing."""

    def set_erasures_aside(self, vault: bytes) -> None:
        """Nothing."""
