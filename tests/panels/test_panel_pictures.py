"""Every panel as text, in two languages and two sizes: nothing cut, nothing untranslated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from panels_bench import NOON, Bench, begun, replayed, told
from syrupy.assertion import SnapshotAssertion
from test_contacts_screen import signed
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from intake_tui.guide.model import Guide, Language
from intake_tui.intake.amendment import as_it_reads
from intake_tui.intake.conversation import Conversation
from intake_tui.intake.points import Point
from intake_tui.intake.shape import shape
from intake_tui.records.additions import NOTHING_ADDED
from intake_tui.records.rows import RowPoint
from intake_tui.screens.amend import AmendScreen, Target
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.line_broke import LineBrokeScreen
from intake_tui.screens.overview import OverviewScreen
from intake_tui.screens.running_note import RunningNoteScreen
from intake_tui.screens.safety import SafetyScreen
from intake_tui.screens.sign import SignScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.screens.steps import GoToStepScreen
from intake_tui.widgets.akutt_panel import AkuttPanel
from intake_tui.widgets.journal_view import JournalView
from intake_tui.widgets.note_view import NoteView
from screen_text import screen_text

SIZES = {"narrow": (80, 24), "wide": (140, 40)}


class Host(Screen[None]):
    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def compose(self) -> ComposeResult:
        yield self._widget


def safe(talk: Conversation) -> Conversation:
    talk.pin("call", "yes")
    talk.pin("number", "000 00 000 (avløser)")
    talk.pin("hours", "bare før 16")
    talk.pin("code-word", "det gjelder fôret")
    talk.pin("voicemail", "no")
    return talk


def contacts(bench: Bench, talk: Conversation) -> Screen[Any]:
    talk.answer("alias", "Rogn")
    talk.pin("call", "no")
    empty = begun(bench.guide, "99bc")
    bench.conversations = [talk, empty]
    outcomes = ["HELP-1", "HELP-2", "HELP-4", None]
    bench.archive.rows = [
        signed(
            n,
            alias=["Lerke", "Alm", None, "Furu ved elva"][n % 4],
            started=NOON - dt.timedelta(hours=41 * (60 - n)),
            channel=["telephone", "walk-in", "brought-by-police"][n % 3],
            outcome=outcomes[n % 4],
            call=["no", "yes", None][n % 3],
            points=(RowPoint(Point("next:s1", "next", "ringe NAV mandag")),) if n % 5 == 0 else (),
            broke=n % 7 == 0,
        )
        for n in range(60, 0, -1)
    ]
    return ContactsScreen()


def signed_record(bench: Bench, talk: Conversation) -> Screen[Any]:
    at = NOON + dt.timedelta(hours=1)
    record = {
        **shape(safe(talk), status="signed", signed=at),
        "by": "Ragnhild Prøvestad",
        "joined": [],
    }
    record |= NOTHING_ADDED
    bench.archive.records = {talk.id.hex(): record}
    return SignedScreen(talk.id.hex())


def signed_and_corrected(bench: Bench, talk: Conversation) -> Screen[Any]:
    """Calling was allowed, and is not any more; a sentence reads otherwise; something was added."""
    screen = signed_record(bench, talk)
    ((id_, record),) = bench.archive.records.items()
    key = record["journal"]["parts"][0]["sentences"][0]["key"]
    record["amendments"] = [
        {
            "id": "a",
            "at": NOON.isoformat(),
            "by": "Bo Prøve",
            "parents": [],
            "damaged": False,
            **each,
        }
        for each in (
            {"what": "safety", "key": "call", "was": "yes", "now": "no", "reason": "han svarte"},
            {"what": "sentence", "key": key, "was": "", "now": "Brå før også.", "reason": "feil"},
            {"what": "addition", "key": "", "was": None, "now": "ringte igjen", "reason": "glemt"},
        )
    ]
    record["amended"] = as_it_reads(record, record["amendments"])
    bench.archive.records = {id_: record}
    return screen


def correcting(_: Bench, talk: Conversation) -> Screen[Any]:
    line = talk.intake.statements[0]
    return AmendScreen(
        Target(
            talk.id.hex(), "statement", line.id, "Utsagn", line.text, (), lambda text: text or ""
        ),
        {},
    )


def dated(talk: Conversation) -> Conversation:
    """Some of its lines say when and where it happened."""
    lines = [line for line in talk.intake.statements if line.kind in ("told", "quote")]
    said = [("siden høsten", ""), ("lørdag kl 16", "hjemme"), ("da mor døde", ""), ("i fjor", "")]
    for line, (when, where) in zip(lines[2:], said, strict=False):
        talk.date(line.id, when, where)
    told(talk, "natt til sø: sa «du blir her» og låste døra")
    return talk


def corrected(talk: Conversation) -> Conversation:
    """A sentence in the counsellor's words, one whose line was taken back, and what came since."""
    kept = talk.intake.statements[4:7]
    for line in talk.intake.statements:
        if line not in kept:
            talk.retract(line.id)
    own = "Mannen har vært brå før, men ikke som nå.", "Han tar telefonen hennes om kvelden."
    for line, words in zip(kept, own, strict=False):
        talk.edit_sentence(line.id, words)
    for line in kept[1:2]:
        talk.retract(line.id)
    told(talk, "i går la han nøkkelen på bordet", "THREAT-10")
    talk.answer("THREAT-12", "declined")
    return talk


PANELS: dict[str, Callable[[Bench, Conversation], Screen[Any]]] = {
    "contacts": contacts,
    "contacts-empty": lambda bench, _: ContactsScreen(),
    "signed": signed_record,
    "signed-corrected": signed_and_corrected,
    "correcting": correcting,
    "running-note": lambda _, talk: RunningNoteScreen(talk),
    "timeline": lambda _, talk: RunningNoteScreen(dated(talk)),
    "when-and-where": lambda _, talk: RunningNoteScreen(dated(talk)),
    "signed-dated": lambda bench, talk: signed_record(bench, dated(talk)),
    "safety": lambda _, talk: SafetyScreen(safe(talk), "barna hjem 16"),
    "line-broke": lambda _, talk: LineBrokeScreen(safe(talk)),
    "line-broke-not-agreed": lambda _, talk: LineBrokeScreen(talk),
    "overview": lambda _, talk: OverviewScreen(talk),
    "help": lambda *_: HelpScreen("conversation"),
    "steps": lambda *_: GoToStepScreen(3),
    "sign": lambda _, talk: SignScreen(talk),
    "akutt": lambda _, talk: Host(AkuttPanel(talk)),
    "journal": lambda _, talk: Host(JournalView(talk)),
    "journal-corrected": lambda _, talk: Host(JournalView(corrected(talk))),
    "note-beside": lambda _, talk: Host(NoteView(talk)),
}
KEYS = {"overview": ["right"], "timeline": ["tab"], "when-and-where": ["ctrl+w"]}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", PANELS)
async def test_panel(
    guide: Guide, name: str, language: Language, size: str, snapshot: SnapshotAssertion
) -> None:
    bench = Bench(guide, language)
    talk = replayed(guide, "01-telephone-weapons.toml")
    async with bench.run_test(size=SIZES[size]) as pilot:
        await bench.open(PANELS[name](bench, talk))
        await pilot.press(*KEYS.get(name, []))
        await pilot.pause()
        assert screen_text(bench) == snapshot


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("name", PANELS)
async def test_the_keys_are_never_cut(guide: Guide, name: str, language: Language) -> None:
    bench = Bench(guide, language)
    talk = begun(guide)
    told(talk, "noe")
    async with bench.run_test(size=(80, 24)) as pilot:
        screen = PANELS[name](bench, talk)
        await bench.open(screen)
        await pilot.pause()
        text = screen_text(bench)
        for key in screen.keys() if hasattr(screen, "keys") else ():
            assert f"{key.ctrl} {key.does}" in text
