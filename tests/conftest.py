"""What all tests share: a home of its own for each, and one vault that is made once."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import at_rest
import parsed_once
from machine import Home, make_vault

at_rest.install()
parsed_once.install()

# Pseudo-terminals are a thing of POSIX.
collect_ignore = ["outside"] if sys.platform == "win32" else []

STRETCHED: dict[tuple[Any, bytes], bytes] = {}
# What Argon2id gives, costs, or leaves in memory is what these look at.
STRETCHED_EACH_TIME = {
    "test_closed_leaks.py",
    "test_left_in_memory.py",
    "test_vault_kdf.py",
    "test_vault_speed.py",
    "test_vault_vectors.py",
}
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


@pytest.fixture(autouse=True)
def stretched_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """The same passphrase of the same vault is stretched once in a run, however often it opens."""
    from intake_tui.vault.kdf import Kdf

    if request.path.name in STRETCHED_EACH_TIME:
        yield
        return
    stretch = Kdf.key

    def once(cost: Kdf, phrase: str, salt: bytes) -> bytes:
        if phrase == "calibration":  # how long it takes is what is asked
            return stretch(cost, phrase, salt)
        # No test that looks for a passphrase in memory is to find it here.
        asked = (stretch, hashlib.sha256(repr((cost, phrase, salt)).encode()).digest())
        if asked not in STRETCHED:
            STRETCHED[asked] = stretch(cost, phrase, salt)
        return STRETCHED[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Kdf, "key", once)
        yield


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
