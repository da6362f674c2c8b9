"""The installed command line on a machine of its own, run as a person or a script would."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from machine import COUNSELLOR, PASSPHRASE, Home, installed

SIGN_IN = f"{COUNSELLOR}\n{PASSPHRASE}\n"


class Commands:
    """Runs commands on the vault of a machine."""

    def __init__(self, home: Home) -> None:
        self.home = home

    def __call__(
        self, *arguments: str | Path, vault: Path | None = None, sign_in: str = SIGN_IN, **more: Any
    ) -> subprocess.CompletedProcess[str]:
        """One command, signed in over standard input where it asks for that."""
        given = [installed("intake-tui"), "--vault", vault or self.home.vault, *arguments]
        return subprocess.run(
            list(map(str, given)),
            env=self.home.env,
            input=sign_in,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
            **more,
        )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What went wrong: one line, with what to do next, and nothing that is nobody's business."""
    (line,) = done.stderr.splitlines()
    assert line.startswith("intake-tui: ")
    assert line.endswith((".", "»."))
    for secret in (COUNSELLOR, *COUNSELLOR.split(), PASSPHRASE, "Traceback"):
        assert secret not in done.stderr + done.stdout
    return line
