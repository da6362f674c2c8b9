"""Cover and lock from every screen and dialog that there is: whichever is added has to be here."""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from desk_bench import Bench, running
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, TextArea

import intake_tui.screens
from intake_tui.desk.idle import SLEPT
from intake_tui.desk.palette import Palette
from intake_tui.guide.load import load
from intake_tui.records.archive import Archive
from intake_tui.records.staff import Colleague
from intake_tui.screens.after_erasing import AfterErasing
from intake_tui.screens.amend import AmendScreen
from intake_tui.screens.archive_menu import MATTERS, ArchiveMenu
from intake_tui.screens.backup import BackupScreen
from intake_tui.screens.confirm import ConfirmScreen
from intake_tui.screens.contacts import ContactsScreen
from intake_tui.screens.contacts_rows import row_entry
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.screens.cover import CoverScreen
from intake_tui.screens.duties import DutiesScreen
from intake_tui.screens.erase import EraseScreen
from intake_tui.screens.export import ExportScreen
from intake_tui.screens.first_run import FirstRunScreen
from intake_tui.screens.giving_up import GivesUp
from intake_tui.screens.help import HelpScreen
from intake_tui.screens.jot import JotScreen
from intake_tui.screens.keeping import KeepingScreen
from intake_tui.screens.line_broke import LineBrokeScreen
from intake_tui.screens.overview import OverviewScreen
from intake_tui.screens.pick_contact import PickContactScreen
from intake_tui.screens.recovery import RecoveryScreen
from intake_tui.screens.restore import RestoreScreen
from intake_tui.screens.running_note import RunningNoteScreen
from intake_tui.screens.safety import SafetyScreen
from intake_tui.screens.same_person import JoinScreen, PartScreen
from intake_tui.screens.sign import SignScreen
from intake_tui.screens.signed import SignedScreen
from intake_tui.screens.signed_targets import SignedTargets
from intake_tui.screens.staff import ColleagueScreen
from intake_tui.screens.staff_flows import (
    AddScreen,
    OwnPassphraseScreen,
    RenewScreen,
    RevokeScreen,
    RoleScreen,
)
from intake_tui.screens.steps import GoToStepScreen
from intake_tui.screens.too_small import TooSmallScreen
from intake_tui.screens.unlock import UnlockScreen
from intake_tui.vault.kdf import Kdf
from machine import COUNSELLOR, PASSPHRASE, Home
from screen_text import screen_rows
from talk_samples import whole_talk

AnyScreen = Screen[Any]
SAID = "jakter, to våpen i boden"  # a line of the signed record
SECRET = "hemmelig nabo"  # a line of the open conversation
BO = Colleague("ab" * 16, "Bo Prøve", "counsellor", me=False)

# What is under every other screen, or over it: test_cover and test_lock have these.
RESTING: set[type[AnyScreen]] = {UnlockScreen, CoverScreen, TooSmallScreen}
BEFORE_THERE_IS_A_VAULT: set[type[AnyScreen]] = {
    FirstRunScreen,  # test_first_run
    RestoreScreen,  # test_backups
}
AT_THE_LOCKED_SCREEN: set[type[AnyScreen]] = {RecoveryScreen}  # test_cover, test_lock


class Opened:
    """A running program with a signed record and an open conversation: what screens are made of."""

    def __init__(self, bench: Bench, record: dict[str, Any], row: Any) -> None:
        self.bench, self.record = bench, record
        words, guide = bench.app.words, bench.app.guide
        self.entry = row_entry(row, guide, words)
        self.joining = row

    @property
    def talk(self) -> Any:
        """The open conversation."""
        *_, talk = self.bench.app.conversations  # the oldest
        return talk


async def joined(opened: Opened) -> AnyScreen:
    from intake_tui.records.joins import Joined

    cases = (opened.entry.case, opened.talk.case.hex())
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    return PartScreen(Joined("00" * 16, cases, at, COUNSELLOR, SECRET), {})


async def amended(opened: Opened) -> AnyScreen:
    app = opened.bench.app
    target = SignedTargets(opened.record, app.guide, app.words).target("statement:s7")
    assert target is not None
    return AmendScreen(target, {})


def made(screen: Callable[[Opened], AnyScreen]) -> Callable[[Opened], Awaitable[AnyScreen]]:
    async def make(opened: Opened) -> AnyScreen:
        return screen(opened)

    return make


async def nothing() -> None:
    """What is confirmed."""


SCREENS: dict[type[AnyScreen], Callable[[Opened], Awaitable[AnyScreen]]] = {
    ContactsScreen: made(lambda _: ContactsScreen()),
    ConversationScreen: made(lambda opened: ConversationScreen(opened.talk)),
    Palette: made(lambda opened: Palette(opened.bench.app.words)),
    AmendScreen: amended,
    DutiesScreen: made(lambda opened: DutiesScreen(opened.talk)),
    ExportScreen: made(lambda opened: ExportScreen([(opened.record, opened.bench.app.guide)])),
    EraseScreen: made(lambda opened: EraseScreen(opened.entry.case)),
    ConfirmScreen: made(lambda _: ConfirmScreen([], "K-4F2A", nothing)),
    AfterErasing: made(lambda _: AfterErasing()),
    HelpScreen: made(lambda _: HelpScreen()),
    JotScreen: made(lambda _: JotScreen()),
    LineBrokeScreen: made(lambda opened: LineBrokeScreen(opened.talk)),
    OverviewScreen: made(lambda opened: OverviewScreen(opened.talk)),
    PickContactScreen: made(lambda _: PickContactScreen("", without=())),
    RunningNoteScreen: made(lambda opened: RunningNoteScreen(opened.talk)),
    SafetyScreen: made(lambda opened: SafetyScreen(opened.talk)),
    JoinScreen: made(lambda opened: JoinScreen(opened.entry, opened.entry, {}, known=None)),
    PartScreen: joined,
    SignScreen: made(lambda opened: SignScreen(opened.talk)),
    SignedScreen: made(lambda opened: SignedScreen(opened.record["id"])),
    GoToStepScreen: made(lambda _: GoToStepScreen()),
    ArchiveMenu: made(lambda _: ArchiveMenu()),
    ColleagueScreen: made(lambda _: ColleagueScreen("", BO, only_leader=False)),
    AddScreen: made(lambda _: AddScreen("", (BO,))),
    **{kind: made(lambda _, k=kind: k("", BO)) for kind in (RenewScreen, RevokeScreen, RoleScreen)},
    **{type(matter.screen()): made(lambda _, m=matter: m.screen()) for matter in MATTERS},
}


# The screens with a field, and how it is come to. One Esc over what was typed drops it.
FIELDS: tuple[tuple[type[AnyScreen], tuple[str, ...]], ...] = (
    (AmendScreen, ()),
    (JoinScreen, ()),
    (PartScreen, ()),
    (ExportScreen, ()),
    (RunningNoteScreen, ("enter",)),
    (RunningNoteScreen, ("ctrl+w",)),
    (KeepingScreen, ("enter",)),
    (BackupScreen, ("ctrl+b",)),
    (AddScreen, ()),
    (RenewScreen, ()),
    (OwnPassphraseScreen, ()),
    (ConversationScreen, ("backspace",)),
)
# Here nothing is lost: it goes where it belongs, looks for something, or is the word yes.
KEPT_OR_NO_WORDS = {DutiesScreen, SafetyScreen, JotScreen, Palette, ConfirmScreen}


def every_screen() -> set[type[AnyScreen]]:
    """The kinds of screens that are no part of another kind."""
    for module in pkgutil.iter_modules(intake_tui.screens.__path__):
        importlib.import_module(f"intake_tui.screens.{module.name}")

    def ours(kind: type[AnyScreen]) -> list[type[AnyScreen]]:
        """Other tests may have made kinds of their own."""
        return [each for each in kind.__subclasses__() if not each.__module__.startswith("test_")]

    def leaves(kind: type[AnyScreen]) -> Iterator[type[AnyScreen]]:
        for each in ours(kind):
            if ours(each):
                yield from leaves(each)
            elif each.__module__.startswith("intake_tui."):
                yield each

    return set(leaves(Screen))


def test_each_screen_is_tried() -> None:
    elsewhere = RESTING | BEFORE_THERE_IS_A_VAULT | AT_THE_LOCKED_SCREEN
    assert every_screen() - elsewhere == SCREENS.keys()


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """The burst that covered is over at once."""
    monkeypatch.setattr(CoverScreen, "settles_after", -1.0)


@pytest.fixture(autouse=True)
def derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that a passphrase gives is worked out once, however often it is unlocked."""
    monkeypatch.setattr(Kdf, "key", functools.cache(Kdf.key))


@pytest.fixture
def kept(home: Home) -> Home:
    """A machine with one signed conversation."""
    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    talk = whole_talk(load(), by=archive.me.slot)
    archive.sign(talk.snapshot(), load(), at=dt.datetime(2026, 11, 23, 14, 2, tzinfo=dt.UTC))
    archive.lock()
    return home


@asynccontextmanager
async def opened(home: Home) -> AsyncIterator[Opened]:
    async with running(home) as bench:
        await bench.talk()
        await bench.type(SECRET)
        *_, row = await bench.app.vault(lambda archive: archive.contacts())
        record = await bench.app.vault(lambda archive: archive.show(row.id))
        yield Opened(bench, record, row)


async def at_the_contacts(bench: Bench) -> None:
    bench.app.show_contacts()
    screen = await bench.front(ContactsScreen)
    await bench.until(lambda: screen.focused, "a focus")


def assert_styled(screen: AnyScreen) -> None:
    """Giving them once more changes no style: a new screen's widgets get them only once."""
    there = [screen, *screen.query("*")]
    before = [node.styles.base.get_rules() for node in there]
    screen.update_node_styles(animate=False)
    for node, rules in zip(there, before, strict=True):
        assert node.styles.base.get_rules() == rules, (screen, node)


async def put_up(one: Opened, make: Callable[[Opened], Awaitable[AnyScreen]]) -> AnyScreen:
    screen = await make(one)
    one.bench.app.push_screen(screen)
    await one.bench.until(lambda: one.bench.app.screen is screen, f"{screen} in front")
    await one.bench.pilot.pause()
    assert_styled(screen)
    await one.bench.type("x")  # some have a field, and nothing before it counts as the first Esc
    return screen


@pytest.mark.usefixtures("calm")
async def test_it_covers_every_one(kept: Home) -> None:
    async with opened(kept) as one:
        bench = one.bench
        for kind, make in SCREENS.items():
            screen = None
            for keys in (("f12",), ("escape", "escape")):
                if bench.app.screen is not screen:  # some are left when they are covered
                    screen = await put_up(one, make)
                    known = KEPT_OR_NO_WORDS | {each for each, _ in FIELDS}
                    assert in_field(screen) is None or kind in known
                for key in keys:  # at once, as a hand does it, however busy the machine is
                    bench.app.post_message(Key(key, None))
                await bench.until(lambda: isinstance(bench.app.screen, CoverScreen), kind.__name__)
                await bench.pilot.pause()
                seen = [row for row in screen_rows(bench.app) if row.strip()]
                assert len(seen) == 2, (kind, keys, seen)
                assert "Pause" in seen[0]
                bench.app.uncover()
                await bench.pilot.pause()
            await at_the_contacts(bench)


def in_field(screen: AnyScreen) -> Input | TextArea | None:
    """The field in which the cursor is."""
    return screen.focused if isinstance(screen.focused, Input | TextArea) else None


def text_in(field: Input | TextArea) -> str:
    return field.value if isinstance(field, Input) else field.text


@pytest.mark.usefixtures("calm")
async def test_esc_esc_keeps_what_is_typed_and_one_esc_says_what_it_drops(
    kept: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GivesUp, "asks_for", 60.0)
    async with opened(kept) as one:
        bench = one.bench
        await bench.press("enter")
        for kind, keys in FIELDS:
            screen = await SCREENS[kind](one)
            bench.app.push_screen(screen)
            await bench.until(lambda s=screen: bench.app.screen is s, kind.__name__)
            await bench.pilot.pause()
            await bench.press(*keys)
            field = await bench.until(lambda s=screen: in_field(s), f"the field of {kind}")
            await bench.press("x")
            typed = text_in(field)
            for _ in range(2):  # as fast as a hand does it, however busy the machine is
                bench.app.post_message(Key("escape", None))
            await bench.until(lambda: bench.app.covered, f"{kind} covered")
            await bench.pilot.pause()
            bench.app.uncover()
            await bench.pilot.pause()
            assert bench.app.screen is screen, kind
            assert in_field(screen) is field, kind
            await bench.press("end", "escape")
            assert "Esc en gang til forkaster" in bench.flat, kind
            assert text_in(field) == typed, kind
            await bench.press("end", "escape")
            await bench.until(
                lambda s=screen, f=field, t=typed: (
                    bench.app.screen is not s or text_in(f) != t or in_field(s) is not f
                ),
                f"{kind} given up",
            )
            await at_the_contacts(bench)


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("how", ["the key", "it slept"])
async def test_it_locks_from_every_one(kept: Home, how: str) -> None:
    async with opened(kept) as one:
        bench = one.bench
        for kind, make in SCREENS.items():
            await put_up(one, make)
            if how == "the key":
                await bench.press("ctrl+k")
            else:
                await bench.passes(SLEPT, step=SLEPT)
            await bench.until(lambda: bench.app.session.vault._archive is None, kind.__name__)
            await bench.until(lambda: bench.app.session.phase == "locked", kind.__name__)
            kinds = [type(screen) for screen in bench.app.screen_stack]
            assert set(kinds) <= RESTING, (kind, kinds)
            assert kinds[0] is UnlockScreen
            text = bench.flat
            assert not [said for said in (SAID, SECRET, COUNSELLOR) if said in text], kind
            if bench.app.covered:
                bench.app.uncover()
            await bench.app.unlock(COUNSELLOR, PASSPHRASE)
            await at_the_contacts(bench)
