"""What a thief finds of running the vault: copies, staff, deletion, and words while locked."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from counsellor import Counsellor, nb
from intake_tui.records.archive import Archive
from machine import COUNSELLOR, PASSPHRASE, Home, installed
from readback import contacts
from test_secrecy import SECRETS, assert_terminal_tells_nothing, everything_in, take_down
from traces import in_bytes, in_folder

JOTTED = "nøkkelen ligger under kvernsteinen"
COLLEAGUE = "Torgunn Hjelmeset"
JOTTED_AND_NAMED = ("kvernsteinen", "Torgunn", "Hjelmeset")
BACKED_UP_AS = "k.db"


def stick(home: Home) -> Path:
    folder = home.root / "stick"
    folder.mkdir(exist_ok=True)
    return folder


def command(home: Home, *arguments: str | Path, vault: Path | None = None, more: str = "") -> str:
    """What a command that goes well prints."""
    given = [installed("intake-tui"), "--vault", vault or home.vault, *arguments, "--sign-in-stdin"]
    done = subprocess.run(
        list(map(str, given)),
        env=home.env,
        input=f"{COUNSELLOR}\n{PASSPHRASE}\n{more}",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def nothing_in(home: Home, *more: str) -> None:
    """None of the secrets in any file or name, and `more` neither; the search finds a control."""
    assert everything_in(home) == []
    texts = (*JOTTED_AND_NAMED, *more)
    control = home.root / "tmp" / "more.txt"
    control.write_text("\n".join(texts), "utf-8")
    assert len(in_folder(control.parent, texts)) == len(texts)
    control.unlink()
    assert in_folder(home.root, texts) == []


def test_nothing_of_what_is_written_while_it_is_locked(home: Home) -> None:
    with Counsellor(home) as counsellor:
        take_down(counsellor)
        counsellor.press("ctrl+k")
        counsellor.wait(nb("unlock.about"))
        counsellor.press("ctrl+n")
        counsellor.wait(nb("jot.about").split(".")[0])
        counsellor.type(JOTTED + "\r")
        counsellor.wait(nb("jot.kept-sealed"))
        nothing_in(home)
        counsellor.kill()
        nothing_in(home)
        assert in_bytes(counsellor.outside_alternate, (*SECRETS, *JOTTED_AND_NAMED)) == []
    with Counsellor(home) as counsellor:
        counsellor.sign_in()
        counsellor.press("enter")
        counsellor.wait(nb("conversation.find"), nb("conversation.safety-strip"))
        counsellor.press("ctrl+r")
        counsellor.wait("kvernsteinen")
        counsellor.press("esc")
        counsellor.leave()
        assert_terminal_tells_nothing(counsellor)
    nothing_in(home)


def test_nothing_of_running_the_vault(home: Home) -> None:
    with Counsellor(home) as counsellor:
        take_down(counsellor)
        counsellor.press("enter")
        counsellor.sign()
        counsellor.leave()
    copy, elsewhere = stick(home) / BACKED_UP_AS, home.root / "vault2" / "vault.db"
    phrase = command(home, "staff", "add", more=f"{COLLEAGUE}\n").strip()
    nothing_in(home, phrase)
    command(home, "backup", copy)
    command(home, "backup", "--check", copy)
    nothing_in(home, phrase)
    member = next(row for row in command(home, "staff", "list").splitlines() if COLLEAGUE in row)
    sheet = command(home, "staff", "revoke", member.split()[0], "--new-sheet", "--yes")
    code = max(sheet.split(), key=len)
    assert code.count("-") >= 7, "the sheet"
    nothing_in(home, phrase, code)
    (row,) = contacts(home)
    erase(home, row["case"])
    nothing_in(home, phrase, code)
    assert contacts(home) == []
    command(home, "restore", copy, vault=elsewhere)
    assert "0" not in command(home, "contacts", "list", vault=elsewhere), "deleted once more"
    nothing_in(home, phrase, code)
    command(home, "verify")


def erase(home: Home, case: str) -> None:
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    try:
        assert archive.erasing.erase([case], because="") == 1
    finally:
        archive.lock()


@contextlib.contextmanager
def backing_up(home: Home, to: Path) -> Iterator[subprocess.Popen[bytes]]:
    given = [installed("intake-tui"), "--vault", home.vault, "backup", to, "--sign-in-stdin"]
    with subprocess.Popen(
        list(map(str, given)), env=home.env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        process.stdin.write(f"{COUNSELLOR}\n{PASSPHRASE}\n".encode())
        process.stdin.close()
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)


def test_nothing_of_a_backup_that_was_killed(home: Home) -> None:
    with Counsellor(home) as counsellor:
        take_down(counsellor)
        counsellor.leave()
    folder = stick(home)
    with backing_up(home, folder / BACKED_UP_AS) as process:
        until = time.monotonic() + 30
        while not list(folder.iterdir()) and time.monotonic() < until:
            pass
        assert list(folder.iterdir()), "it had begun"
        process.kill()
    nothing_in(home)
