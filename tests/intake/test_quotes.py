"""Words between quotation marks within a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_tui.intake.quotes import quoted, quoted_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sa «du går ingen steder» og låste", ("du går ingen steder",)),
        ('sa "nei" og “aldri”', ("nei", "aldri")),
        ("«én» og «to til»", ("én", "to til")),
        ("sa «jeg vet det og gikk", ()),
        ('en 15" skjerm', ()),
        ("«» og « »", ()),
        ('«hun sa "nei" da»', ('hun sa "nei" da',)),
        ("ingen ord", ()),
    ],
)
def test_what_stands_between_marks_is_quoted(text: str, expected: tuple[str, ...]) -> None:
    assert quoted(text) == expected


@given(st.text('ab «»“”"\n'))
def test_spans_lie_in_order_within_the_text_and_have_their_marks(text: str) -> None:
    end = 0
    for begin, after in quoted_spans(text):
        assert end <= begin < after <= len(text)
        assert text[begin] + text[after - 1] in ("«»", "“”", '""')
        end = after
    assert quoted(text) == tuple(text[a + 1 : b - 1].strip() for a, b in quoted_spans(text))
