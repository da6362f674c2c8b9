"""Tests that use the installed program as a person would: by keys, in a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake_tui.guide.load import load
from intake_tui.guide.model import Guide

FIGURES = pytest.StashKey[dict[str, str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = {}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if figures := terminalreporter.config.stash[FIGURES]:
        terminalreporter.section("figures")
        for name, value in figures.items():
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session")
def figure(pytestconfig: pytest.Config) -> Callable[[str, str], None]:
    """Says a measured figure at the end of the run."""
    return pytestconfig.stash[FIGURES].__setitem__


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The guide that comes with the program."""
    return load()
