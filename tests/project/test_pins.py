"""The pinned packages are those that the project asks for, with hashes and without addresses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>\S+)")


def asked_for(*groups: str) -> Iterator[Requirement]:
    yield from map(Requirement, PROJECT["project"]["dependencies"])
    yield from map(Requirement, PROJECT["build-system"]["requires"])
    for group in groups:
        rows = PROJECT["dependency-groups"][group]
        yield from (Requirement(row) for row in rows if isinstance(row, str))


def pinned(file: str) -> dict[str, str]:
    rows = map(PIN.match, (ROOT / file).read_text("utf-8").splitlines())
    return {canonicalize_name(row["name"]): row["version"] for row in rows if row}


@pytest.mark.parametrize(
    ("file", "groups"), [("requirements.txt", ()), ("requirements-dev.txt", ("build", "dev"))]
)
def test_everything_asked_for_is_pinned(file: str, groups: tuple[str, ...]) -> None:
    versions = pinned(file)
    for wanted in asked_for(*groups):
        assert versions[canonicalize_name(wanted.name)] in wanted.specifier


def test_both_files_pin_the_same_versions() -> None:
    assert pinned("requirements.txt").items() <= pinned("requirements-dev.txt").items()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_each_pin_has_hashes_and_no_address(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash)", text, re.MULTILINE)
    for pin in text.replace("\\\n", " ").splitlines():
        assert "--hash=sha256:" in pin, pin
