"""What all tests share: a home of its own for each, and one vault that is made once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from machine import Home, make_vault

# Pseudo-terminals are a thing of POSIX.
collect_ignore = ["outside"] if sys.platform == "win32" else []

STRETCHED: dict[tuple[Any, str, bytes], bytes] = {}
FIGURES = pytest.StashKey[dict[str, str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = {}


@pytest.fixture(scope="session")
def figure(pytestconfig: pytest.Config) -> Callable[[str, str], None]:
    """Says a measured figure at the end of the run."""
    return pytestconfig.stash[FIGURES].__setitem__


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Beside others, a process hands its figures to the one that prints them."""
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output["figures"] = session.config.stash[FIGURES]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[FIGURES] |= getattr(node, "workeroutput", {}).get("figures", {})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if figures := terminalreporter.config.stash[FIGURES]:
        terminalreporter.section("figures")
        for name, value in figures.items():
            terminalreporter.write_line(f"{name}: {value}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long", action="store_true", help="what is tried at random is tried some hours long"
    )


@pytest.fixture(scope="session")
def times(pytestconfig: pytest.Config) -> Callable[[int, int], int]:
    """How often something is tried: `times(everyday, in the long run)`."""
    is_long = bool(pytestconfig.getoption("--long"))
    return lambda everyday, in_the_long_run: in_the_long_run if is_long else everyday


@pytest.fixture
def stretched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same passphrase is stretched once in a run: for tests that sign in again and again."""
    from intake_tui.vault.kdf import Kdf

    stretch = Kdf.key

    def once(cost: Kdf, phrase: str, salt: bytes) -> bytes:
        asked = (cost, phrase, salt)
        if asked not in STRETCHED:
            STRETCHED[asked] = stretch(cost, phrase, salt)
        return STRETCHED[asked]

    monkeypatch.setattr(Kdf, "key", once)


@pytest.fixture
def bare_home(tmp_path: Path) -> Home:
    """A machine on which the program never ran."""
    return Home.made(tmp_path / "machine")


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with an empty vault of one counsellor, made once; tests get copies."""
    home = Home.made(tmp_path_factory.mktemp("first") / "machine")
    make_vault(home)
    return home


@pytest.fixture
def home(first_home: Home, tmp_path: Path) -> Home:
    """A machine on which the program was set up, and nothing written yet."""
    return first_home.copy(tmp_path / "machine")
