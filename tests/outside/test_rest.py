"""Locked for long, the process makes room for another one, in whose memory nothing can be left."""

from __future__ import annotations

import sys
from pathlib import Path

from counsellor import Counsellor, nb
from machine import Home
from terminal import ENTERS_ALTERNATE
from traces import in_bytes

SAID = "barna er på melkerommet"
SOON = "3"  # seconds


def memory(pid: int) -> bytes:
    """All that a process may write to (Linux)."""
    found = []
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as all_:
        for line in maps:
            span, rights = line.split()[:2]
            if rights.startswith("rw") and "[v" not in line:
                begin, end = (int(part, 16) for part in span.split("-"))
                all_.seek(begin)
                found.append(all_.read(end - begin))
    return b"".join(found)


def test_another_process_takes_its_place_and_knows_nothing(home: Home) -> None:
    script = Path(__file__).with_name("resting.py")
    run = [sys.executable, str(script), SOON, "--vault", str(home.vault)]
    with Counsellor(home, run=run) as counsellor:
        counsellor.sign_in()
        counsellor.new_conversation()
        counsellor.type(SAID)
        counsellor.wait(SAID)
        counsellor.save()
        if sys.platform == "linux":
            assert in_bytes(memory(counsellor.pid), [SAID]) == [SAID]
        counsellor.press("ctrl+k")
        begun = 2
        counsellor.until(
            lambda: counsellor.output.count(ENTERS_ALTERNATE) == begun, "another process"
        )
        counsellor.wait(nb("unlock.about"), nb("unlock.key-open"))
        if sys.platform == "linux":
            assert in_bytes(memory(counsellor.pid), [SAID]) == []
        counsellor.sign_in()
        counsellor.open_first()
        counsellor.wait(SAID)
        counsellor.leave()
