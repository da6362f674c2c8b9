"""The recovery sheet, copied by hand: which groups are wrong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake_tui.desk.sheet import wrong_groups
from intake_tui.vault import recovery

KEYS = st.binary(min_size=20, max_size=20)


@given(KEYS, st.sampled_from([" ", "-", "  ", "\n", ""]), st.booleans())
def test_however_it_is_spaced_and_cased_it_is_right(key: bytes, gap: str, small: bool) -> None:
    printed = recovery.printed(key)
    typed = printed.replace("-", gap)
    assert wrong_groups(printed, typed.lower() if small else typed) == []


@given(KEYS, st.sampled_from(["{} {}", "{}. {}", "{}{}", "{}) {}"]), st.sampled_from(" \n"))
def test_the_numbers_on_the_sheet_may_be_typed_along(key: bytes, row: str, gap: str) -> None:
    printed = recovery.printed(key)
    numbered = [row.format(number, group) for number, group in enumerate(printed.split("-"), 1)]
    assert wrong_groups(printed, gap.join(numbered)) == []
    assert recovery.parse(gap.join(numbered)) == key


@given(KEYS, st.integers(0, 7), st.integers(0, 4), st.sampled_from(recovery.SIGNS))
def test_one_wrong_sign_names_its_group(key: bytes, group: int, at: int, sign: str) -> None:
    printed = recovery.printed(key)
    groups = printed.split("-")
    right = groups[group]
    groups[group] = right[:at] + sign + right[at + 1 :]
    expected = [] if groups[group] == right else [group + 1]
    assert wrong_groups(printed, " ".join(groups)) == expected
    assert wrong_groups(printed, "".join(groups)) == expected


@given(KEYS)
def test_letters_that_look_like_figures_are_taken_for_them(key: bytes) -> None:
    printed = recovery.printed(key)
    assert wrong_groups(printed, printed.replace("0", "o").replace("1", "l")) == []


@given(KEYS, st.text(max_size=60))
def test_anything_else_is_wrong_and_never_an_error(key: bytes, typed: str) -> None:
    assert wrong_groups(recovery.printed(key), typed)
