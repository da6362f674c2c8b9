"""A machine with a vault, and the command line on it."""

from __future__ import annotations

import pytest
from commands import Commands

from machine import Home


@pytest.fixture
def run(home: Home) -> Commands:
    return Commands(home)
