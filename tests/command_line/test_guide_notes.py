"""Texts past their day are noted on the command line; they are no mistakes."""

import datetime as dt

import pytest

from intake_tui import cli
from intake_tui.command_line import guide_text
from intake_tui.guide.ageing import to_check
from intake_tui.guide.load import load

FAR = dt.date(2100, 1, 1)


def printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, day: dt.date, *what: str
) -> list[str]:
    monkeypatch.setattr(guide_text, "today", lambda: day)
    assert cli.run(["--lang", "nb", "guide", *what]) == 0
    out = capsys.readouterr().out.splitlines()
    return [line for line in out if ": bør kontrolleres siden " in line]


@pytest.mark.parametrize("what", ["check", "show"])
def test_each_text_past_its_day_is_noted_and_nothing_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    noted = printed(capsys, monkeypatch, FAR, what)
    expected = to_check(load(), FAR)
    assert len(noted) == len(expected)
    for line, each in zip(noted, expected, strict=True):
        assert line.startswith(f"{each.id}: ")
        assert f"{each.check_again:%Y-%m-%d}" in line
        assert each.source in line


@pytest.mark.parametrize("what", ["check", "show"])
def test_in_time_nothing_is_noted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    assert printed(capsys, monkeypatch, dt.date(2026, 11, 27), what) == []
