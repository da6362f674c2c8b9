"""A wrapped document that wraps anew only from where it was changed.

Textual wraps a whole paragraph on every key: 20 kB of it cost 40 ms a key. Breaks before the
line that was changed stay where they are, so they need not be found again.
"""

from __future__ import annotations

from bisect import bisect_right

from rich.cells import cell_len
from textual._wrap import compute_wrap_offsets
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset

KEPT_BEFORE = 1  # lines before the changed one that are wrapped anew: a word may move back up


class SteadyWrapping(WrappedDocument):
    """Wraps like the document that it extends, with less work for long paragraphs."""

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap what was changed; a change within one paragraph keeps the breaks before it."""
        row = start[0]
        within = row == old_end[0] == new_end[0] and len(self._wrap_offsets) == len(
            self.document.lines
        )
        if not (within and self._width and "\t" not in self.document[row]):
            super().wrap_range(start, old_end, new_end)
            return
        old = self._wrap_offsets[row]
        keep = max(0, bisect_right(old, start[1]) - KEPT_BEFORE)
        begin = old[keep - 1] if keep else 0
        tail = compute_wrap_offsets(self.document[row][begin:], self._width, self._tab_width)
        self._put(row, old[:keep] + [begin + offset for offset in tail])

    def _put(self, row: int, breaks: list[int]) -> None:
        """The breaks of a paragraph, and what follows from them for all lines below."""
        first, lines = self._line_index_to_offsets[row][0], len(breaks) + 1
        grown = lines - len(self._wrap_offsets[row]) - 1
        self._wrap_offsets[row] = breaks
        self._tab_width_cache[row] = [0]
        if not grown:
            return
        self._offset_to_line_info[first : first + lines - grown] = [
            (row, section) for section in range(lines)
        ]
        self._line_index_to_offsets[row] = list(range(first, first + lines))
        for later in range(row + 1, len(self._line_index_to_offsets)):
            offsets = self._line_index_to_offsets[later]
            self._line_index_to_offsets[later] = [offset + grown for offset in offsets]

    def get_sections(self, line_index: int) -> list[str]:
        """The paragraph as it stands on the lines of the screen."""
        text = self.document[line_index]
        breaks = self._wrap_offsets[line_index]
        return [text[a:b] for a, b in zip([0, *breaks], [*breaks, len(text)], strict=True)]

    def location_to_offset(self, location: Location) -> Offset:
        """Where a location stands, without cutting the whole paragraph into lines."""
        row, column = location
        if "\t" in self.document[row]:
            return super().location_to_offset(location)
        breaks = self.get_offsets(row)
        section = bisect_right(breaks, column)
        begin = breaks[section - 1] if section else 0
        text = self.document[row][begin:column]
        return Offset(cell_len(text), self._line_index_to_offsets[row][section])
