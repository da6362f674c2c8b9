"""A line of the screen has no cache before something is kept in it: most never have one."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.cache import FIFOCache
from textual.color import Color
from textual.filter import Monochrome
from textual.strip import Strip

from intake_tui.app import IntakeApp
from intake_tui.textual_fixes.memory import CACHES, WITH_ALL_CACHES, make_caches_when_used
from machine import COUNSELLOR, PASSPHRASE, Home

PLAIN, BOLD = Style(), Style(bold=True)
MONOCHROME, BLACK = Monochrome(), Color(0, 0, 0)


@pytest.fixture(autouse=True)
def mended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line that is made here is one of the program's."""
    monkeypatch.setattr(Strip, "__init__", Strip.__init__)
    make_caches_when_used()


def segments() -> list[Segment]:
    return [Segment("hun sa ", PLAIN), Segment("at", BOLD), Segment(" døren var låst", PLAIN)]


def as_textual_makes_it() -> Strip:
    strip = Strip.__new__(Strip)
    WITH_ALL_CACHES(strip, segments())
    return strip


def strips() -> list[Strip]:
    """All that there are."""
    return [one for one in gc.get_objects() if type(one) is Strip]


def slots(strip: Strip) -> dict[str, object]:
    """What was set of a strip; nothing is made by looking."""
    found = {}
    for name in Strip.__slots__:
        try:
            found[name] = Strip.__dict__[name].__get__(strip)
        except AttributeError:
            continue
    return found


def caches(strip: Strip) -> dict[str, int]:
    """How much each of its caches holds."""
    found = slots(strip)
    return {name: one._maxsize for name, one in found.items() if isinstance(one, FIFOCache)}


def test_textual_makes_all_of_them_for_every_line() -> None:
    """Where this fails, Textual has others, or makes them when they are used."""
    assert caches(as_textual_makes_it()) == CACHES


def test_a_line_of_ours_has_all_but_its_caches() -> None:
    ours, theirs = slots(Strip(segments(), 25)), slots(as_textual_makes_it())
    assert ours.keys() == theirs.keys() - CACHES.keys()
    assert ours == {name: theirs[name] for name in ours} | {"_cell_length": 25}


USES: dict[str, Callable[[Strip], object]] = {
    "_divide_cache": lambda strip: strip.divide([3, 9, strip.cell_length]),
    "_crop_cache": lambda strip: strip.crop(4, 12),
    "_style_cache": lambda strip: strip.apply_style(BOLD),
    "_filter_cache": lambda strip: strip.apply_filter(MONOCHROME, BLACK),
    "_line_length_cache": lambda strip: strip.adjust_cell_length(40, BOLD),
    "_crop_extend_cache": lambda strip: strip.crop_extend(2, 40, BOLD),
    "_offsets_cache": lambda strip: strip.apply_offsets(1, 2),
}


@pytest.mark.parametrize("name", USES)
def test_what_is_made_of_it_is_the_same_and_made_once(name: str) -> None:
    strip, use = Strip(segments()), USES[name]
    made = use(strip)
    assert made == use(as_textual_makes_it())
    assert use(strip) is made
    assert caches(strip)[name] == CACHES[name]


def test_what_is_no_cache_is_not_made() -> None:
    with pytest.raises(AttributeError, match="_no_cache"):
        Strip([])._no_cache  # type: ignore[attr-defined]  # noqa: B018


async def test_the_lines_of_a_conversation_have_fewer_caches_than_there_are_lines(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the program that has to see to it."""
    monkeypatch.setattr(Strip, "__init__", WITH_ALL_CACHES)
    before = strips()  # held, so that none of the new ones has the place of one that is gone
    known = set(map(id, before))
    app = IntakeApp(home.vault, device=home.device)
    async with app.run_test(size=(160, 48)) as pilot:
        await app.unlock(COUNSELLOR, PASSPHRASE)
        app.new_conversation()
        await pilot.press(*"dette ble sagt", "enter")
        await pilot.pause()
        lines = [one for one in strips() if id(one) not in known]
        assert len(lines) > 48
        assert sum(len(caches(line)) for line in lines) < len(lines)
