"""What can be left on a disk when the power goes: made from what was asked of it until then.

What was synced is there. Of what was written after a file's last sync, each sector may be at
any of its later versions, and the file's length and a deletion may or may not have come through.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from watched_disk import Act


@dataclass
class _File:
    safe: bytearray = field(default_factory=bytearray)
    since: list[Act] = field(default_factory=list)

    def synced(self) -> None:
        for act in self.since:
            _done(self.safe, act)
        self.since = []

    def left(self, chance: random.Random) -> bytes:
        """One of the states that it may be in."""
        state, sector = bytearray(self.safe), chance.choice((512, 4096))
        how = chance.choice(("nothing", "all", "the first", "any", "any"))
        acts = {"nothing": [], "all": self.since}.get(how, self.since)
        if how == "the first":
            acts = self.since[: chance.randint(0, len(self.since))]
            if acts and acts[-1].kind == "write":
                acts = [*acts[:-1], *_torn(acts[-1], sector, chance)]
        elif how == "any":
            share = chance.random()
            parts = [part for act in self.since for part in _sectors(act, sector)]
            acts = [part for part in parts if chance.random() < share]
        for act in acts:
            _done(state, act)
        return bytes(state) + self._length_without_data(len(state), chance)

    def _length_without_data(self, there: int, chance: random.Random) -> bytes:
        """The length may be on the disk before what was written there."""
        ends = [act.at + len(act.data) for act in self.since if act.kind == "write"]
        missing = max([*ends, there]) - there
        if not missing or chance.random() < 0.5:
            return b""
        return bytes(missing) if chance.random() < 0.5 else chance.randbytes(missing)


def _done(state: bytearray, act: Act) -> None:
    if act.kind == "truncate":
        del state[act.at :]
        state.extend(bytes(act.at - len(state)))
        return
    state.extend(bytes(max(0, act.at - len(state))))
    state[act.at : act.at + len(act.data)] = act.data


def _sectors(act: Act, sector: int) -> list[Act]:
    if act.kind == "truncate":
        return [act]
    begins = [act.at, *range((act.at // sector + 1) * sector, act.at + len(act.data), sector)]
    ends = [*begins[1:], act.at + len(act.data)]
    return [
        Act("write", act.file, begin, act.data[begin - act.at : end - act.at])
        for begin, end in zip(begins, ends, strict=True)
    ]


def _torn(act: Act, sector: int, chance: random.Random) -> list[Act]:
    parts = _sectors(act, sector)
    return parts[: chance.randint(0, len(parts))]


class Disk:
    """The files of one folder, as far as they are safe, and what was asked for since."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = {name: _File(bytearray(data)) for name, data in files.items()}
        self._gone: dict[str, _File] = {}  # deleted, but perhaps not on the disk yet

    def asked(self, act: Act) -> None:
        """The next thing that the engine asked for."""
        if act.kind == "delete":
            self._gone[act.file] = self._files.pop(act.file, _File())
            return
        file = self._files.setdefault(act.file, _File())
        if act.kind == "sync":
            file.synced()
            self._gone.pop(act.file, None)  # a new log's first sync is its folder's, too
        else:
            file.since.append(act)

    def left(self, chance: random.Random) -> dict[str, bytes]:
        """One of the states that it may be in when the power goes now."""
        back = {name: file for name, file in self._gone.items() if chance.random() < 0.5}
        return {name: file.left(chance) for name, file in (self._files | back).items()}
