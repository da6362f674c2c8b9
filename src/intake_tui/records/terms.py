"""The terms of an index by what they begin with, and by their parts. They hold what was said."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import chain

from intake_tui.records.seeking import BEFORE, LINE, PART, parts, whole

NEW_FORMS = 1000  # that are sorted at once
LAST = "\U0010ffff"  # comes after every other letter


class Forms:
    """Every form of every term, with the term's id: in a few sorted runs.

    What is new is sorted by itself, and two runs are made one when they are of like length: none
    of it takes long, however many there are.
    """

    def __init__(self) -> None:
        self._runs: list[_Run] = []
        self._new: list[tuple[str, int]] = []
        self._sorted = True  # what is new, since it was last looked at

    def put(self, term: str, id_: int) -> None:
        """One more term."""
        self._new += [(form, id_) for form in term.split(LINE)]
        self._sorted = False
        if len(self._new) > NEW_FORMS:
            self._settle()

    def drop(self, term: str, id_: int) -> None:
        """It is not kept any more."""
        for form in term.split(LINE):
            if (form, id_) in self._new:
                self._new.remove((form, id_))
            else:
                next(run for run in self._runs if run.drops(form, id_))

    def count(self, word: str) -> int:
        """How many forms begin with it."""
        return sum(end - begin for _, begin, end in self._spans(word)) + len(self._among_new(word))

    def beginning(self, word: str) -> Iterator[int]:
        """The ids of the terms of which a form does."""
        settled = (run.ids[begin:end] for run, begin, end in self._spans(word))
        return chain(*settled, self._among_new(word))

    def _spans(self, word: str) -> Iterator[tuple[_Run, int, int]]:
        for run in self._runs:
            begin = bisect_left(run.forms, word)
            yield run, begin, bisect_left(run.forms, word + LAST, begin)

    def _among_new(self, word: str) -> list[int]:
        if not self._sorted:
            self._new.sort()
            self._sorted = True
        begin = bisect_left(self._new, (word, 0))
        return [id_ for _, id_ in self._new[begin : bisect_left(self._new, (word + LAST, 0))]]

    def _settle(self) -> None:
        self._runs.append(_Run(self._new))
        self._new = []
        while len(self._runs) > 1 and len(self._runs[-2].ids) < 2 * len(self._runs[-1].ids):
            last = self._runs.pop()
            self._runs[-1] = _Run([*self._runs[-1].pairs(), *last.pairs()])


class _Run:
    """Sorted forms, and beside each the id of its term."""

    __slots__ = ("forms", "ids")

    def __init__(self, pairs: list[tuple[str, int]]) -> None:
        pairs.sort()
        self.forms = [form for form, _ in pairs]
        self.ids = array("I", [id_ for _, id_ in pairs])

    def pairs(self) -> Iterator[tuple[str, int]]:
        """Both, side by side."""
        return zip(self.forms, self.ids, strict=True)

    def drops(self, form: str, id_: int) -> bool:
        """Takes that form of that term out; False where it is not here."""
        at = bisect_left(self.forms, form)
        while at < len(self.ids) and self.forms[at] == form:
            if self.ids[at] == id_:
                del self.forms[at], self.ids[at]
                return True
            at += 1
        return False


class Compounds:
    """The words that are long enough to have parts, in one text."""

    def __init__(self) -> None:
        self._text = ""
        self._new: list[str] = []
        self._size = 0  # of the text with what is new
        self._starts = array("I")  # by place: where the word stands in the text, after its line
        self._ids = array("I")  # by place

    def put(self, word: str, id_: int) -> None:
        """One more word, if it can have parts."""
        if len(word) >= BEFORE + PART and word.isalpha():
            self._starts.append(self._size)
            self._ids.append(id_)
            self._new.append(word)
            self._size += 1 + len(word)

    def drop(self, word: str, id_: int) -> None:
        """It is not kept any more."""
        if id_ in self._ids:
            text, begin = self._whole(), self._starts[self._ids.index(id_)] + 1
            self._text = f"{text[:begin]}{chr(0) * len(word)}{text[begin + len(word) :]}"

    def having(self, part: str) -> Iterator[int]:
        """The ids of the words of which that is a part."""
        return (self._ids[bisect_right(self._starts, at) - 1] for at in parts(self._whole(), part))

    def _whole(self) -> str:
        if self._new:
            self._text += whole(self._new)
            self._new = []
        return self._text
