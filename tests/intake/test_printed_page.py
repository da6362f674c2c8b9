"""The same document on pages of A4: all of it, in its order, and nothing about whom outside it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from replay import TRANSCRIPTS, guide, held
from test_printed import awkward, blocks, record_of

from intake_tui.desk.exporting import ExportRefused
from intake_tui.widgets.printed_blocks import Block, heading, plain, point
from intake_tui.widgets.printed_file import printed_file
from intake_tui.widgets.printed_page import as_pdf
from intake_tui.words import WORDS_LANGUAGES, Words
from pdf_text import reader, said, together
from talk_samples import whole_talk

A4 = (595.28, 841.89)  # points
SHORTHAND = "\N{DUPLOYAN LETTER H}"  # in no typeface that anybody has


def pdf(*documents: list[Block]) -> bytes:
    return as_pdf(documents, title="Notat", language="nb")


def stand_in_order(text: str, wanted: list[str]) -> None:
    at = 0
    for each in wanted:
        at = text.index(each, at) + len(each)


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_all_of_the_document_is_there_in_its_order(name: str) -> None:
    document = blocks(record_of(held(name)), Words("nb"), with_plan=True)
    data = pdf(document)
    first = together(document[0].text)
    pages = [page.extract_text() for page in reader(data).pages]
    # The line at the foot is none of the document's.
    text = "".join(together(page).rsplit(first, 1)[0] for page in pages)
    stand_in_order(text, [together(block.text) for block in document])
    assert len(pages) > 1
    assert all(together(page).endswith(f"{n}/{len(pages)}") for n, page in enumerate(pages, 1))
    assert all(first in together(page) for page in pages)
    for page in reader(data).pages:
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx(A4, abs=0.1)


@pytest.mark.parametrize("language", WORDS_LANGUAGES)
def test_what_viewers_show_around_it_says_nothing_of_whom_or_when(language: str) -> None:
    words = Words(language)
    data = printed_file([blocks(record_of(whole_talk(guide())), words)], "pdf", words)
    about = dict(reader(data).metadata or {})
    assert about.pop("/Title") == words("printed.file-title")
    assert about.pop("/Creator").startswith("Typst")
    assert about == {}
    xmp = reader(data).xmp_metadata
    assert xmp is not None
    assert "K-4F2A" not in xmp.rdf_root.toxml()
    assert reader(data).trailer["/Root"]["/Lang"] == language
    assert reader(data).trailer["/Root"]["/MarkInfo"]["/Marked"]  # for screen readers


def test_each_record_begins_on_a_page_of_its_own() -> None:
    one, other = [heading("Første", 1), point("a")], [heading("Andre", 1), point("b")]
    first, second = (page.extract_text() for page in reader(pdf(one, other)).pages)
    assert "Første" in first
    assert "Andre" not in first
    assert "Andre" in second
    assert "Første" not in second


def test_points_within_a_point_are_a_list_within_it_and_keep_their_number() -> None:
    text = said(pdf([point("ytre", number=12), point("indre", depth=1), point("neste", number=13)]))
    stand_in_order(text, ["12.ytre", "indre", "13.neste"])


def test_a_word_without_an_end_stays_on_the_page() -> None:
    (page,) = reader(pdf([point("x" * 400)])).pages
    lines = [line for line in page.extract_text().splitlines() if "xx" in line]
    assert len(lines) > 3
    assert max(map(len, lines)) < 100


@settings(deadline=None, max_examples=30)
@given(st.lists(awkward, min_size=1, max_size=3))
@example(["#pagebreak() $x$ @a <b> [c] \\ *d* _e_ `f` //g"])
def test_any_words_are_read_as_they_were_written(texts: list[str]) -> None:
    text = said(pdf([point(text) for text in texts]))
    stand_in_order(text, [together(plain(each)) for each in texts])


def test_a_sign_that_cannot_be_shown_is_said_and_plain_text_has_it() -> None:
    document = [point(f"navnet er {SHORTHAND}")]
    with pytest.raises(ExportRefused) as refused:
        printed_file([document], "pdf", Words("nb"))
    assert refused.value.code == "no-glyph"
    assert SHORTHAND not in str(refused.value)
    assert refused.value.__cause__ is None
    assert SHORTHAND in printed_file([document], "md", Words("nb")).decode()
