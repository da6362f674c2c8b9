"""The independent reader's part for backups, written from docs/vault-format.md alone."""

from __future__ import annotations

import hashlib
from typing import Any

from reader import Reader, Refused, frame, sha, signed

ORDER = {
    "vault": "format",
    "slot": "id",
    "roster": "n",
    "grants": "slot, epoch",
    "epoch": "epoch",
    "revision": "n",
    "draft": "id",
    "item": "id",
    "log": "device, n",
    "letter": "id, slot",
}


class CopyReader(Reader):
    """A backup, opened and read as a vault; refused where its own row does not hold."""

    def _read(self) -> None:
        ((self.copy_id, *told, signature),) = self._rows("copy")
        slot, device, n, line, roster, roster_hash, content = told
        last = self._rows("roster")[-1]
        maker = self.roster.get(slot)
        if maker is None or (roster, roster_hash) != (last[0], self.roster_hash(last)):
            raise Refused("copy")
        message = self.bound("copy", self.copy_id, *told)
        if not signed(maker[1], signature, message) or content != self._content():
            raise Refused("copy")
        entries = {row[:2]: row for row in self._rows("log")}
        if self.line_hash(entries[device, n]) != line:
            raise Refused("copy")
        super()._read()

    def _content(self) -> bytes:
        fields: list[Any] = []
        for table, order in ORDER.items():
            rows = (frame(frame(*map(_value, row))) for row in self._rows(table, order))
            fields += [table, hashlib.sha256(b"".join(rows)).digest()]
        return sha(frame(*fields))


def _value(value: Any) -> bytes:
    if value is None:
        return b"n"
    if isinstance(value, int):
        return b"i" + str(value).encode()
    return b"b" + value if isinstance(value, bytes) else b"s" + value.encode()
