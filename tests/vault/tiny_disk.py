"""Run in a mount namespace of its own: a vault on a file system of 2 MiB that is really full.

Prints what it met as JSON. Anything that was lost ends it with an AssertionError.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from pathlib import Path

from work import Content, Work, opened

from intake_tui.vault import DiskFull, Kdf, store
from intake_tui.vault.witness import DeviceFolder


class Tiny:
    """The vault there, and somebody else's file that takes the rest."""

    def __init__(self, folder: Path) -> None:
        self.path, self.device, self.other = folder / "v.db", folder / "device", folder / "other"
        vault, _ = store.create(
            self.path, name="x", passphrase="x", kdf=Kdf.FLOOR, device=self.device
        )
        self.who = vault._desk.identity
        self.work = Work(vault, random.Random())
        self.met = Counter[str]()

    def fill(self) -> None:
        """To the last byte."""
        with self.other.open("ab", buffering=0) as file:
            for size in (65536, 4096, 512, 1):
                while True:
                    try:
                        file.write(b"x" * size)
                    except OSError:
                        break

    def free(self) -> None:
        self.other.unlink()

    def does(self, what: str) -> bool:
        before, step = self.work.content, self.work.step(what)
        try:
            step.do()
        except DiskFull:
            self.work.content = before
            self.met[f"{what} refused"] += 1
            return False
        finally:
            assert Content.of(self.work.vault) == self.work.content
        self.met[f"{what} done"] += 1
        return True

    def reopen(self) -> None:
        self.work.vault.lock()
        self.fill()
        self.work.vault = opened(self.path, self.who, DeviceFolder(self.device))
        assert Content.of(self.work.vault) == self.work.content


def main(folder: Path) -> None:
    tiny = Tiny(folder)
    for what in ("save", "sign", "save", "item"):
        assert tiny.does(what)
    tiny.fill()
    for _ in range(40):
        tiny.does("save")
    while tiny.does("sign"):
        pass
    for what in ("rotate", "enrol", "revoke", "item"):
        tiny.does(what)
    tiny.reopen()
    assert tiny.does("erase"), "erasing is possible on a full disk"
    for _ in range(20):
        tiny.does(random.choice(("save", "sign", "erase", "item")))
    tiny.reopen()
    tiny.free()
    for what in ("save", "sign", "erase", "save", "rotate"):
        assert tiny.does(what), what
    assert tiny.work.vault.verify().findings == ()
    tiny.work.vault.lock()
    print(json.dumps(tiny.met))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
