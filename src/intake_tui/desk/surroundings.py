"""The process that the program runs in, made quiet before the screen library is imported."""

from __future__ import annotations

import os


def forget() -> None:
    """Takes out of the environment what makes Textual log, take pictures or replay keys."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
