"""The project as a newcomer finds it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "tests", "docs", "questions", ".ci")
README = (ROOT / "README.md").read_text("utf-8")

# Spelled in pieces, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(rb"(?<![\w.~/-])/(?:" + b"|".join((b"work", b"farm", b"root")) + rb")/")
REGISTRY = re.compile(
    rb"(?:index-url|find-links|registry)\s*[=:]?\s*[\"']?https?://", re.IGNORECASE
)


def files() -> list[Path]:
    """All files of the project, in a checkout or an unpacked archive."""
    beneath = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    own = [path for path in beneath if path.is_file() and not generated(path)]
    return own + [path for path in ROOT.iterdir() if path.suffix in {".md", ".toml", ".txt"}]


def generated(path: Path) -> bool:
    return "__pycache__" in path.parts or (ROOT / ".ci/venv") in path.parents


def command(ending: str) -> str:
    """The README's command on one line that ends so."""
    return next(line for line in README.splitlines() if line.endswith(ending))


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in files()
        if MACHINE_PATH.search(data := path.read_bytes()) or REGISTRY.search(data)
    ]
    assert found == []


def test_modules_can_be_read_whole() -> None:
    lengths = {
        path.name: len(path.read_text("utf-8").splitlines())
        for path in (ROOT / "src").rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_the_layers_hold() -> None:
    linter = shutil.which("lint-imports", path=sysconfig.get_path("scripts"))
    assert linter
    run = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_the_two_commands_differ_only_in_packages_and_ending() -> None:
    start = command(".venv/bin/intake-tui")
    tests = command(".venv/bin/python -m pytest -n auto")
    assert (
        start.replace("requirements.txt", "requirements-dev.txt").rpartition(" && ")[0]
        == (tests.rpartition(" && ")[0])
    )


@pytest.mark.parametrize("ending", ["intake-tui", "python -m pytest -n auto"])
def test_the_windows_form_does_the_same(ending: str) -> None:
    posix = command(f".venv/bin/{ending}")
    windows = command(f".venv\\Scripts\\{ending}")
    assert windows == posix.replace("python3", "py").replace(".venv/bin/", ".venv\\Scripts\\")


def test_what_the_readme_points_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
