"""The independent reader's second half: what the log says that there must be.

Written from docs/vault-format.md alone, like `reader`; imports nothing of the program.
"""

from __future__ import annotations

from typing import Any


class Told:
    """The log as manifest. Counters only rise, and an end is final."""

    def __init__(self) -> None:
        self._signed: dict[bytes, str] = {}
        self._saved: dict[bytes, int] = {}
        self._ended: set[bytes] = set()
        self._erased: set[bytes] = set()
        self.items: dict[bytes, int] = {}
        self.heads: list[tuple[tuple[bytes, int], bytes]] = []

    @property
    def revisions(self) -> dict[bytes, str]:
        return {id_: hash_ for id_, hash_ in self._signed.items() if id_ not in self._erased}

    @property
    def drafts(self) -> dict[bytes, int]:
        return {id_: n for id_, n in self._saved.items() if n and id_ not in self._ended}

    def _take_counters(self, marks: dict[str, Any]) -> None:
        for named, counters in (("items", self.items), ("drafts", self._saved)):
            for id_, counter in marks.get(named, []):
                highest(counters, bytes.fromhex(id_), counter)

    def take_in(self, entry: dict[str, Any]) -> None:
        ids, marks = [bytes.fromhex(id_) for id_ in entry["ids"]], entry["marks"]
        self._take_counters(marks)
        for device, n, hash_ in marks.get("heads", []):
            self.heads.append(((bytes.fromhex(device), n), bytes.fromhex(hash_)))
        what = entry["what"]
        if what == "signed":
            self._signed[ids[0]] = marks["hash"]
            self._ended.add(bytes.fromhex(marks.get("draft", "")))
        elif what == "erased":
            self._erased.update(ids)
        elif what == "draft-erased":
            self._ended.update(ids)
        elif what.startswith("draft-"):
            highest(self._saved, ids[0], marks["counter"])
        elif what in ("item", "item-removed"):
            highest(self.items, ids[0], marks["counter"])


def highest(counters: dict[bytes, int], id_: bytes, counter: int) -> None:
    counters[id_] = max(counter, counters.get(id_, 0))
