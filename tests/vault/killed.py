"""A process that works on a vault until it is killed, and says line by line how far it came.

It begins each operation with what will be there afterwards, and acknowledges it when it has
returned: in between it is killed, at a random time, or by itself at a random write.

Run as a script it waits for orders and has a child carry out each, so that nothing is imported
and no key is derived for a kill.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from apsw_dbapi import connected
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from watched_disk import Act, WatchedDisk
from work import Work, opened

from intake_tui.vault import connecting
from intake_tui.vault.keys import Identity
from intake_tui.vault.witness import DeviceFolder

BEFORE = {  # what has to be there, or makes it harder
    "save": ["save", "save"],
    "sign": ["save"],
    "revoke": ["save", "enrol"],
    "rotate": ["sign", "save"],
    "erase": ["sign", "sign"],
    "enrol": ["save"],
    "lock": ["sign", "save"],
    "backup": ["sign", "save"],
}


@dataclass(frozen=True)
class Order:
    """What the child is to do."""

    path: str
    device: str
    who: tuple[str, str, str, str]
    what: str
    seed: int
    counted: bool  # it ends itself at a write; otherwise it is ended from outside

    def line(self) -> str:
        return json.dumps(asdict(self)) + "\n"


def handed(who: Identity) -> tuple[str, str, str, str]:
    """An identity as it goes to another process."""
    keys = (who.kem.private_bytes_raw(), who.signing.private_bytes_raw())
    return who.slot.hex(), who.name, keys[0].hex(), keys[1].hex()


def taken(parts: tuple[str, str, str, str]) -> Identity:
    """And there again."""
    slot, name, kem, signing = parts
    return Identity(
        bytes.fromhex(slot),
        name,
        X25519PrivateKey.from_private_bytes(bytes.fromhex(kem)),
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing)),
    )


def say(what: str, value: object = "") -> None:
    """One line, whole or not at all."""
    os.write(1, f"{what} {value}\n".encode())


class Countdown:
    """Ends this process at the n-th thing that is asked of the disk."""

    def __init__(self) -> None:
        self.seen, self.left = 0, -1

    def __call__(self, _act: Act) -> None:
        self.seen += 1
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def child(order: Order) -> None:
    """Do it once to see how long it is, and once more to be killed in it; never returns."""
    count, chance = Countdown(), random.Random(order.seed)
    disk = _watched(count) if order.counted else None
    who, folder = taken(order.who), DeviceFolder(Path(order.device))
    work = Work(opened(Path(order.path), who, folder), chance)

    def do(what: str) -> None:
        step = work.step(what)
        say("begun", step.after.digest().hex())
        step.do()
        say("done", work.sheet)
        work.sheet = ""
        if what == "lock":
            work.vault = opened(Path(order.path), who, folder)

    def prepare() -> None:
        for what in BEFORE[order.what]:
            do(what)

    say("born", os.getpid())
    prepare()
    began, seen = time.monotonic(), count.seen
    do(order.what)
    lasted, acts = time.monotonic() - began, count.seen - seen
    prepare()
    say("armed", lasted)
    if disk is not None:
        count.left = chance.randint(1, acts + 1)
    do(order.what)
    say("over")
    time.sleep(60)  # it is killed here


def _watched(count: Countdown) -> WatchedDisk:
    disk = WatchedDisk()
    disk.keeps, disk.before = False, count
    connecting.connected = lambda address: connected(address, disk.name)  # type: ignore[assignment,return-value]
    return disk


def serve() -> None:
    """Carry out one order after the other, and say when each child has died."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                child(Order(**json.loads(line)))
            finally:
                os._exit(1)
        say("died", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


if __name__ == "__main__":
    serve()
