"""Tests that use the installed program as a person would: by keys, in a pseudo-terminal."""

from __future__ import annotations

import pytest

from intake_tui.guide.load import load
from intake_tui.guide.model import Guide


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The guide that comes with the program."""
    return load()
