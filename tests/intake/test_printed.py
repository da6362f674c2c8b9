"""What is printed: all of it, in its order, on 80 columns; the plan only where it is asked for."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from replay import TRANSCRIPTS, guide, held

from intake_tui.intake.amendment import as_it_reads, sentences, standing
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.plan import plan_statements
from intake_tui.intake.shape import shape
from intake_tui.widgets.printed import document
from intake_tui.widgets.printed_blocks import Block, plain, point
from intake_tui.widgets.printed_lines import WIDTH, as_markdown
from intake_tui.widgets.unbroken import GLUE
from intake_tui.words import WORDS_LANGUAGES, Words
from talk_samples import keep, whole_talk

SIGNED = dt.datetime(2026, 11, 23, 14, 2, tzinfo=dt.UTC)
NOW = SIGNED + dt.timedelta(days=2)
BY = "Ada Eksempel"
NUMBER = "900 00 000"
POINT = re.compile(r"^ *(?:- |\d+\. )")
ESCAPE = re.compile(r"\\([^\w\s])")


def record_of(talk: Conversation) -> dict[str, Any]:
    signed = shape(talk, status="signed", signed=SIGNED)
    return {**signed, "by": BY, "amendments": [], "amended": None, "done": [], "damaged": []}


def amended(record: dict[str, Any], *wanted: tuple[str, str, str | None]) -> dict[str, Any]:
    """The record with those corrections, one an hour, each with a reason of its own."""
    trail: list[dict[str, Any]] = []
    for number, (what, key, now) in enumerate(wanted):
        reads = {**record, **(as_it_reads(record, trail))}
        at = (SIGNED + dt.timedelta(hours=number + 1)).isoformat()
        about = {
            "id": f"{number:032x}",
            "at": at,
            "by": "Bo Prøve",
            "parents": [],
            "damaged": False,
        }
        was = standing(reads, what, key)  # type: ignore[arg-type]
        said = {"what": what, "key": key, "was": was, "now": now, "reason": f"grunn nr {number}"}
        trail.append({**about, **said})
    return {**record, "amendments": trail, "amended": as_it_reads(record, trail) if trail else None}


def printed(record: dict[str, Any], language: str = "nb", *, with_plan: bool = False) -> str:
    words = Words(language)  # type: ignore[arg-type]
    return as_markdown(blocks(record, words, with_plan=with_plan))


def blocks(record: dict[str, Any], words: Words, *, with_plan: bool = False) -> list[Block]:
    return document(record, guide(), words, centre="Senteret", now=NOW, with_plan=with_plan)


def unwrapped(text: str) -> list[str]:
    """Points, headings and paragraphs, each in one line and without the escapes."""
    found: list[str] = []
    for line in text.splitlines():
        if not line or POINT.match(line) or line.startswith("#") or not found or not found[-1]:
            found.append(line.strip())
        else:
            found[-1] += f" {line.strip()}"
    return [ESCAPE.sub(r"\1", line) for line in found]


def section(text: str, name: str, language: str = "nb") -> list[str]:
    """The lines below a heading of the second level."""
    lines = unwrapped(text)
    begin = lines.index(f"## {Words(language)(name)}")  # type: ignore[arg-type]
    ends = [at for at, line in enumerate(lines) if line.startswith("## ") and at > begin]
    return lines[begin + 1 : ends[0] if ends else len(lines)]


@pytest.mark.parametrize("language", WORDS_LANGUAGES)
@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_every_sentence_and_line_is_there_in_its_order(name: str, language: str) -> None:
    talk = held(name)
    record, words = record_of(talk), Words(language)
    text = printed(record, language, with_plan=True)
    assert max(map(len, text.splitlines())) <= WIDTH
    note = [line for line in section(text, "printed.note", language) if line.startswith("- ")]
    assert note == [
        f"- {plain(each['text'])}"
        for part in record["journal"]["parts"]
        for each in part["sentences"]
    ]
    lines = section(text, "printed.statements", language)
    said = [line for line in lines if re.match(r"- \d\d:\d\d ", line)]
    assert len(said) == len(talk.intake.statements)
    for line, shown in zip(talk.intake.statements, said, strict=True):
        kind = words(f"answers.kind-{line.kind}")
        said_ = f"«{line.text}»" if line.kind == "quote" else line.text
        assert shown == f"- {line.at.astimezone():%H:%M} {kind}: {plain(said_)}"
    for key in ("printed.corrections", "safety.title"):
        assert section(text, key, language)
    assert words("printed.unsealed") in unwrapped(text)
    assert BY in text.split("##")[0]
    assert talk.code in text.splitlines()[0]


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_the_plan_is_left_out_and_that_is_said_unless_it_is_asked_for(name: str) -> None:
    talk = held(name)
    talk.pin("code-word", "separatorrommet")
    record = record_of(talk)
    hidden = plan_statements(guide(), talk.intake)
    without, whole = printed(record), printed(record, with_plan=True)
    assert "separatorrommet" in whole
    assert "separatorrommet" not in without
    told = Words("nb")("printed.plan-left-out")
    assert (told in unwrapped(without), told in unwrapped(whole)) == (True, False)
    planned = [line.text for line in talk.intake.statements if line.id in hidden]
    planned += [each["text"] for each in sentences(record) if hidden.intersection(each["sources"])]
    assert bool(planned) == (name == "04-interpreter-permit")
    flat = " ".join(unwrapped(without))
    assert [text for text in planned if plain(text) in flat] == []
    kept = [line for line in talk.intake.statements if line.id not in hidden]
    assert [line.text for line in kept if plain(line.text) not in flat] == []


def test_without_any_plan_nothing_is_said_of_one() -> None:
    text = printed(record_of(whole_talk(guide())))
    assert Words("nb")("printed.plan-left-out") not in unwrapped(text)
    assert Words("nb")("safety.code-word") in text


def test_what_was_corrected_of_the_plan_goes_with_it() -> None:
    talk = whole_talk(guide())
    keep(talk, "til separatorrommet", "plan-where")
    line = talk.intake.statements[-1].id
    fixed = amended(record_of(talk), ("statement", line, "til melkerommet"))
    without, whole = printed(fixed), printed(fixed, with_plan=True)
    assert "melkerommet" in whole
    for secret in ("separatorrommet", "melkerommet", "grunn nr 0"):
        assert secret not in without
    assert "Ingen, utenom dem" in without


def test_a_correction_says_what_stood_what_stands_why_who_and_when() -> None:
    fixed = amended(
        record_of(whole_talk(guide())),
        ("sentence", "s4", "Mannen var sint."),
        ("statement", "s7", None),
        ("safety", "call", "yes"),
        ("addition", "", "hun ringte igjen"),
    )
    text = printed(fixed)
    assert section(text, "printed.corrections")[1:] == [
        "1. Setning i notatet · 23.11.2026 15:02 av Bo Prøve",
        "- Det sto: Mannen var brå før også.",
        "- Det skal stå: Mannen var sint.",
        "- Hvorfor: grunn nr 0",
        "2. Utsagn · 23.11.2026 16:02 av Bo Prøve",
        "- Det sto: jakter, to våpen i boden",
        "- Det skal stå: strøket",
        "- Hvorfor: grunn nr 1",
        "3. Ringe opp · 23.11.2026 17:02 av Bo Prøve",
        "- Det sto: IKKE RING",
        "- Det skal stå: kan ringes",
        "- Hvorfor: grunn nr 2",
        "4. Tilføyelse · 23.11.2026 18:02 av Bo Prøve",
        "- Det skal stå: hun ringte igjen",
        "- Hvorfor: grunn nr 3",
        "",
    ]
    assert "- Mannen var brå før også. (se rettelse 1)" in section(text, "printed.note")
    now = section(text, "printed.reads-now")
    assert "- Mannen var sint." in now
    assert "- hun ringte igjen" in now
    (drafted,) = [line for line in now if line.startswith("- Hun forteller: jakter")]
    assert drafted.endswith("(linjen den kom fra, er rettet: se rettelse 2)")
    assert "- 13:10 fortalt: jakter, to våpen i boden (se rettelse 2)" in section(
        text, "printed.statements"
    )


def test_one_that_cannot_be_read_is_named_and_so_is_a_missing_row() -> None:
    fixed = amended(record_of(whole_talk(guide())), ("statement", "s7", "ett våpen"))
    broken = {**fixed["amendments"][0], "was": None, "now": None, "reason": None, "damaged": True}
    text = printed({**fixed, "amendments": [broken], "damaged": [3]})
    trail = " ".join(section(text, "printed.corrections"))
    assert "kan ikke leses" in trail
    assert "Si fra til lederen" in trail
    assert "strøket" not in trail


def test_the_duties_are_there_with_what_was_done_afterwards() -> None:
    record = record_of(whole_talk(guide()))
    mark = {"point": "duty:avert", "done": True, "at": NOW.isoformat(), "by": "Bo Prøve"}
    lines = section(printed({**record, "done": [mark]}), "duties.title")
    assert "- Bygger på: jakter, to våpen i boden / Nå er det hver uke" in lines
    assert "- Begrunnelse: barnet kommer hit i dag" in lines
    assert "- gjort 25.11.2026 14:02 av Bo Prøve" in lines


@pytest.mark.parametrize("language", WORDS_LANGUAGES)
def test_a_number_is_never_printed_without_do_not_call_on_its_line(language: str) -> None:
    talk = whole_talk(guide())
    talk.pin("number", NUMBER)
    word = Words(language)("safety.do-not-call")
    for length in range(50, 80):
        keep(talk, f"{'a' * length} {NUMBER} er søsteren", "OPEN-1")
        keep(talk, f"{'a' * length} {word} {NUMBER}", "OPEN-1")
    fixed = amended(record_of(talk), ("statement", "s7", f"{'b ' * 35}{NUMBER}"))
    lines = [line for line in printed(fixed, language).splitlines() if NUMBER in line]
    assert len(lines) > 60
    assert [line for line in lines if f"{word} {NUMBER}" not in line.replace("· ", "")] == []


def test_after_a_correction_it_is_how_it_is_now_that_counts() -> None:
    talk = whole_talk(guide())
    talk.pin("call", "yes")
    talk.pin("number", NUMBER)
    keep(talk, f"nås på {NUMBER}", "OPEN-1")
    record = record_of(talk)
    assert "IKKE RING" not in printed(record)
    fixed = printed(amended(record, ("safety", "call", "no")))
    assert "**IKKE RING**" in fixed.splitlines()
    assert [line for line in fixed.splitlines() if NUMBER in line and "IKKE RING" not in line] == []


# Any words

awkward = st.text(
    st.sampled_from("ab *_`<>[]()\\&~#-+=.1!|:/«»æ\n\t\x1b\u202e" + GLUE), max_size=200
)
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@settings(deadline=None)
@given(awkward, st.sampled_from([0, 12]), st.sampled_from([0, 1]))
@example("*" * 200, 0, 0)
@example("a* " * 60, 12, 1)
def test_any_words_stay_on_the_page_and_are_read_as_they_were_written(
    text: str, number: int, depth: int
) -> None:
    outer = point("", number=3)
    whole = as_markdown([outer, point(text, number=number, depth=depth)]).splitlines()
    lines, indent = whole[1:], 3 * depth
    assert max(map(len, lines)) <= WIDTH
    assert all(line.isprintable() for line in lines)
    expected = plain(text).replace(GLUE, " ")
    kinds = [token.type for token in MARKDOWN.parse("\n".join(line[indent:] for line in lines))]
    assert kinds.count("list_item_open") == 1
    assert not expected.strip() or kinds.count("inline") == 1
    read = "".join(
        " " if child.type == "softbreak" else child.content
        for token in MARKDOWN.parse("\n".join(line[indent:] for line in lines))
        for child in token.children or ()
    )
    assert read.replace(" ", "") == expected.replace(" ", "")


corrections = st.one_of(
    st.tuples(
        st.just("statement"),
        st.sampled_from(["s4", "s7", "s18"]),
        st.none() | st.text("xyz ", min_size=1),
    ),
    st.tuples(
        st.just("sentence"), st.sampled_from(["s4", "s18"]), st.none() | st.text("xyz ", min_size=1)
    ),
    st.tuples(st.just("safety"), st.just("call"), st.sampled_from(["yes", "no"])),
    st.tuples(st.just("addition"), st.just(""), st.text("xyz", min_size=1)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(corrections, max_size=8))
def test_whatever_is_corrected_all_stands_in_order_and_the_original_is_never_hidden(
    wanted: list[tuple[str, str, str | None]],
) -> None:
    record = record_of(whole_talk(guide()))
    fixed = amended(record, *wanted)
    text = printed(fixed)
    trail = section(text, "printed.corrections")
    numbers = [int(line.split(".")[0]) for line in trail if re.match(r"\d+\. ", line)]
    assert numbers == list(range(1, len(wanted) + 1))
    reasons = [line for line in trail if line.startswith("- Hvorfor: ")]
    assert reasons == [f"- Hvorfor: grunn nr {number}" for number in range(len(wanted))]
    note = [line.split(" (se rettelse")[0] for line in section(text, "printed.note")]
    for each in (one for part in record["journal"]["parts"] for one in part["sentences"]):
        assert f"- {plain(each['text'])}" in note
    statements = " ".join(section(text, "printed.statements"))
    assert all(line["text"] in statements for line in record["statements"])


def test_nothing_of_it_is_in_a_repr() -> None:
    from intake_tui.widgets.printed import _Document

    record = record_of(whole_talk(guide()))
    assert "våpen" not in repr(_Document(record, guide(), Words("nb"), left_out=False))
