"""kill -9 in the middle of saving: what was acknowledged is there, and the vault is sound.

A forked child does the saving, so that neither imports nor key derivation are paid for
each time. It acknowledges through a pipe only after `save_draft` or `sign` has returned.
"""

import os
import random
import signal
import sys
from pathlib import Path

import pytest
from vaults import Made, rid

from intake_tui.vault import opening, store
from intake_tui.vault.keys import Identity
from intake_tui.vault.witness import DeviceFolder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")

KILLS = 500
SIGNED = b"s"


def reopen(made: Made, who: Identity) -> store.Vault:
    """Unlock without a new key derivation: everything after the slot was opened."""
    return store.Vault(
        made.path, opening.open_desk(made.path, lambda _: who, DeviceFolder(made.device))
    )


def work(made: Made, who: Identity, draft: bytes, pipe: int) -> None:
    """Save for ever; every seventh time sign as well. Each acknowledgement is one line."""
    vault = reopen(made, who)
    counter = next((d.counter for d in vault.drafts() if d.id == draft), 0)
    while True:
        counter += 1
        vault.save_draft(draft, b"%d " % counter * 500)
        os.write(pipe, b"%d\n" % counter)
        if counter % 7 == 0:
            one = rid()
            vault.sign(id=one, case=draft, head=b"h", body=b"b" * 3000)
            os.write(pipe, SIGNED + one.hex().encode() + b"\n")


def killed(made: Made, who: Identity, draft: bytes, until: int) -> list[bytes]:
    """Let a child work until so many bytes were acknowledged, kill it, and read what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(made, who, draft, writing)
        finally:
            os._exit(1)
    os.close(writing)
    said = b""
    while len(said) < until:
        more = os.read(reading, 4096)
        if not more:
            break
        said += more
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as rest:
        said += rest.read()
    assert os.WIFSIGNALED(status), "the child ended by itself"
    return said.split(b"\n")[:-1]


def test_500_kills_lose_nothing_that_was_acknowledged(made):
    vault = made.unlock()
    who = vault._desk.identity
    vault.lock()
    draft, last, signed = rid(), 0, set()
    chance = random.Random(1)
    for _ in range(KILLS):
        for line in killed(made, who, draft, chance.randrange(1, 60)):
            if line.startswith(SIGNED):
                signed.add(bytes.fromhex(line[1:].decode()))
            else:
                last = int(line)
        last = look(made, who, draft, last, signed)
    final = made.unlock()
    assert final.verify().findings == ()
    assert final.warnings == ()
    final.lock()


def look(made: Made, who: Identity, draft: bytes, last: int, signed: set[bytes]) -> int:
    """Nothing acknowledged is missing; the counter that the draft stands at."""
    vault = reopen(made, who)
    (found,) = vault.drafts()
    assert found.counter >= last
    assert found.blob == b"%d " % found.counter * 500
    assert vault.warnings == ()
    newest = {head.id for head in vault.heads(limit=len(signed) + 5)}
    assert signed <= newest
    vault.lock()
    return found.counter


def test_a_crash_while_a_vault_is_made_leaves_nothing_in_its_place(tmp_path: Path, monkeypatch):
    from intake_tui.vault import Kdf, founding

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(founding, "_give_name", crash)
    with pytest.raises(KeyboardInterrupt):
        store.create(
            tmp_path / "v.db", name="x", passphrase="x", kdf=Kdf.FLOOR, device=tmp_path / "d"
        )
    assert not (tmp_path / "v.db").exists()
    monkeypatch.undo()
    store.create(tmp_path / "v.db", name="x", passphrase="x", kdf=Kdf.FLOOR, device=tmp_path / "d")[
        0
    ].lock()
