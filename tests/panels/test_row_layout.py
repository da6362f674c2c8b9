"""Words on lines: nothing is lost, nothing is wider than the screen."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from intake_tui.intake.quotes import quoted_spans
from intake_tui.widgets.packing import packed
from intake_tui.widgets.row_layout import GUTTER, Row, laid_out, shortened, wrapped

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "M"]), max_size=200)


def letters(text: str) -> str:
    return "".join(text.split())


@given(TEXTS, st.integers(2, 90))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert letters("".join(lines)) == letters(text)
    assert all(cell_len(line) <= width for line in lines)


@given(TEXTS, TEXTS, st.integers(20, 120))
def test_a_row_keeps_to_the_width_and_loses_no_letter(text: str, below: str, width: int) -> None:
    row = Row(text, lead="14:05  ", right="IKKE RING", below=((below, "quiet"),), hang=2)
    lines = laid_out((row,), width)
    shown = "".join(piece for line in lines for piece, _ in line.pieces)
    for wanted in (text, below, "IKKE RING"):
        assert all(letter in shown for letter in letters(wanted))
    assert letters(shown).count("") >= len(letters(text + below)) + len("14:05IKKERING")
    for line in lines:
        assert GUTTER + sum(cell_len(piece) for piece, _ in line.pieces) <= width


MARKED = st.text('ab «»“”"\n', max_size=60)


@given(MARKED, MARKED, st.integers(20, 60))
def test_marking_what_is_quoted_changes_no_character(text: str, below: str, width: int) -> None:
    def shown(row: Row) -> list[str]:
        return ["".join(piece for piece, _ in line.pieces) for line in laid_out((row,), width)]

    row = Row(text, below=((below, "quiet"),))
    assert shown(replace(row, quoting=True)) == shown(row)


@given(MARKED, st.integers(20, 60))
def test_just_what_stands_between_marks_is_shown_as_quoted(text: str, width: int) -> None:
    lines = laid_out((Row(text, quoting=True),), width)
    quoted = "".join(piece for line in lines for piece, look in line.pieces if look == "quoted")
    expected = "".join(text[begin:end] for begin, end in quoted_spans(text))
    assert letters(quoted) == letters(expected)


def test_line_breaks_of_a_text_stay() -> None:
    assert wrapped("9, hos faren\n5, hos faren", 40) == ["9, hos faren", "5, hos faren"]


def test_a_word_longer_than_the_line_is_cut_into_pieces() -> None:
    assert wrapped("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"]


def test_what_stands_at_the_right_goes_under_where_there_is_no_room() -> None:
    lines = laid_out((Row("Våpen", right="ville ikke svare"),), 30)
    assert ["".join(piece for piece, _ in line.pieces) for line in lines] == [
        "Våpen",
        "ville ikke svare",
    ]


def test_shortened_says_that_it_goes_on() -> None:
    assert shortened("Furu ved elva", 8) == "Furu ve…"
    assert shortened("Alm", 8) == "Alm"


@given(st.lists(st.integers(1, 30), max_size=12), st.integers(30, 80))
def test_packed_names_stay_within_the_width(sizes: list[int], width: int) -> None:
    lines = packed(sizes, width, 2)
    for line in set(lines):
        on_it = [size for size, at in zip(sizes, lines, strict=True) if at == line]
        assert sum(on_it) + 2 * (len(on_it) - 1) <= width
    assert lines == sorted(lines)
