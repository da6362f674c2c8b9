"""The quick wrapping of long paragraphs gives what the thorough one gives."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument

from intake_tui.widgets.wrapping import SteadyWrapping

WORDS = st.text(alphabet="aaab  å🙂-\n", max_size=60)
NEW = st.one_of(st.just(""), st.sampled_from("a å\n"), WORDS)
EDITS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), NEW), min_size=1, max_size=6)


@settings(max_examples=300)
@example(text="aaa bbb", edits=[(4, 2, "")], width=5)  # a word moves back up
@example(text="aaa bbb", edits=[(1, 1, "aaa")], width=5)
@given(text=WORDS, edits=EDITS, width=st.integers(2, 12))
def test_edits_wrap_as_if_all_had_been_wrapped_anew(
    text: str, edits: list[tuple[int, int, str]], width: int
) -> None:
    document = Document(text)
    quick = SteadyWrapping(document)
    quick.wrap(width)
    for at, length, new in edits:
        row = at % document.line_count
        line = document[row]
        begin = min(at, len(line))
        end = min(begin + length, len(line))
        result = document.replace_range((row, begin), (row, end), new)
        quick.wrap_range((row, begin), (row, end), result.end_location)
        thorough = WrappedDocument(document)
        thorough.wrap(width)
        assert quick._wrap_offsets == thorough._wrap_offsets
        assert quick._offset_to_line_info == thorough._offset_to_line_info
        assert quick._line_index_to_offsets == thorough._line_index_to_offsets
        for row, line in enumerate(document.lines):
            assert quick.get_sections(row) == thorough.get_sections(row)
            for column in range(len(line) + 1):
                place = (row, column)
                assert quick.location_to_offset(place) == thorough.location_to_offset(place)


def test_a_key_at_the_end_wraps_the_last_lines_alone(monkeypatch) -> None:
    wrapped: list[int] = []
    from textual import _wrap

    from intake_tui.widgets import wrapping

    def watched(text: str, *args: object, **kwargs: object) -> list[int]:
        wrapped.append(len(text))
        return _wrap.compute_wrap_offsets(text, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(wrapping, "compute_wrap_offsets", watched)
    document = Document("ord " * 5000)
    quick = SteadyWrapping(document)
    quick.wrap(76)
    end = document.end
    result = document.replace_range(end, end, "x")
    quick.wrap_range(end, end, result.end_location)
    assert wrapped
    assert max(wrapped) < 400
