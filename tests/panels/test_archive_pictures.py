"""What leaders see of the archive, as text, in two languages and two sizes: nothing cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from panels_bench import NOON, Bench, FakeStaff
from syrupy.assertion import SnapshotAssertion

import intake_tui
from intake_tui.guide.model import Guide, Language
from intake_tui.records.log_lines import Keep, LogLine
from intake_tui.records.staff import Colleague
from intake_tui.screens.archive_menu import ArchiveMenu
from intake_tui.screens.flow import FlowScreen
from intake_tui.screens.log import LogScreen
from intake_tui.screens.staff import ColleagueScreen, StaffScreen
from intake_tui.screens.staff_flows import (
    AddScreen,
    NewKeyScreen,
    NewSheetScreen,
    OwnPassphraseScreen,
    RenewScreen,
    RevokeScreen,
    RoleScreen,
)
from intake_tui.screens.staff_steps import RotatingStep
from screen_text import screen_text

SIZES = {"narrow": (80, 24), "wide": (140, 40)}
VARIANTS: list[tuple[Language, str]] = [("nb", "narrow"), ("en", "wide")]  # each of both once
OFFERED = "bølgete-fagskole-glitter-kvister-lommebok-vannvei"
SHEET = "4JAKG-PHBT3-N2PAM-MTDEE-Q78GN-7T13W-DQ13T-CCGCQ"
ME = Colleague("00" * 16, "Ragnhild Prøvestad", "leader", me=True)
BO = Colleague("ab" * 16, "Bo Aleksander Prøvestad-Testdal", "counsellor", me=False)
LONGEST = "Bo Aleksander Prøvestad-Testdal"


class Staff(FakeStaff):
    """Two, one of whom leads."""

    def __init__(self, *, may_lead: bool = True) -> None:
        self.may_lead = may_lead

    def colleagues(self) -> tuple[Colleague, ...]:
        return (BO, ME)


def line(hours: float, act: str, who: str = ME.name, **other: Any) -> LogLine:
    fields: dict[str, Any] = {
        "at": NOON - dt.timedelta(hours=hours),
        "act": act,
        "who": who,
        "by_sheet": False,
        "whom": (),
        "cases": (),
        "gone": False,
        "unknown": False,
        "flags": (),
    }
    return LogLine(**{**fields, **other})


LINES = (
    line(0.1, "backed-up"),
    line(0.2, "opened", BO.name, cases=("K-4F2A",)),
    line(0.3, "exported", cases=("K-4F2A",)),
    line(0.4, "unlocked", flags=("put_back",)),
    line(3, "amended", cases=("K-99BC",)),
    line(20, "erased", gone=True),
    line(21, "opened", gone=True),
    line(22, "revoked", whom=("Kari Prøve",)),
    line(22, "sheet"),
    line(30, "unreadable", ""),
    line(31, "renewed", "", by_sheet=True, whom=(ME.name,)),
    line(32, "enrolled", whom=(LONGEST,)),
    line(33, "role-leader", whom=(LONGEST,)),
    line(34, "opened", unknown=True),
    line(500, "created"),
)


class Reading:
    """All of it at once."""

    ended = False
    down_to = NOON

    def read(self, keep: Keep) -> list[LogLine]:
        self.ended = True
        return [one for one in LINES if keep(one)]


class FakeLog:
    def reading(self, opened: dict[str, str]) -> Reading:
        return Reading()


class Archive(Bench):
    """The bench with what looks the same on every screen."""

    CSS_PATH: ClassVar[Path] = Path(intake_tui.__file__).parent / "desk" / "desk.tcss"


@pytest.fixture(autouse=True)
def always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake_tui.vault.passphrases.generated", lambda: OFFERED)
    monkeypatch.setattr("intake_tui.vault.recovery.drawn", lambda: SHEET)


LISTS: dict[str, tuple[str, Callable[[], Any]]] = {
    "menu-leader": ("leader", ArchiveMenu),
    "menu-counsellor": ("counsellor", ArchiveMenu),
    "staff-leader": ("leader", StaffScreen),
    "staff-counsellor": ("counsellor", StaffScreen),
    "colleague": ("leader", lambda: ColleagueScreen("", BO, only_leader=True)),
    "only-leader": ("leader", lambda: ColleagueScreen("", ME, only_leader=True)),
    "one-of-two-leaders": ("leader", lambda: ColleagueScreen("", ME, only_leader=False)),
    "log": ("leader", LogScreen),
    "log-of-a-case": ("leader", lambda: LogScreen("K-4F2A")),
}
FLOWS: dict[str, Callable[[], FlowScreen[str | None]]] = {
    "add": lambda: AddScreen("", (ME,)),
    "renew": lambda: RenewScreen("", BO),
    "to-leader": lambda: RoleScreen("", BO),
    "not-leading": lambda: RoleScreen("", ME),
    "revoke": lambda: RevokeScreen("", BO),
    "sheet": NewSheetScreen,
    "key": NewKeyScreen,
    "own": OwnPassphraseScreen,
}


def made(guide: Guide, language: Language, role: str) -> Archive:
    bench = Archive(guide, language)
    bench.archive.me.role = role
    bench.archive.staff = Staff(may_lead=role == "leader")
    bench.archive.log = FakeLog()  # type: ignore[attr-defined]
    bench.archive.settings = type("Settings", (), {"centre": ""})  # type: ignore[attr-defined]
    return bench


@pytest.mark.parametrize(("language", "size"), VARIANTS)
@pytest.mark.parametrize("name", LISTS)
async def test_list(
    guide: Guide, name: str, language: Language, size: str, snapshot: SnapshotAssertion
) -> None:
    role, screen = LISTS[name]
    bench = made(guide, language, role)
    async with bench.run_test(size=SIZES[size]) as pilot:
        await bench.open(screen())
        await pilot.pause()
        await pilot.pause()
        assert screen_text(bench) == snapshot


async def test_a_file_that_was_put_back_is_said_at_the_unlock_that_noticed_it(guide: Guide) -> None:
    bench = made(guide, "nb", "leader")
    async with bench.run_test(size=(80, 24)) as pilot:
        await bench.open(LogScreen("låst opp"))
        await pilot.pause()
        assert bench.words("log.flag-put-back") in " ".join(screen_text(bench).split())


@pytest.mark.parametrize(("language", "size"), VARIANTS)
@pytest.mark.parametrize("name", FLOWS)
async def test_flow(
    guide: Guide, name: str, language: Language, size: str, snapshot: SnapshotAssertion
) -> None:
    bench = made(guide, language, "leader")
    async with bench.run_test(size=SIZES[size]) as pilot:
        screen = FLOWS[name]()
        await bench.open(screen)
        screen._answers.name = screen._answers.name or LONGEST
        screen._answers.passphrase = "en helt egen passordfrase"
        for number, step in enumerate(screen.steps()):
            await screen._show(number)
            await pilot.pause()
            assert screen_text(bench) == snapshot(name=f"{number + 1}-{step.title}")
        if name == "key":
            await screen._put(RotatingStep(screen._answers, screen.action_next))
            await pilot.pause()
            screen.query_one(RotatingStep).tell(bench.words("staff.how-far", done=500, total=9000))
            assert screen_text(bench) == snapshot(name="rotating")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("name", FLOWS)
async def test_no_step_is_higher_than_its_place(
    guide: Guide, name: str, language: Language
) -> None:
    """At 80 x 24 with the longest name, what is wrong with the answer is still to be seen."""
    bench = made(guide, language, "leader")
    async with bench.run_test(size=(80, 24)) as pilot:
        screen = FLOWS[name]()
        await bench.open(screen)
        screen._answers.name = screen._answers.name or LONGEST
        screen._answers.passphrase = "en helt egen passordfrase"
        for number in range(len(screen.steps())):
            await screen._show(number)
            screen.say("Noe er galt, og det står her.")
            await pilot.pause()
            assert "Noe er galt, og det står her." in screen_text(bench), number
