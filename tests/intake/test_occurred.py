"""When it happened, worked out from the counsellor's words: nothing is guessed."""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake_tui.intake.calendar_words import (
    ALL_WEEKDAYS,
    DAYS_AHEAD,
    DAYS_BACK,
    LAST_MONTH,
    LAST_NIGHT,
    LAST_WEEK,
    LAST_YEAR,
    MONTHS,
    PARTS,
    SEASONS,
    THIS_MONTH,
    THIS_WEEK,
    THIS_YEAR,
    TODAYS_PARTS,
)
from intake_tui.intake.occurred import LONGEST, offered, worked_out

MONDAY = dt.date(2026, 11, 23)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))


def seen(words: str, day: dt.date = MONDAY) -> str | None:
    """What was worked out, written short: 21.11.2026 day, 21.11.2026–22.11.2026 night."""
    span = worked_out(words, day)
    if span is None:
        return None
    ends = dict.fromkeys((f"{span.begin:%d.%m.%Y}", f"{span.end:%d.%m.%Y}"))
    clock = f" {span.clock:%H:%M}" if span.clock else ""
    return f"{'–'.join(ends)}{clock} {span.precision}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("14.11", "14.11.2026 day"),
        ("14.11.", "14.11.2026 day"),
        ("14/11", "14.11.2026 day"),
        ("14.11.2025", "14.11.2025 day"),
        ("14.11.25", "14.11.2025 day"),
        ("14.11.98", "14.11.1998 day"),
        ("2025-11-14", "14.11.2025 day"),
        ("14. november", "14.11.2026 day"),
        ("den 14. nov. 2025", "14.11.2025 day"),
        ("14th of November", "14.11.2026 day"),
        ("November 14, 2025", "14.11.2025 day"),
        ("30.12", "30.12.2025 day"),
        ("29. februar", "29.02.2024 day"),
        ("I går", "22.11.2026 day"),
        ("yesterday", "22.11.2026 day"),
        ("i forgårs", "21.11.2026 day"),
        ("i dag", "23.11.2026 day"),
        ("lørdag", "21.11.2026 day"),
        ("lø", "21.11.2026 day"),
        ("laurdag", "21.11.2026 day"),
        ("sist lørdag", "21.11.2026 day"),
        ("on Saturday", "21.11.2026 day"),
        ("mandag", "16.11.2026 day"),
        ("lørdag 21.11", "21.11.2026 day"),
        ("lørdag kveld", "21.11.2026 day"),
        ("lørdagskveld", "21.11.2026 day"),
        ("to", "19.11.2026 day"),
        ("natt til søndag", "21.11.2026–22.11.2026 night"),
        ("natt til sø", "21.11.2026–22.11.2026 night"),
        ("natt til mandag", "22.11.2026–23.11.2026 night"),
        ("lørdag natt", "21.11.2026–22.11.2026 night"),
        ("i natt", "22.11.2026–23.11.2026 night"),
        ("last night", "22.11.2026–23.11.2026 night"),
        ("forrige uke", "16.11.2026–22.11.2026 week"),
        ("førre veke", "16.11.2026–22.11.2026 week"),
        ("denne uka", "23.11.2026 week"),
        ("sist helg", "21.11.2026–22.11.2026 days"),
        ("last weekend", "21.11.2026–22.11.2026 days"),
        ("uke 46", "09.11.2026–15.11.2026 week"),
        ("veke 50", "08.12.2025–14.12.2025 week"),
        ("week 1 2026", "29.12.2025–04.01.2026 week"),
        ("julaften", "24.12.2025 day"),
        ("1. juledag", "25.12.2025 day"),
        ("New Year's Eve", "31.12.2025 day"),
        ("for tre uker siden", "02.11.2026–08.11.2026 week"),
        ("for 2 dagar sidan", "21.11.2026 day"),
        ("i november", "01.11.2026–23.11.2026 month"),
        ("desember", "01.12.2025–31.12.2025 month"),
        ("november i fjor", "01.11.2025–30.11.2025 month"),
        ("for to måneder siden", "01.09.2026–30.09.2026 month"),
        ("i høst", "01.09.2026–23.11.2026 season"),
        ("i vår", "01.03.2026–31.05.2026 season"),
        ("i vinter", "01.12.2025–28.02.2026 season"),
        ("i fjor haust", "01.09.2025–30.11.2025 season"),
        ("summer 2024", "01.06.2024–31.08.2024 season"),
        ("i 2023", "01.01.2023–31.12.2023 year"),
        ("i fjor", "01.01.2025–31.12.2025 year"),
        ("siden høsten", "01.09.2026–23.11.2026 since"),
        ("since 2023", "01.01.2023–23.11.2026 since"),
        ("ca. 14.11", "14.11.2026 about"),
        ("14.11–16.11", "14.11.2026–16.11.2026 days"),
        ("fra fredag til søndag", "20.11.2026–22.11.2026 days"),
        ("i går kl 16", "22.11.2026 16:00 time"),
        ("kl. 16.30 lørdag", "21.11.2026 16:30 time"),
        ("yesterday at 4 pm", "22.11.2026 16:00 time"),
        ("lørdag kveld kl 10", "21.11.2026 22:00 time"),
        ("natt til søndag kl 3", "22.11.2026 03:00 time"),
        ("natt til søndag kl 23", "21.11.2026 23:00 time"),
        ("i morgen", "24.11.2026 day"),
        ("lørdag, etter at barna sov", "21.11.2026 day"),
    ],
)
def test_an_explicit_form_gives_a_date(words: str, expected: str) -> None:
    assert seen(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "kl 16",  # of which day?
        "på lørdag",  # the one to come, as often as the last
        "forrige lørdag",  # this week's or last week's, and people do not agree
        "forrige helg",  # no more agreed on
        "i helga",  # the last or the next
        "uke 54",
        "vinteren 2023",  # which of the two
        "lørdag 22.11",  # a Sunday
        "lørdag, nei søndag",
        "før jul",
        "da mor døde",
        "31.02",
        "14.30",
        "om kvelden",
        "om sommeren",
        "siden jul",
        "ikke lørdag",
        "etter lørdag",
        "fra søndag til fredag",
        "lørdag kl 25",
        "i dag kl 13 pm",
        "² november",
        "i 0000",
    ],
)
def test_what_is_not_explicit_is_not_guessed(words: str) -> None:
    assert seen(words) is None


FORMS = (
    *ALL_WEEKDAYS,
    *DAYS_BACK,
    *MONTHS,
    *SEASONS,
    *PARTS,
    *TODAYS_PARTS,
    *LAST_NIGHT,
    *LAST_WEEK,
    *LAST_MONTH,
    *LAST_YEAR,
    *THIS_WEEK,
    *THIS_MONTH,
    *THIS_YEAR,
)
GLUE = (
    "siden",
    "since",
    "natt til",
    "natt",
    "night",
    "i",
    "kl 16",
    "for",
    "uker",
    "ca",
    "14.",
    "om",
)
LIKELY = st.lists(st.sampled_from((*FORMS, *GLUE, *"0123456789.,/-–: ")), max_size=6).map(" ".join)


@settings(deadline=None)
@given(st.text() | LIKELY, st.dates())
@example("i går", dt.date.min)
@example("i morgen", dt.date.max)
@example("natt til 31.12.9999", dt.date.max)
@example("i vinter 9999", dt.date.max)
def test_no_text_and_no_day_is_too_much(words: str, day: dt.date) -> None:
    span = worked_out(words, day)
    assert span is None or span.begin <= span.end
    assert span == worked_out(words, day)


@settings(deadline=None)
@given(LIKELY, DAYS)
def test_a_past_form_never_gives_a_day_after_the_talk(words: str, day: dt.date) -> None:
    span = worked_out(words, day)
    assert span is None or span.end <= day


@given(st.sampled_from(sorted(DAYS_AHEAD)), DAYS)
def test_only_what_says_so_lies_ahead(words: str, day: dt.date) -> None:
    span = worked_out(words, day)
    assert span is not None
    assert span.begin == day + dt.timedelta(days=1)


@given(st.sampled_from(sorted(ALL_WEEKDAYS)), DAYS)
def test_a_weekday_is_the_last_one_before_the_talk(words: str, day: dt.date) -> None:
    span = worked_out(words, day)
    assert span is not None
    assert 1 <= (day - span.begin).days <= 7
    assert span.begin.weekday() == ALL_WEEKDAYS[words]


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)), DAYS)
def test_a_whole_date_is_that_date_on_any_day(date: dt.date, day: dt.date) -> None:
    for words in (f"{date:%d.%m.%Y}", f"{date.day}.{date.month}.{date.year}", date.isoformat()):
        span = worked_out(words, day)
        assert span is not None
        assert (span.begin, span.end, span.precision) == (date, date, "day")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("siden høsten: tar tlf hennes om kvelen", "siden høsten"),
        ("jakter. Forrige uke lagt fram på bordet", "Forrige uke"),
        ("natt til sø: hørte ikke på at h. sa nei", "natt til sø"),
        ("fant kinobillett i jakka hennes igår kveld", "igår kveld"),
        ("flytta frå kvarandre i vår. berre ho", "i vår"),
        ("han slo 14.11 kl 16, hjemme", "14.11 kl 16"),
        ("«i går» sa hun", "i går"),
        ("to: sto i døra", None),
        ("man vet aldri hva som kommer", None),
        ("vår katt", None),
        ("tar 2000 kr", None),
        ("barna hjem kl 16", None),
    ],
)
def test_a_time_within_a_line_is_found_to_be_offered(text: str, found: str | None) -> None:
    assert offered(text, MONDAY) == found


@settings(deadline=None)
@given(st.text(max_size=200) | LIKELY, DAYS)
def test_what_is_offered_stands_in_the_line_and_is_understood(text: str, day: dt.date) -> None:
    found = offered(text, day)
    if found is not None:
        assert found in text
        assert worked_out(found, day) is not None


def test_a_long_text_is_no_time() -> None:
    assert seen("lørdag" + " " * LONGEST) == "21.11.2026 day"
    assert seen("i går " * LONGEST) is None
