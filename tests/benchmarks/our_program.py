"""The program itself, with what a measurement changes or notes in it.

    python our_program.py [--alone] [--saves 0|never] [--notes FILE] …  and what the program takes

`--alone` imports nothing behind the unlock screen. `--saves` says after how many seconds a change
is saved, or that nothing is. Into `--notes` go the milliseconds that each derivation of a key took.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from intake_tui.__main__ import main


def alone() -> None:
    from intake_tui.desk.session import Session

    async def nothing(self: Session) -> None:
        return None

    Session.warm_up = nothing  # type: ignore[method-assign]


def saving(pause: str) -> None:
    from intake_tui.desk import autosave

    autosave.SAVE_AFTER = 86_400.0 if pause == "never" else float(pause)


def noting(file: Path) -> None:
    from intake_tui.vault.kdf import Kdf

    derive = Kdf.key

    def timed(self: Kdf, passphrase: str, salt: bytes) -> bytes:
        began = time.perf_counter()
        key = derive(self, passphrase, salt)
        with file.open("a") as notes:
            notes.write(f"{(time.perf_counter() - began) * 1000}\n")
        return key

    Kdf.key = timed  # type: ignore[method-assign]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--saves")
    parser.add_argument("--notes", type=Path)
    parser.add_argument("--alone", action="store_true")
    given, rest = parser.parse_known_args()
    if given.alone:
        alone()
    if given.saves is not None:
        saving(given.saves)
    if given.notes is not None:
        noting(given.notes)
    raise SystemExit(main(rest))
