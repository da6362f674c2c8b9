"""The recovery sheet: typing errors are found, and the group is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_tui.vault import WrongRecovery, recovery

keys = st.binary(min_size=20, max_size=20)


@given(keys)
def test_what_is_printed_is_read(key):
    assert recovery.parse(recovery.printed(key)) == key


@given(keys, st.sampled_from([" ", "", "\n", " - ", "–"]))
def test_spacing_case_and_lookalikes_do_not_matter(key, between):
    text = recovery.printed(key).replace("0", "o").replace("1", "l").replace("-", between)
    assert recovery.parse(f"  {text.lower()}\n") == key


@given(keys, st.integers(0, 39), st.sampled_from(recovery.SIGNS))
def test_one_wrong_sign_is_found_and_its_group_named(key, place, sign):
    text = recovery.printed(key)
    at = place + place // 5
    if text[at] == sign:
        return
    with pytest.raises(WrongRecovery) as wrong:
        recovery.parse(text[:at] + sign + text[at + 1 :])
    assert wrong.value.group == place // 5 + 1


@given(keys, st.integers(0, 7), st.integers(0, 4), st.integers(0, 4))
def test_two_swapped_signs_of_a_group_are_found(key, group, one, other):
    groups = [list(part) for part in recovery.printed(key).split("-")]
    signs = groups[group]
    if signs[one] == signs[other]:
        return
    signs[one], signs[other] = signs[other], signs[one]
    with pytest.raises(WrongRecovery) as wrong:
        recovery.parse("-".join("".join(part) for part in groups))
    assert wrong.value.group == group + 1


@given(keys, st.integers(0, 7), st.integers(0, 7))
def test_two_swapped_groups_are_found(key, one, other):
    groups = recovery.printed(key).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    if one != other:
        with pytest.raises(WrongRecovery):
            recovery.parse("-".join(groups))


@given(st.text(max_size=60))
def test_any_other_text_is_wrong_and_nothing_worse(text):
    with pytest.raises(WrongRecovery):
        recovery.parse(text)


@given(keys, st.integers(0, 7))
def test_a_missing_sign_names_its_group(key, group):
    groups = recovery.printed(key).split("-")
    groups[group] = groups[group][:-1]
    with pytest.raises(WrongRecovery) as wrong:
        recovery.parse("-".join(groups))
    assert wrong.value.group == group + 1
