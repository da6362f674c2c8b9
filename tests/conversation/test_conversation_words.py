"""The small texts of the conversation: what they say, and that they fit."""

from __future__ import annotations

import datetime as dt
import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from intake_tui.guide.model import LANGUAGES, Guide, Language, Question
from intake_tui.intake.events import EVENTS, SafetyKind
from intake_tui.intake.record import Intake
from intake_tui.widgets.bar import flowed
from intake_tui.widgets.header import elapsed
from intake_tui.widgets.hint_bar import hint_paragraphs, whole
from intake_tui.widgets.place_state import absent, state
from intake_tui.widgets.safety_strip import strip_pieces
from intake_tui.words import Words, section

PIECES = st.lists(
    st.tuples(st.text(alphabet="ab å.", min_size=1, max_size=30), st.just("plain")), max_size=5
)


@settings(max_examples=300)
@given(pieces=PIECES, width=st.integers(5, 40), rows=st.integers(1, 4))
def test_nothing_is_wider_or_higher_than_it_may_be(
    pieces: list[tuple[str, str]], width: int, rows: int
) -> None:
    lines = flowed(pieces, width, rows)  # type: ignore[arg-type]
    assert len(lines) <= rows
    words = "".join(text for text, _ in pieces).split()
    if all(cell_len(word) <= width - 2 for word in words):
        for line in lines:
            assert cell_len("".join(text for text, _ in line).rstrip()) <= width
    shown = "".join(text for line in lines for text, _ in line)
    assert shown.endswith("…") or shown.split() == words


def test_time_so_far() -> None:
    began = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
    assert elapsed(began, began + dt.timedelta(seconds=59)) == "00:00"
    assert elapsed(began, began + dt.timedelta(minutes=75)) == "01:15"
    assert elapsed(began, began - dt.timedelta(minutes=1)) == "00:00"


@pytest.mark.parametrize(
    ("safety", "text"),
    [
        ({}, "Trygghet: ikke avtalt om vi kan ringe"),
        ({"number": "000 00 000"}, "Trygghet: ikke avtalt om vi kan ringe · nr 000 00 000"),
        (
            {"call": "no", "number": "000 00 000"},
            "Trygghet: IKKE RING · nr 000\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}000",
        ),
        (
            {"code-word": "fôr", "call": "yes", "voicemail": "no", "hours": "før 16"},
            "Trygghet: kan ringes · kodeord: fôr · tid: før 16 · ikke legg igjen beskjed",
        ),
    ],
)
def test_the_strip_says_first_whether_to_call(safety: dict[SafetyKind, str], text: str) -> None:
    assert "".join(piece for piece, _ in strip_pieces(safety, Words("nb"))) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_yet_has_a_word_that_is_no_answer(guide: Guide, language: Language) -> None:
    words = Words(language)
    answers = {words(f"answers.{value}") for value in ("yes", "no", "unknown", "declined")}
    for item in guide.items():
        if isinstance(item, Question) and item.kind == "document":
            continue
        assert absent(item, words)
        assert absent(item, words) not in answers
        said, there = state(item, guide, Intake(), 0, words)
        assert not there
        assert said.removeprefix("+ ") == absent(item, words)
        assert said.startswith("+ ") == item.supplement


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hint_can_be_read_whole_at_80_columns(guide: Guide, language: Language) -> None:
    for item in guide.items():
        words = Words(language)
        spoken = 0 if isinstance(item, Question) else 1
        paragraphs = tuple(hint_paragraphs(item, guide, words, dt.date(2026, 11, 23)))
        shown = "".join(text for line in whole(paragraphs, 75, 3 + spoken) for text, _ in line)
        assert "…" not in shown, item.id


def test_what_is_past_its_date_says_so(guide: Guide) -> None:
    dated = next(item for item in guide.items() if item.check_again and item.find is not None)
    for date, says in ((dated.check_again, False), (dt.date(2100, 1, 1), True)):
        assert date is not None
        paragraphs = hint_paragraphs(dated, guide, Words("nb"), date)
        first = "".join(text for text, _ in next(paragraphs))
        assert ("kontrolleres" in first) == says


def test_every_event_that_can_be_undone_has_its_words() -> None:
    kinds = set(EVENTS.json_schema()["items"]["discriminator"]["mapping"])
    known = {key.removeprefix("event-") for key in section("conversation") if "event-" in key}
    assert kinds - {"undone", "redone"} == known


def test_no_text_is_left_over() -> None:
    package = Path(str(files("intake_tui")))
    code = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    used = set(re.findall(r"conversation\.([a-z-]+)", code))
    used |= set(re.findall(r'_key\(.*"([a-z-]+)"\),$', code, re.MULTILINE))
    made = ("event-", "absent-", "not-saved-", "placeholder", "voicemail-", "journal-")
    kinds = {"number", "hours", "code-word", "deadline", "where-now", "undone", "redone"}
    kinds |= {
        "no-answers",
        "pick-first",
        "pick-first-empty",
        "sentence-in",
        "sentence-out",
        "sentences-in",
        "placed",
        "unplaced-from",
        "words-are",
        "became",
        "still-goes-to",
    }
    kinds |= {"place-off", "write-why", "not-saved"}
    left = {key for key in section("conversation") if not key.startswith(made)}
    assert left - used - kinds == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_an_empty_note_line_fits_on_it(language: Language) -> None:
    for key in section("conversation"):
        if key.startswith("placeholder"):
            assert cell_len(Words(language)(f"conversation.{key}")) <= 74, key
