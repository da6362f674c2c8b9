"""What is built for others holds all that the program reads while it runs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run = [sys.executable, "-c", BUILD, str(folder)]
    built = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True)
    return set(zipfile.ZipFile(folder / built.stdout.split()[-1]).namelist())


def test_the_guide_is_inside(wheel: set[str]) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "questions").rglob("*.*")}
    assert "questions/1-contact.toml" in files
    assert {f"intake_tui/{file}" for file in files} <= wheel


def test_all_data_beside_the_modules_is_inside(wheel: set[str]) -> None:
    source = ROOT / "src"
    files = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.*")
        if path.suffix in {".py", ".tcss", ".toml"}
    }
    assert "intake_tui/words/unlock.toml" in files
    assert files <= wheel


def test_nothing_else_is_inside(wheel: set[str]) -> None:
    strange = {
        file
        for file in wheel
        if not file.startswith(("intake_tui/", "intake_tui-0.1.0.dist-info/"))
    }
    assert not strange
    assert not {file for file in wheel if "__pycache__" in file or file.endswith(".db")}
