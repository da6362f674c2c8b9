"""The guide's README names every key and every file, and none that is not there."""

import re

from intake_tui.guide.build import TABLES
from intake_tui.guide.files import OTHER_FILES, questions_folder
from intake_tui.guide.model import (
    QUESTION_KINDS,
    Duty,
    Hint,
    Information,
    Number,
    Option,
    Question,
    Rule,
    Signal,
    Topic,
)

README = (questions_folder() / "README.md").read_text(encoding="utf-8")


def keys() -> dict[str, str]:
    rows = re.findall(r"^\| (`.*?) \| (.*?) \| .* \|$", README.split("## Keys")[1], re.MULTILINE)
    return {key: where for names, where in rows for key in re.findall(r"`(\w+)`", names)}


def test_every_key_is_told_and_no_other():
    there = {
        name
        for kind in (Question, Information, Option, Hint, Signal, Duty, Rule, Number, Topic)
        for name in kind.model_fields
    }
    assert set(keys()) == there


def test_every_kind_of_question_is_told():
    row = next(line for line in README.splitlines() if line.startswith("| `kind`"))
    assert set(re.findall(r"`([\w-]+)`", row)) == {"kind", *QUESTION_KINDS}


def test_every_file_and_table_is_told():
    for name in OTHER_FILES:
        assert f"`{name}`" in README
    for tables in TABLES.values():
        for table in tables:
            assert f"`[[{table}]]`" in README
