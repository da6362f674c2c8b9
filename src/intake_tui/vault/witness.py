"""What this device remembers outside the vault: its own id, and how far the vault had come.

Only this notices that the whole file was put back to an older state. It lies in the
device's own folder and in every backup, holds no secret, and is compared at the
numbers it names.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from intake_tui.vault import durable
from intake_tui.vault.framing import HASH_SIZE, ID_SIZE


@dataclass(frozen=True)
class Witness:
    """One device's last log entry and the newest roster, each by number and hash."""

    device: bytes
    n: int
    hash: bytes
    roster: int
    roster_hash: bytes

    def to_json(self) -> str:
        """As it stands in the file, and in a backup."""
        return json.dumps(
            {
                "device": self.device.hex(),
                "n": self.n,
                "hash": self.hash.hex(),
                "roster": self.roster,
                "roster_hash": self.roster_hash.hex(),
            }
        )

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
            )
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None
        return found if found._possible else None

    @property
    def _possible(self) -> bool:
        """Whether sizes and numbers are those of a vault: they go to the database."""
        sizes = len(self.device), len(self.hash), len(self.roster_hash)
        numbers = 0 <= self.n < 1 << 63 and 0 <= self.roster < 1 << 63
        return numbers and sizes == (ID_SIZE, HASH_SIZE, HASH_SIZE)


LONGEST = 4096  # bytes of one of these files; what is longer is another file


def _text(path: Path) -> str:
    """What stands in a small file. Raises OSError, ValueError."""
    with path.open("rb") as file:
        return file.read(LONGEST).decode("ascii")


class DeviceFolder:
    """The device id, and for each vault its witness and what was erased from it.

    A folder that fails is a warning.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.lost = False

    def device(self) -> bytes:
        """This device's id: 16 random bytes, made the first time; a passing one if it cannot be."""
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

    def read(self, vault: bytes) -> Witness | None:
        """What this device last saw of a vault."""
        try:
            return Witness.from_json(_text(self._path(vault)))
        except (OSError, ValueError):
            return None

    def write(self, vault: bytes, witness: Witness) -> None:
        """Remember; never raises, since the text in the vault is worth more than its witness."""
        self._write(self._path(vault), witness.to_json().encode())

    def read_erasures(self, vault: bytes) -> bytes | None:
        """The sealed list of what was erased from a vault, see `erasures_outside`."""
        try:
            return self._path(vault, "erasures").read_bytes()
        except OSError:
            return None

    def write_erasures(self, vault: bytes, sealed: bytes) -> None:
        """Keep the list; never raises, see `write`."""
        self._write(self._path(vault, "erasures"), sealed)

    def set_erasures_aside(self, vault: bytes) -> None:
        """Leave a list that is not believed to whoever looks into it."""
        path = self._path(vault, "erasures")
        with suppress(OSError):
            path.replace(path.with_suffix(".refused"))

    def _path(self, vault: bytes, what: str = "witness") -> Path:
        return self._folder / f"{vault.hex()}.{what}"

    def _write(self, path: Path, content: bytes) -> None:
        try:
            durable.replace(path, content)
        except OSError:
            self.lost = True
