"""The independent reader's second half: what the log says that there must be.

Written from docs/vault-format.md alone, like `reader`; imports nothing of the program.
"""

from __future__ import annotations

from typing import Any


def in_order(log: list[tuple[bytes, int, dict[str, Any]]]) -> list[dict[str, Any]]:
    """All chains as one list: after the heads that an entry names, then by time."""
    chains: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for device, _, entry in log:
        chain = chains.setdefault(device.hex(), [])
        chain.append((max(entry["at"], chain[-1][0] if chain else 0), entry))
    done, entries = dict.fromkeys(chains, 0), []
    while waiting := [one for one in chains if done[one] < len(chains[one])]:
        ready = [one for one in waiting if follows(chains[one][done[one]][1], done)]
        chosen = min(ready, key=lambda one: (chains[one][done[one]][0], one))
        entries.append(chains[chosen][done[chosen]][1])
        done[chosen] += 1
    return entries


def follows(entry: dict[str, Any], done: dict[str, int]) -> bool:
    return all(done.get(device, 0) >= n for device, n, _ in entry["marks"].get("heads", []))


class Told:
    """The log as manifest."""

    def __init__(self) -> None:
        self.revisions: dict[bytes, str] = {}
        self.drafts: dict[bytes, int] = {}
        self.items: dict[bytes, int] = {}
        self.heads: list[tuple[tuple[bytes, int], bytes]] = []

    def take_in(self, entry: dict[str, Any]) -> None:
        ids, marks = [bytes.fromhex(id_) for id_ in entry["ids"]], entry["marks"]
        for id_, counter in marks.get("items", []):
            self._item(bytes.fromhex(id_), counter)
        for device, n, hash_ in marks.get("heads", []):
            self.heads.append(((bytes.fromhex(device), n), bytes.fromhex(hash_)))
        what = entry["what"]
        if what == "signed":
            self.revisions[ids[0]] = marks["hash"]
            self.drafts.pop(bytes.fromhex(marks.get("draft", "")), None)
        elif what.startswith("draft-"):
            self._draft(what, ids[0], marks.get("counter", 0))
        elif what == "item":
            self._item(ids[0], marks["counter"])
        for id_ in ids if what in ("erased", "item-removed") else ():
            (self.revisions if what == "erased" else self.items).pop(id_, None)

    def _item(self, id_: bytes, counter: int) -> None:
        self.items[id_] = max(counter, self.items.get(id_, 0))

    def _draft(self, what: str, id_: bytes, counter: int) -> None:
        if what == "draft-erased":
            self.drafts.pop(id_, None)
        elif counter:
            self.drafts[id_] = counter
