"""Fields, padding: one meaning for every string of bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_tui.vault import VaultDamaged, VaultError
from intake_tui.vault.framing import frame, number, pad, unframe, unpad


@given(st.lists(st.binary(max_size=40)))
def test_frames_come_back(fields):
    assert unframe(frame(*fields)) == fields


@given(st.lists(st.binary(max_size=8)), st.lists(st.binary(max_size=8)))
def test_two_lists_never_frame_alike(one, other):
    assert (frame(*one) == frame(*other)) == (one == other)


@given(st.binary(max_size=60))
def test_no_bytes_unframe_to_anything_but_an_error_or_themselves(data):
    try:
        fields = unframe(data)
    except VaultDamaged:
        return
    assert frame(*fields) == data


@given(st.binary(max_size=3000), st.sampled_from([128, 256, 1024]))
def test_padding_comes_back_and_shows_steps_only(data, step):
    padded = pad(data, step)
    assert unpad(padded, step) == data
    assert len(padded) % step == 0
    assert len(padded) - len(data) <= step + 3


@given(st.binary(max_size=600), st.sampled_from([128, 256]))
def test_no_bytes_unpad_to_anything_but_an_error_or_themselves(data, step):
    try:
        plain = unpad(data, step)
    except VaultDamaged:
        return
    assert pad(plain, step) == data


@pytest.mark.parametrize("value", [-1, 1 << 63, 1.0, None, "1"])
def test_only_whole_numbers_are_numbers(value):
    with pytest.raises(VaultError):
        number(value)
