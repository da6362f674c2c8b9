"""The program, but with a mistake in it: F10 in any screen raises, with what was typed at hand.

Run as a script by the tests that look at what a crash leaves. F10 does nothing in the program.
"""

from __future__ import annotations

import sys
from typing import Any

from textual.screen import Screen


def fail(screen: Screen[Any]) -> None:
    """A handler like any other, with secrets in its local variables and in its exception."""
    secrets = [getattr(node, "text", getattr(node, "value", "")) for node in screen.walk_children()]
    current = getattr(screen.app, "current", None)
    secrets += [line.text for line in current.intake.statements] if current else []
    raise RuntimeError(f"on {screen}: {secrets}")


if __name__ == "__main__":
    from intake_tui.__main__ import main

    Screen.key_f10 = fail  # type: ignore[attr-defined]
    sys.exit(main())
