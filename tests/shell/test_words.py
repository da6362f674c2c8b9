"""The program's words: three languages, whole, and no key that is not there."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import intake_tui
from intake_tui.vault import errors
from intake_tui.words import WORDS_LANGUAGES, Words

SOURCES = Path(intake_tui.__file__).parent
FILES = sorted((SOURCES / "words").glob("*.toml"))
USE = re.compile(r"""["']([a-z][a-z_]*)\.([a-z][a-z0-9-]*)["']""")
BEGUN = re.compile(r"""f["']([a-z][a-z_]*)\.([a-z][a-z0-9-]*-)\{""")


def texts(entry: dict[str, object]) -> Iterator[dict[str, object]]:
    """The tables of three languages in an entry."""
    forms = [entry["one"], entry["other"]] if "other" in entry else [entry]
    for form in forms:
        assert isinstance(form, dict)
        yield form


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_is_there_in_three_languages_with_the_same_slots(file: Path) -> None:
    section = tomllib.loads(file.read_text("utf-8"))
    assert section
    for key, entry in section.items():
        assert re.fullmatch(r"[a-z][a-z0-9-]*", key), key
        found: list[set[str]] = []
        for form in texts(entry):
            assert set(form) == set(WORDS_LANGUAGES), key
            for text in form.values():
                assert isinstance(text, str), key
                assert text.strip(), key
                found.append(slots(text))
        whole = set.union(*found)
        for named in found:
            assert named in (whole, whole - {"n"}), f"{key}: the slots differ between languages"


def used() -> Iterator[tuple[str, str, str]]:
    sections = {file.stem for file in FILES}
    for source in SOURCES.rglob("*.py"):
        for section, key in USE.findall(source.read_text("utf-8")):
            if section in sections:
                yield source.name, section, key


def test_every_key_that_is_used_is_there() -> None:
    missing = [
        f"{source}: {section}.{key}"
        for source, section, key in used()
        if not Words("nb").has(f"{section}.{key}") and key not in ("toml", "py", "tcss")
    ]
    assert missing == []


def test_keys_that_are_put_together_have_some_ending() -> None:
    sections = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in FILES}
    found = 0
    for source in SOURCES.rglob("*.py"):
        for section, begin in BEGUN.findall(source.read_text("utf-8")):
            if section in sections:
                found += 1
                assert [key for key in sections[section] if key.startswith(begin)], (source, begin)
    assert found


def test_every_error_of_the_vault_has_words() -> None:
    codes = {
        kind.code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.VaultError)
    }
    assert "disk-full" in codes
    assert [code for code in codes if not Words("nb").has(f"errors.{code}")] == []


def test_one_and_other_and_slots() -> None:
    words = Words("nb")
    assert words("jot.lines", n=1).startswith("1 linje er")
    assert words("jot.lines", n=3).startswith("3 linjer er")
    assert Words("en")("jot.lines", n=3) == "3 lines are written, and are not shown here."
    with pytest.raises(KeyError):
        words("jot.there-is-no-such-thing")
    with pytest.raises(KeyError):
        words("errors.crash-saved")


def test_a_section_is_read_only_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    from intake_tui import words as module

    module.section.cache_clear()
    Words("nb")("cover.title")
    assert module.section.cache_info().currsize == 1
