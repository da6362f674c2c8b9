"""What is imported when the unlock screen stands, in a fresh process: only what it needs.

Each further package is felt at every start; the database and the models cost two starts more.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

PACKAGES = {"intake_tui", "platformdirs", "rich", "textual", "typing_extensions"}
OURS = {
    "": "app command_line desk screens textual_fixes vault widgets words",
    "command_line": "chosen start",
    "desk": "apart aside autosave backing carrying checkup courtesy falling finishing idle jot"
    " jotting opening palette patience posting preferences report session surroundings theme"
    " vault_thread writing",
    "screens": "cover stage telling too_small unlock",
    "textual_fixes": "closed keyboard memory painting",
    "vault": "errors place",
    "widgets": "desk gate jot_line key_bar key_order messages orderly_input packing taking_over"
    " unseen",
}
# Most of them by Textual's own screens and commands.
OF_TEXTUAL = (
    "_button _directory_tree _input _loading_indicator _option_list _placeholder _select _static"
    " _text_area _toast _tooltip _tree option_list text_area"
)
LATER = {
    "click",
    "cryptography",
    "email",
    "hashlib",
    "html",
    "http",
    "json",
    "pydantic",
    "sqlalchemy",
    "sqlite3",
    "sqlmodel",
    "xml",
    "zipfile",
    "zoneinfo",
}

PROGRAM = """
import os, sys
from pathlib import Path
from intake_tui.command_line import start
from intake_tui.desk.session import Session

async def seen(self):
    sys.__stdout__.write(" ".join(sys.modules))
    sys.__stdout__.flush()
    os._exit(0)

Session.warm_up = seen  # what is called when the first screen stands
from intake_tui.app import IntakeApp
IntakeApp(Path(sys.argv[1]), device=Path(sys.argv[2])).run(headless=True)
"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """All modules of a process at the moment at which it begins to import the rest."""
    folder = tmp_path_factory.mktemp("start")
    (folder / "vault.db").write_bytes(b"SQLite format 3\0")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder / "vault.db"), str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(done.stdout.split())


def inside(modules: set[str], package: str) -> set[str]:
    """The parts of a package that are there."""
    begin = f"{package}."
    return {name.removeprefix(begin).split(".")[0] for name in modules if name.startswith(begin)}


def test_the_packages_are_exactly_these(modules: set[str]) -> None:
    found = {name.split(".")[0] for name in modules} - set(sys.stdlib_module_names)
    assert {name for name in found if not name.startswith("_")} == PACKAGES


def test_nothing_that_costs_is_there_yet(modules: set[str]) -> None:
    assert not {name for name in modules if name.split(".")[0] in LATER}


def test_of_our_own_only_what_the_first_screen_shows(modules: set[str]) -> None:
    found = {package: inside(modules, f"intake_tui.{package}".rstrip(".")) for package in OURS}
    assert found == {package: set(names.split()) for package, names in OURS.items()}


def test_of_the_widgets_only_what_every_app_of_textual_has(modules: set[str]) -> None:
    assert inside(modules, "textual.widgets") == set(OF_TEXTUAL.split())


def test_the_guard_sees_what_is_imported(modules: set[str]) -> None:
    assert "intake_tui.screens.unlock" in modules
    assert "textual.screen" in modules
