"""The log on the screen: what is in it, what is found, and that whatever must be is logged."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from importlib import resources

import pytest
from desk_bench import Bench, running

from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from intake_tui.records.log_lines import LogLine
from intake_tui.records.seeking import matches, sought, whole, word_terms
from intake_tui.screens.archive_menu import ArchiveMenu
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.log import LogScreen
from intake_tui.screens.log_rows import SELDOM, wanted
from intake_tui.screens.signed import SignedScreen
from intake_tui.vault.kdf import Kdf
from intake_tui.words import WORDS_LANGUAGES, Words, WordsLanguage
from machine import CENTRE, COUNSELLOR, PASSPHRASE, Home
from talk_samples import begun, keep, whole_talk

BO, BOS = "Bo Prøve", "en lang tur over vidda"
SAID = ("Rogn", "Mannen", "jakter", "boden", "bv", "advokatvakta", "barna hjem", "Brå")


@pytest.fixture(autouse=True)
def derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that a passphrase gives is worked out once, however often it is unlocked."""
    monkeypatch.setattr(Kdf, "key", functools.cache(Kdf.key))


def enter(home: Home, name: str = COUNSELLOR, passphrase: str = PASSPHRASE) -> Archive:
    return Archive.unlock(home.vault, name=name, passphrase=passphrase, device=home.device)


@pytest.fixture
def kept(home: Home) -> Home:
    """Two counsellors and two cases: the first one's read by Bo, the second one's erased."""
    archive = enter(home)
    for number in (1, 2):
        talk = whole_talk(load(), by=archive.me.slot, number=number << 112)
        archive.sign(talk.snapshot(), load(), at=dt.datetime(2026, 11, 23, 14, 2, tzinfo=dt.UTC))
    archive.staff.add(BO, BOS)
    archive.lock()
    archive = enter(home, BO, BOS)
    archive.show((1 << 112).to_bytes(16, "big").hex())
    archive.lock()
    return home


async def to_log(bench: Bench) -> None:
    await bench.unlock()
    await bench.press("escape")
    await bench.front(ContactsScreen)
    await bench.until(
        lambda: bench.app.session.vault._archive.persons.book.complete, "the heads are read"
    )
    await bench.press("ctrl+a")
    screen = await bench.front(ArchiveMenu)
    await bench.until(lambda: "log.matter" in [m.words for m in screen.matters], "a leader's menu")
    screen.rows.highlight("log.matter")
    await bench.press("enter")
    await bench.front(LogScreen)
    await read(bench)


async def read(bench: Bench) -> None:
    """Until all that is wanted was read, and painted."""
    screen = bench.app.screen
    await bench.until(lambda: screen._reading and screen._reading.ended, "read to its end")
    await bench.pilot.pause()


def shown(bench: Bench) -> list[tuple[str, str, str]]:
    """Code, what was done, and who did it, of each line."""
    rows = [row for row in bench.app.screen.rows.shown if row.lead]
    return [(row.lead[7:].strip(), row.text, row.right) for row in rows]


async def test_who_did_what_stands_there_by_codes_and_nothing_that_was_said(kept: Home) -> None:
    async with running(kept) as bench:
        await to_log(bench)
        lines = shown(bench)
        assert lines[:3] == [
            ("", "låst opp", COUNSELLOR),
            ("K-4F2B", "lest", BO),
            ("", "låst opp", BO),
        ]
        assert ("", "ansatt lagt til: Bo Prøve", COUNSELLOR) in lines
        assert ("K-4F2A", "signert", COUNSELLOR) in lines
        assert lines[-1] == ("", "arkivet laget", COUNSELLOR)
        assert bench.app.screen.rows.shown[-1].text == "Her begynner loggen."  # below them all
        whole = " ".join(
            f"{row.lead} {row.text} {row.right}" for row in bench.app.screen.rows.shown
        )
        assert [word for word in (*SAID, CENTRE) if word in whole] == []


async def test_an_open_conversation_is_opened_by_whoever_had_it_in_front(kept: Home) -> None:
    archive, guide = enter(kept, BO, BOS), load()
    talks = [begun(guide, by=archive.me.slot, number=number << 112 | 7) for number in (5, 6)]
    for talk in talks:
        keep(talk, "en linje")
        archive.save(talk.snapshot())
    archive.lock()
    async with running(kept) as bench:
        await bench.unlock()
        bench.app.open_conversation(bench.app.conversations[0])
        await bench.front(ConversationScreen)
        code = bench.app.conversations[0].code
        await bench.press("ctrl+g", "0")
        await bench.front(ContactsScreen)
        bench.app.push_screen(LogScreen())
        await bench.front(LogScreen)
        await read(bench)
        await bench.press("tab")
        await read(bench)
        mine = [(code, text) for code, text, who in shown(bench) if who == COUNSELLOR]
        assert mine[:2] == [
            (code, "åpnet, ikke signert ennå"),
            ("", "åpne samtaler lest inn i listen"),
        ]
        assert [text for _, text in mine].count("åpnet, ikke signert ennå") == 1


async def test_what_is_seldom_of_interest_is_shown_when_it_is_asked_for(kept: Home) -> None:
    async with running(kept) as bench:
        await to_log(bench)
        less = shown(bench)
        assert "låst" not in [text for _, text, _ in less]
        await bench.press("tab")
        await read(bench)
        more = shown(bench)
        assert len(more) > len(less)
        assert "låst" in [text for _, text, _ in more]
        await bench.press("tab")
        await read(bench)
        assert shown(bench) == less


@pytest.mark.parametrize(
    ("query", "codes", "who"),
    [
        ("K-4F2B", {"K-4F2B"}, {COUNSELLOR, BO}),
        ("4f2a", {"K-4F2A"}, {COUNSELLOR}),
        ("bo", {"K-4F2B", ""}, {COUNSELLOR, BO}),  # added by one, and read and unlocked by himself
        ("lest 4f2b", {"K-4F2B"}, {BO}),
        ("leste", {"K-4F2B"}, {BO}),
        ("logget bo", {""}, {BO}),
    ],
)
async def test_a_case_a_colleague_and_an_act_are_found(
    kept: Home, query: str, codes: set[str], who: set[str]
) -> None:
    async with running(kept) as bench:
        await to_log(bench)
        await bench.type(query)
        await read(bench)
        assert {code for code, _, _ in shown(bench)} == codes
        assert {by for _, _, by in shown(bench)} == who
        await bench.press("escape")
        await read(bench)
        assert len(shown(bench)) > 4
        assert isinstance(bench.app.screen, LogScreen)


async def test_nothing_found_says_so(kept: Home) -> None:
    async with running(kept) as bench:
        await to_log(bench)
        await bench.type("K-FFFF")
        await read(bench)
        assert shown(bench) == []
        await bench.shows("Fant ingenting i loggen.", "«i går»", "«logget inn»")


@pytest.mark.parametrize(("query", "days"), [("i dag", {0}), ("i går", {1}), ("logg", {0, 1, 2})])
def test_today_and_yesterday_are_found_by_their_words(query: str, days: set[int]) -> None:
    today = dt.datetime(2026, 11, 23, 14, 2, tzinfo=dt.UTC)
    keep = wanted(Words("nb"), query, today.astimezone().date(), whole=True)
    lines = {
        ago: LogLine(
            today - dt.timedelta(days=ago),
            act="unlocked",
            who=COUNSELLOR,
            by_sheet=False,
            whom=(),
            cases=(),
            gone=False,
            unknown=False,
            flags=(),
        )
        for ago in range(3)
    }
    assert {ago for ago, line in lines.items() if keep(line)} == days


@pytest.mark.parametrize("language", WORDS_LANGUAGES)
def test_what_is_said_to_be_found_is(language: WordsLanguage) -> None:
    """Each act that an empty result names begins a word of some line."""
    words = Words(language)
    texts = tomllib.loads((resources.files("intake_tui.words") / "log.toml").read_text("utf-8"))
    acts = " ".join(text[language] for key, text in texts.items() if key[:4] in ("act-", "also"))
    named = re.findall("[«“]([^»”]*)[»”]", words("log.none"))[2:]
    assert len(named) == 6
    for name in named:
        assert matches(whole(word_terms(acts)), sought(name)), name


async def test_what_was_deleted_is_there_without_its_code(kept: Home) -> None:
    archive = enter(kept)
    case = next(row.case for row in archive.contacts() if row.code == "K-4F2A")
    archive.erasing.erase([case], because="")
    archive.lock()
    async with running(kept) as bench:
        await to_log(bench)
        lines = shown(bench)
        assert ("", "slettet", COUNSELLOR) in lines
        assert ("", "signert · slettet siden", COUNSELLOR) in lines
        assert "K-4F2A" not in bench.text


async def test_from_a_signed_record_to_the_log_of_its_case(kept: Home) -> None:
    async with running(kept) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.shows("K-4F2B")
        bench.app.screen.rows.highlight((1 << 112).to_bytes(16, "big").hex())
        await bench.press("enter")
        await bench.front(SignedScreen)
        await bench.shows("Loggen for saken")
        await bench.press("ctrl+l")
        await bench.front(LogScreen)
        await read(bench)
        lines = shown(bench)
        assert {code for code, _, _ in lines} == {"K-4F2B"}
        assert [text for _, text, _ in lines] == ["lest", "lest", "signert"]  # now, and by Bo
        await bench.press("escape")
        await read(bench)
        await bench.press("up", "escape")  # twice Esc at once is the cover
        await bench.front(SignedScreen)


async def test_who_does_not_lead_has_no_way_to_it(kept: Home) -> None:
    async with running(kept) as bench:
        await bench.until(lambda: bench.app.focused and bench.app.focused.id == "name")
        await bench.type(f"{BO}\r{BOS}\r")
        await bench.until(lambda: bench.app.screen.has_class("-open"), "open")
        bench.app.show_contacts()
        await bench.front(ContactsScreen)
        bench.app.push_screen(SignedScreen((1 << 112).to_bytes(16, "big").hex()))
        await bench.front(SignedScreen)
        await bench.shows("Skriv til fil")
        assert "Loggen" not in bench.text
        await bench.press("ctrl+l")
        assert await bench.front(SignedScreen)
        named = [each.title for each in bench.app.get_system_commands(bench.app.screen)]
        assert not [title for title in named if title.startswith("Loggen")]
        bench.app.push_screen(LogScreen())
        await bench.front(LogScreen)
        await bench.shows("Bare en leder")
        assert shown(bench) == []


async def test_a_long_log_is_read_as_it_is_gone_through(home: Home) -> None:
    archive = enter(home)
    with archive._vault.batch():
        for _ in range(900):
            archive.exported("ab" * 16)
    archive.lock()
    async with running(home) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.front(ContactsScreen)
        bench.app.push_screen(LogScreen())
        screen = await bench.front(LogScreen)
        await bench.until(lambda: screen._found, "a page")
        await bench.until(lambda: not screen._busy, "at rest")
        first = len(screen._found)
        assert first < 300
        for _ in range(60):
            if screen._reading.ended:
                break
            await bench.press("end")
            await bench.until(lambda: not screen._busy, "at rest")
        await read(bench)
        assert len([one for one in screen._found if one.act == "exported"]) == 900
        assert {row.look for row in screen.rows.shown if row.key is None} >= {"plain", "heading"}


# What must be in it


def logged(archive: Archive) -> list[tuple[str, str]]:
    """What was done since the unlock, and to what."""
    found = []
    for entry in archive._vault.log_page().entries:
        if entry.what == "unlocked":
            break
        found.append((entry.what, entry.ids[0].hex() if entry.ids else ""))
    return found[::-1]


async def test_whatever_shows_what_was_said_is_logged_as_read(kept: Home) -> None:
    one = (1 << 112).to_bytes(16, "big").hex()

    async def opened(bench: Bench) -> int:
        entries = await bench.app.vault(logged)
        return entries.count(("opened", one))

    async with running(kept) as bench:
        await bench.unlock()
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.shows("K-4F2B")
        await bench.type("K-4F2B")
        await bench.pilot.pause()
        assert await opened(bench) == 0  # the list and the search show heads only
        await bench.press("enter")
        await bench.front(SignedScreen)
        await bench.shows("Skriv til fil")
        assert await opened(bench) == 1
        await bench.press("escape")
        await bench.front(ContactsScreen)
        await bench.press("ctrl+r")  # the same person calls again
        await bench.front(ConversationScreen)
        before = await opened(bench)
        await bench.press("ctrl+w")
        await bench.shows("K-4F2B")
        await bench.until(lambda: "Mannen" in bench.text or "23.11" in bench.text, "before")
        await bench.pilot.pause()
        said = "Mannen" in bench.flat
        assert (await opened(bench) > before) == said


def test_what_is_kept_out_of_sight_is_nothing_that_leaders_have_to_know() -> None:
    """Reading, writing out, staff, backups and deletions are shown without being asked for."""
    must = {"opened", "exported", "signed", "erased", "draft-erased", "backed-up", "restored"}
    must |= {"enrolled", "renewed", "passphrase", "revoked", "rotated", "sheet", "role-leader"}
    must |= {"role-counsellor", "unlocked", "created", "unreadable", "missing"}
    assert not must & SELDOM
    for act in must | SELDOM:
        assert Words("nb").has(f"log.act-{act}"), act
