"""What looking for a contact costs does not grow with their number, but for the terms they have."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from heapq import nlargest

import pytest

from intake_tui.intake.points import Point
from intake_tui.records import book as book_module
from intake_tui.records import index as index_module
from intake_tui.records import terms
from intake_tui.records.book import Book
from intake_tui.records.index import Index
from intake_tui.records.packed import unpack
from intake_tui.records.rows import ContactRow, RowPoint
from intake_tui.records.seeking import sought, terms_of

MANY = 10_000
NOON = dt.datetime(2026, 1, 5, 12, 0, tzinfo=dt.UTC)
WORDS = [
    "ringer",
    "krisesenteret",
    "kveld",
    "advokat",
    "barnevernet",
    "politiet",
    "melding",
    "fredag",
    "mora",
    "skolen",
]


def rows(count: int, seed: int = 4) -> Iterator[ContactRow]:
    """Newest first, as they are read; what they say is invented."""
    chance = random.Random(seed)
    for n in range(count, 0, -1):
        case = chance.randbytes(16)
        yield ContactRow(
            id=chance.randbytes(16).hex(),
            case=case.hex(),
            code=f"K-{case[:2].hex().upper()}",
            alias=f"alias{n % 997}",
            started=NOON - dt.timedelta(hours=14 * (count - n)),
            status="signed",
            channel="telephone",
            outcome="HELP-2",
            by="Ragnhild Prøvestad",
            points=(RowPoint(Point("next:s1", "next", " ".join(chance.sample(WORDS, 3)))),),
            call=None,
            hours=None,
            broke=False,
            n=n,
        )


@pytest.fixture(scope="module")
def book() -> Book:
    book = Book()
    book.put(rows(MANY))
    return book


QUERIES = (
    "k",
    "2",
    "a",
    "senter",
    "alias7",
    "k-4 fredag",
    "ringer mora 2025",
    "ringer advokat skolen",
    "finnes ikke",
)


class NotWalked(list[int]):
    """Of which a part may be taken, and no more."""

    def __iter__(self) -> Iterator[int]:
        raise AssertionError("all contacts were gone through")


@pytest.mark.parametrize("query", QUERIES)
def test_only_what_is_found_is_made_of_bytes(
    book: Book, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def watched(packed: bytes, n: int) -> ContactRow:
        made.append(n)
        return unpack(packed, n)

    monkeypatch.setattr(book_module, "unpack", watched)
    found = book.search(query, 50)
    assert [row.n for row in found] == made
    assert len(made) <= 50


@pytest.mark.parametrize("query", QUERIES)
def test_few_contacts_are_looked_at(
    book: Book, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that most letters begin is answered from the newest; none goes through all there are."""
    looked_at: set[int] = set()
    compared: list[int] = []
    meets, has = Index._meets, Index._has

    def meets_watched(self: Index, n: int, met: object) -> bool:
        looked_at.add(n)
        return meets(self, n, met)  # type: ignore[arg-type]

    def has_watched(self: Index, n: int, one: object) -> bool:
        looked_at.add(n)
        return has(self, n, one)  # type: ignore[arg-type]

    def nlargest_watched(limit: int, numbers: set[int]) -> list[int]:
        compared.append(len(numbers))
        return nlargest(limit, numbers)

    monkeypatch.setattr(Index, "_meets", meets_watched)
    monkeypatch.setattr(Index, "_has", has_watched)
    monkeypatch.setattr(index_module, "nlargest", nlargest_watched)
    monkeypatch.setattr(book, "_newest", NotWalked(book._all()))
    book.search(query, 50)
    assert len(looked_at) <= MANY // 15
    assert sum(compared) <= MANY // 5


def test_few_terms_are_sorted_again_for_each_that_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of like length are made one: what is sorted already is not, at each thousand."""
    sorted_: list[int] = []
    original = terms._Run

    def watched(pairs: list[tuple[str, int]]) -> terms._Run:
        sorted_.append(len(pairs))
        return original(pairs)

    monkeypatch.setattr(terms, "_Run", watched)
    forms, many = terms.Forms(), 32 * terms.NEW_FORMS
    for number in range(many):
        forms.put(f"ord{number}", number)
    assert many // 2 < sum(sorted_) <= 8 * many


def test_a_code_is_a_number_and_no_term(book: Book) -> None:
    """Nearly every contact has one for itself: as terms they were a third of the memory."""
    aliases, days = 997, MANY * 14 // 24
    months = days // 30 + 1
    assert len(book._index._all) < aliases + days + months + 100


def test_a_further_contact_costs_its_own_words(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    put: list[int] = []
    original = Index.put

    def watched(self: Index, n: int, terms: set[str], codes: Iterable[int]) -> None:
        put.append(n)
        original(self, n, terms, codes)

    monkeypatch.setattr(Index, "put", watched)
    further = next(rows(MANY + 1, seed=5))
    book.put([further])
    assert put == [MANY + 1]
    assert len(terms_of(["K-4F2A"], [NOON], ["ringer i kveld"])) == 6
    assert sought("ringer i kveld") == ("ringer", "i", "kveld")
    book.forget([further.case])
