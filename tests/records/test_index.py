"""Looking for contacts: Norwegian, by words and by parts of them, always as if built anew."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from intake_tui.intake.due import deadline_due
from intake_tui.intake.points import Point
from intake_tui.records import index as index_module
from intake_tui.records.book import Book
from intake_tui.records.index import Index
from intake_tui.records.later import Amended, Marked
from intake_tui.records.packed import pack, unpack
from intake_tui.records.rows import ContactRow, Done, RowPoint, states
from intake_tui.records.seeking import folded, matches, named, sought, spans, terms_of, whole

NOON = dt.datetime(2026, 1, 5, 12, 0, tzinfo=dt.UTC)
NAMES = named(
    {
        "HELP-2": "Plass på krisesenteret",
        "telephone": "Telefon",
        "call-yes": "kan ringes",
        "call-no": "IKKE RING",
        "call-open": "ikke avtalt",
        "broke": "linja ble brutt",
        "deadline": "Frist",
        "next": "Videre:",
    }
)


def contact(n: int, *said: str, alias: str | None = None, **other: object) -> ContactRow:
    fields: dict[str, object] = {
        "id": f"{n:032x}",
        "case": f"{n:04x}" + "0" * 28,
        "code": f"K-{n:04X}",
        "alias": alias,
        "started": NOON - dt.timedelta(days=n),
        "status": "signed",
        "channel": "telephone",
        "outcome": "HELP-2",
        "by": "Ragnhild Prøvestad",
        "points": tuple(
            RowPoint(Point(f"next:s{at}", "next", text)) for at, text in enumerate(said)
        ),
        "call": None,
        "hours": None,
        "broke": False,
        "n": n,
    }
    return ContactRow(**{**fields, **other})  # type: ignore[arg-type]


def found(book: Book, query: str) -> list[int | None]:
    return [row.n for row in book.search(query, 50, NAMES)]


@pytest.fixture
def book() -> Book:
    book = Book()
    book.put(
        [
            contact(5, "ringer krisesenteret i kveld", alias="Åse på Ærøy"),
            contact(4, "barnevernet får melding, sosialkontoret óg", alias="Rogn-hilsen"),
            contact(
                3,
                "søker ny bolig",
                outcome=None,
                channel=None,
                hours="etter kl 18",
                call="no",
                broke=True,
            ),
        ]
    )
    return book


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aåÅæøéñ\u0300\u0301\u030a"))))
def test_marks_above_a_letter_never_count(text: str) -> None:
    plain = folded(text)
    assert not any(map(unicodedata.combining, plain))
    assert plain == folded(unicodedata.normalize("NFD", text.casefold()))


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("krisesenteret", [5, 4]),  # what is said, and what was chosen in the list's language
        ("senter", [5, 4]),
        ("ringer senter", [5]),
        ("vern", [4]),
        ("kontor", [4]),
        ("og", [4]),
        ("ase", [5]),
        ("aase", [5]),
        ("ÅSE", [5]),
        ("a\u030ase", [5]),
        ("ærø", [5]),
        ("ero", [5]),
        ("soker bo", [3]),
        ("søker, bolig!", [3]),
        ("rogn-h", [4]),
        ("kl 18", [3]),
        ("etter", [3]),
        ("provestad", [5, 4, 3]),
        ("telefon", [5, 4]),
        ("k-0003", [3]),
        ("0003", [3]),
        ("ikke ring", [5, 3]),  # by the first words of «ikke avtalt» and «ringer» too
        ("ikke", [5, 4, 3]),
        ("ringes", []),
        ("brutt", [3]),
        ("videre", [5, 4, 3]),
        ("frist", []),
        ("31.12.2025", [5]),
        ("2025-12", [5]),
        ("1.1.2026", [4]),
        ("", [5, 4, 3]),
        ("-", [5, 4, 3]),
        # A part begins after two letters or more, and has three or more; nothing in between.
        ("ilsen", []),
        ("risesenter", []),
        ("et", [3]),
        ("enhet", []),
        ("=help-2", []),
        ("\n", [5, 4, 3]),
    ],
)
def test_a_word_is_met_where_a_word_or_a_part_of_one_begins(
    book: Book, query: str, numbers: list[int]
) -> None:
    assert found(book, query) == numbers


def test_the_day_of_a_deadline_finds_it_until_it_is_done(book: Book) -> None:
    pinned = Point("deadline", "deadline", "han hjem 3.2.")
    book.put([contact(2, points=(RowPoint(pinned),)), contact(1)])
    assert found(book, "3.2.2026") == found(book, "frist") == [2]
    book.put([Marked(9, f"{9:032x}", f"{2:032x}", (), NOON, "Bo", "deadline", True)])
    assert found(book, "3.2.2026") == found(book, "frist") == []
    assert found(book, "hjem") == [2]


def test_further_codes_of_the_same_person_find_it_too(book: Book) -> None:
    book.know_as({contact(5).case: ("K-00AB",)})
    assert found(book, "k-00ab") == [5]
    book.know_as({})
    assert found(book, "k-00ab") == []


def test_two_cases_of_one_person_may_have_the_same_code(book: Book) -> None:
    book.know_as({contact(5).case: ("K-0005", "K-0004")})
    assert found(book, "k-0005") == [5]
    book.forget([contact(5).case])
    assert found(book, "k-0005") == []
    assert found(book, "k-0004") == [4]


@pytest.mark.parametrize(
    ("code", "query"),
    [
        ("K-AA12", "k-aa12"),
        ("K-AA12", "aa1"),
        ("K-AA12", "AA"),
        ("K-A12C", "aa12"),
        ("K-4AAA", "4aaa"),
        ("K-AAAA", "K-AAAA"),
        ("K-0AA0", "k-0aa"),
        ("K-C0DE", "k-c"),
        ("K-C0DE", "k"),
        ("K-C0DE", "k k-c0de c0d"),
    ],
)
def test_a_code_is_found_by_its_figures_though_some_of_them_are_typed_for_a_letter(
    code: str, query: str
) -> None:
    """«aa» is «å» wherever words are looked for, and figures of codes are no exception."""
    book = Book()
    book.put([contact(9), contact(7, code=code, case=code[2:].lower() + "0" * 28), contact(3)])
    assert 7 in found(book, query)
    assert found(book, f"{query}0") in ([], [7])
    book.forget([code[2:].lower() + "0" * 28])
    assert 7 not in found(book, query)


def test_what_was_looked_for_is_shown_where_it_stands() -> None:
    text = "Åse ringer krisesenteret, Aasen på Ærøy"
    parts = [text[begin:end] for begin, end in spans(text, sought("ase senter æ"))]
    assert parts == ["Åse", "senter", "Aase", "Æ"]
    assert spans(text, sought("ngs")) == ()


LETTERS = "aåAÅæøoeßs \u030a"


@given(st.text(alphabet=LETTERS, max_size=12), st.text(alphabet="aåøßso", max_size=4))
def test_it_is_shown_in_a_text_where_the_text_is_found_by_it(text: str, query: str) -> None:
    words = sought(query)
    shown = spans(text, words)
    assert bool(shown) == (bool(words) and matches(whole(terms_of((), [NOON], [text])), words))
    assert all(0 <= begin < end <= len(text) for begin, end in shown)


def test_a_word_that_no_contact_has_any_more_is_kept_nowhere(book: Book) -> None:
    book.forget([contact(4).case])
    held = vars(book._index)
    assert "barnevernet" not in repr(held)
    assert "sosialkontoret" not in repr(held)
    assert "Rogn" not in repr(book) + repr(book._index)
    assert found(book, "bolig") == [3]


@settings(max_examples=200)
@given(st.data())
def test_a_row_is_the_same_when_it_comes_back(data: st.DataObject) -> None:
    text = st.text(max_size=5)
    times = st.datetimes(timezones=st.just(dt.UTC), min_value=dt.datetime(1901, 1, 1))
    done = st.none() | st.builds(Done, times, text)
    points = st.builds(RowPoint, st.builds(Point, text, st.just("next"), text, text), done)
    row = contact(
        data.draw(st.integers(1, 9999)),
        alias=data.draw(st.none() | text),
        points=tuple(data.draw(st.lists(points, max_size=3))),
        hours=data.draw(st.none() | text),
        call=data.draw(st.sampled_from(["yes", "no", None])),
        amended=data.draw(st.booleans()),
        started=data.draw(times),
    )
    assert unpack(pack(row), row.n or 0) == row


WORDS = ["åse", "krisesenteret", "senter", "ring", "ringer", "barnevern", "vern", "k", "2026", "a"]
QUERIES = [
    "s",
    "senter",
    "k",
    "2",
    "a ring",
    "vern s",
    "k-00",
    "k-000",
    "aa",
    "a0 k-00",
    "05",
    "2026 k",
    "prøv sen",
    "plass",
    "ikke ring",
    "avtalt",
    "",
]


class Kept(RuleBasedStateMachine):
    """A book that lives, beside one that is built anew each time; with narrow and broad words."""

    records = Bundle("records")

    @initialize(many=st.sampled_from([0, 2, 3000]), rows=st.sampled_from([0, 2, 2000]))
    def begin(self, many: int, rows: int) -> None:
        self.before = index_module.MANY_TERMS, index_module.MANY_ROWS
        index_module.MANY_TERMS, index_module.MANY_ROWS = many, rows
        self.book = Book()
        self.signed: dict[int, ContactRow] = {}
        self.added: list[Amended | Marked] = []
        self.also: dict[str, tuple[str, ...]] = {}

    def teardown(self) -> None:
        if hasattr(self, "before"):
            index_module.MANY_TERMS, index_module.MANY_ROWS = self.before

    @rule(target=records, n=st.integers(1, 40), said=st.lists(st.sampled_from(WORDS), max_size=3))
    def sign(self, n: int, said: list[str]) -> int:
        row = contact(n, " ".join(said), alias=said[0] if said else None)
        if n not in self.signed:
            self.signed[n] = row
            self.book.put([row])
        return n

    @rule(n=records, word=st.sampled_from(WORDS), key=st.sampled_from(["alias", "INV-1"]))
    def amend(self, n: int, word: str, key: str) -> None:
        if n not in self.signed:
            return
        at = 100 + len(self.added)
        later = Amended(at, f"{at:032x}", f"{n:032x}", (), NOON, "Bo", "answer", key, word)
        self.added.append(later)
        self.book.put([later])

    @rule(n=records, call=st.sampled_from(["yes", "no", "open"]))
    def agree(self, n: int, call: str) -> None:
        if n not in self.signed:
            return
        at = 100 + len(self.added)
        later = Amended(at, f"{at:032x}", f"{n:032x}", (), NOON, "Bo", "safety", "call", call)
        self.added.append(later)
        self.book.put([later])

    @rule(n=records, done=st.booleans())
    def mark(self, n: int, done: bool) -> None:
        if n not in self.signed:
            return
        at = 100 + len(self.added)
        later = Marked(at, f"{at:032x}", f"{n:032x}", (), NOON, "Bo", "next:s0", done)
        self.added.append(later)
        self.book.put([later])

    @rule(n=records, other=st.integers(1, 60) | st.sampled_from([0xAA00, 0x0AA0, 0xAAAA]))
    def join(self, n: int, other: int) -> None:
        self.also = {**self.also, contact(n).case: (f"K-{other:04X}",)}
        self.book.know_as(self.also)

    @rule()
    def part(self) -> None:
        self.also = {}
        self.book.know_as({})

    @rule(n=records)
    def delete(self, n: int) -> None:
        self.signed.pop(n, None)
        self.added = [one for one in self.added if one.of != f"{n:032x}"]
        self.book.forget([contact(n).case])

    @invariant()
    def as_if_built_anew(self) -> None:
        if not hasattr(self, "book"):
            return
        anew = Book()
        anew.put(self.added)
        anew.put(sorted(self.signed.values(), key=lambda row: -(row.n or 0)))
        anew.know_as(self.also)
        assert list(self.book.all()) == list(anew.all())
        assert self.book.left(NOON, 3) == anew.left(NOON, 3)
        assert self.book.not_to_call() == anew.not_to_call()
        for query in QUERIES:
            expected = list(self.one_by_one(anew, query))
            assert found(anew, query) == found(self.book, query) == expected

    def one_by_one(self, book: Book, query: str) -> Iterator[int | None]:
        """What each contact says of itself."""
        for row in book.all():
            texts = (row.alias, row.hours, row.by, *(each.point.text for each in row.points))
            codes = (row.code, *self.also.get(row.case, ()))
            names = [NAMES.get(value or "", "") for value in (row.channel, row.outcome)]
            said = states(row.call, broke=row.broke, outstanding=row.outstanding)
            names += [NAMES[each] for each in said]
            days = row.started, deadline_due(row.outstanding, row.started)
            terms = "\n".join([whole(terms_of(codes, days, texts)), *names])
            if matches(terms, sought(query)):
                yield row.n


TestKept = Kept.TestCase
TestKept.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)


def test_an_index_says_nothing() -> None:
    index = Index()
    index.put(1, ["rogn"], [0x4F2A])
    assert "rogn" not in repr(index)
