"""What the screen library leaks or breaks on: each is closed, and each is still open without us."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from desk_bench import running
from hypothesis import assume, given
from hypothesis import strategies as st
from textual import _xterm_parser, events
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.widgets import TextArea

from intake_tui.desk.palette import Palette, key_name
from intake_tui.screens.conversation import ConversationScreen
from intake_tui.textual_fixes.closed import ClosedTextArea
from intake_tui.textual_fixes.keyboard import PasteCleaner, mend_parser
from machine import Home
from terminal import Terminal

SECRET = "hemmelig nabo"


# -- the clipboard ---------------------------------------------------------------------------------


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that goes to the terminal."""
    from textual.drivers.headless_driver import HeadlessDriver

    pieces: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "write", lambda self, data: pieces.append(data))
    return pieces


@pytest.mark.parametrize("key", ["ctrl+x", "super+c", "super+x", "ctrl+c"])
async def test_nothing_reaches_the_clipboard(home: Home, written: list[str], key: str) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.type(SECRET)
        bench.app.focused.select_all()
        await bench.press(key)
        await bench.pilot.pause()
        bench.app.copy_to_clipboard(SECRET)
        assert bench.app.clipboard == ""
        assert "\x1b]52" not in "".join(written)
        assert bench.app.current.line.text == SECRET


async def test_textual_itself_would_still_copy(written: list[str]) -> None:
    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield TextArea(SECRET)

    app = Bare()
    async with app.run_test() as pilot:
        app.query_one(TextArea).select_all()
        await pilot.press("ctrl+c")
        assert "\x1b]52" in "".join(written)
        assert app.clipboard == SECRET


# -- pictures of the screen ------------------------------------------------------------------------


async def test_the_palette_offers_no_picture_and_speaks_the_language(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        commands = bench.app.get_system_commands(bench.app.screen)
        names = [command.title.split("  ")[0] for command in commands]
        assert not [name for name in names if "creenshot" in name or "Quit" in name]
        for name in ("Dekk skjermen", "Lagre alt og lukk", "Lås", "Samtaler"):
            assert name in names
        assert len(names) == len(set(names))
        await bench.press("ctrl+p")
        await bench.front(Palette)
        await bench.shows("Hva vil du gjøre?", "Dekk skjermen")
        await bench.type("zzqx")
        await bench.shows("Ingen treff. Prøv et annet ord.")
        await bench.press("escape")
        await bench.front(ConversationScreen)


async def test_the_palette_holds_every_key_of_the_conversation(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        screen = bench.app.screen
        titles = [command.title for command in bench.app.get_system_commands(screen)]
        shown = ", ".join(title.split("  ")[-1].strip() for title in titles)
        for key in ("^F", "^L", "^T", "^R", "^O", "^Y", "^E", "^B", "^S", "^N", "^Q", "F1", "F12"):
            assert key in shown.split(", "), key


async def test_a_command_of_the_palette_is_carried_out(home: Home) -> None:
    async with running(home) as bench:
        await bench.talk()
        await bench.press("ctrl+p")
        await bench.front(Palette)
        await bench.type("Dekk")
        await bench.until(lambda: bench.app.screen.query("CommandList > *") or True)
        await bench.pilot.pause(0.2)
        await bench.press("enter")
        await bench.until(lambda: bench.app.covered, "covered")


async def test_no_file_is_made_of_the_screen(home: Home) -> None:
    async with running(home) as bench:
        assert bench.app.save_screenshot() == ""
        assert bench.app.deliver_screenshot() is None
        assert not list(home.root.rglob("*.svg"))


def test_keys_are_named_as_people_name_them() -> None:
    names = [key_name(key) for key in ("ctrl+n", "f12", "escape", "enter", "up", "shift+tab")]
    assert names == ["^N", "F12", "Esc", "Enter", "↑", "Shift+Tab"]


# -- keys with event types -------------------------------------------------------------------------


def keys_of(sequence: str) -> list[Any]:
    parser = _xterm_parser.XTermParser()
    return [event for event in parser.feed(sequence) if isinstance(event, events.Key)]


def test_keys_with_event_types_are_keys_and_releases_are_none() -> None:
    mend_parser()
    assert [key.character for key in keys_of("\x1b[230;1:1;230u")] == ["æ"]
    assert [key.character for key in keys_of("\x1b[230;1:2;230u")] == ["æ"]
    assert keys_of("\x1b[230;1:3;230u") == []
    assert keys_of("\x1b[230;1:3u") == []
    assert keys_of("\x1b[1;1:3A") == []
    assert [key.key for key in keys_of("\x1b[1;5:2A")] == ["ctrl+up"]
    assert keys_of("\x1b[99999999999;1u") == []
    assert [key.character for key in keys_of("\x1b[230;1;230u")] == ["æ"]


def test_textual_itself_would_still_fail_on_them() -> None:
    code = (
        "from textual._xterm_parser import XTermParser\n"
        "list(XTermParser().feed('\\x1b[230;1:2;230u'))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert "ValueError" in found.stderr


# -- pasted control characters ---------------------------------------------------------------------

MESSY = "første\tlinje\x07 med\x1b[31m rødt, \x11 og \x1b[20 nesten en slutt\x1b\n"


def pasted_and_pressed(pieces: list[str]) -> tuple[str, list[str]]:
    parser = _xterm_parser.XTermParser()
    found = [event for piece in pieces for event in parser.feed(piece)]
    found += list(parser.feed(""))
    pasted = "".join(event.text for event in found if isinstance(event, Paste))
    return pasted, [event.key for event in found if isinstance(event, events.Key)]


@given(st.integers(1, 40), st.text(alphabet="aæ\x1b[20~1\x11\t\n", max_size=60))
def test_pasted_text_is_text_however_it_is_cut(size: int, more: str) -> None:
    mend_parser()
    text = MESSY + more
    assume(PasteCleaner.END not in text)
    sent = f"a{PasteCleaner.BEGIN}{text}{PasteCleaner.END}b"
    pieces = [sent[start : start + size] for start in range(0, len(sent), size)]
    pasted, pressed = pasted_and_pressed(pieces)
    assert pressed == ["a", "b"]
    assert pasted == text.translate(dict.fromkeys((7, 17, 27)))


def test_textual_itself_would_still_take_it_for_keys() -> None:
    code = (
        "from textual._xterm_parser import XTermParser\n"
        f"text = {MESSY!r}\n"
        "parser = XTermParser()\n"
        "events = list(parser.feed('\\x1b[200~' + text + '\\x1b[201~'))\n"
        "events += list(parser.feed(''))\n"
        "print([event.key for event in events if hasattr(event, 'key')])\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'m'" in found.stdout


# -- undo ------------------------------------------------------------------------------------------

PAGES = "\n".join(f"linje {number} med litt tekst i seg" for number in range(500))


async def undo_a_paste(kind: type[TextArea]) -> str:
    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield kind(id="area")

    app = Bare()
    async with app.run_test() as pilot:
        area = app.query_one("#area", TextArea)
        area.focus()
        app.post_message(Paste(PAGES))
        await pilot.pause()
        assert area.text == PAGES
        area.undo()
        await pilot.pause()
        assert area.text == ""
        area.redo()
        await pilot.pause()
        return area.text


async def test_a_large_paste_can_be_undone_and_redone() -> None:
    assert await undo_a_paste(ClosedTextArea) == PAGES


async def test_textual_itself_would_still_fail_on_that() -> None:
    with pytest.raises(ValueError, match=r"."):
        await undo_a_paste(TextArea)


# -- the environment -------------------------------------------------------------------------------

LOGGING = """
import sys
import intake_tui.app
from textual import constants
print([name for name in __import__("os").environ if name.startswith("TEXTUAL")])
print(constants.LOG_FILE, constants.SCREENSHOT_DELAY, constants.PRESS, constants.DEBUG)
"""


def test_what_makes_textual_log_or_take_pictures_is_taken_out(home: Home) -> None:
    leaks = {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_LOG": str(home.root / "log"),
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_PRESS": "x",
        "TEXTUAL_DEBUG": "1",
    }
    found = subprocess.run(
        [sys.executable, "-c", LOGGING],
        env={**home.env, **leaks},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split("\n")[:2] == ["[]", "None -1  False"]


# -- what nobody caught ----------------------------------------------------------------------------

UNCAUGHT = """
import asyncio, gc, sys, threading
from intake_tui import __main__
from intake_tui.command_line import start

async def fail():
    raise RuntimeError("hemmelig nabo")

async def forgotten():
    task = asyncio.ensure_future(fail())
    await asyncio.sleep(0.01)

def instead(_):
    asyncio.run(forgotten())
    gc.collect()
    thread = threading.Thread(target=lambda: asyncio.run(fail()))
    thread.start()
    thread.join()
    return asyncio.run(fail())

start.program_alone = instead
if sys.argv[1:] == ["closed"]:
    __main__.main()
else:
    instead([])
"""


@pytest.mark.parametrize("how", ["closed", "open"])
def test_what_nobody_caught_is_told_without_what_it_says(home: Home, how: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", UNCAUGHT, how],
        env=home.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode != 0
    assert found.stdout == ""
    if how == "closed":
        assert found.stderr.splitlines() == ["intake-tui: RuntimeError"] * 2
    else:
        assert found.stderr.count(f"RuntimeError: {SECRET}") == 3, "the control"


# -- falling over ----------------------------------------------------------------------------------

FALLING = """
import sys
from pathlib import Path
from intake_tui.app import IntakeApp
from intake_tui.screens.conversation import ConversationScreen

def fail(*_):
    note = "hemmelig nabo i en lokal variabel"
    raise RuntimeError(note)

ConversationScreen.action_fail = fail
app = IntakeApp(Path(sys.argv[1]), device=Path(sys.argv[2]), language="nb")
bind = ConversationScreen.on_mount
def on_mount(self, *_):
    self._bindings.bind("f11", "fail")
    return bind(self)
ConversationScreen.on_mount = on_mount
app.run()
sys.exit(app.return_code)
"""


def program(home: Home) -> Terminal:
    command = [sys.executable, "-c", FALLING, str(home.vault), str(home.device)]
    return Terminal(command, env=home.env)


def signed_in(terminal: Terminal) -> None:
    from machine import COUNSELLOR, PASSPHRASE

    terminal.wait("Passordfrase")
    terminal.type(COUNSELLOR)
    terminal.press("enter")
    terminal.type(PASSPHRASE)
    terminal.press("enter")
    terminal.wait("Arkivet er åpent")
    terminal.type(SECRET)
    terminal.wait(SECRET)
    terminal.press("enter")
    terminal.wait("1 Kontakt")
    terminal.type("og et ord til")
    terminal.wait("og et ord til")


def draft(home: Home) -> tuple[list[str], str]:
    from intake_tui.guide.load import load
    from intake_tui.records.archive import Archive
    from machine import COUNSELLOR, PASSPHRASE

    archive = Archive.unlock(home.vault, name=COUNSELLOR, passphrase=PASSPHRASE, device=home.device)
    try:
        (conversation,) = archive.conversations(load())
        return [line.text for line in conversation.intake.statements], conversation.line.text
    finally:
        archive.lock()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_program_that_falls_saves_first_and_says_one_line(home: Home) -> None:
    with program(home) as terminal:
        signed_in(terminal)
        terminal.press("f11")
        assert terminal.wait_end() == 1
        said = terminal.outside_alternate.decode("utf-8", "replace")
    assert "Programmet stoppet uventet (RuntimeError" in said
    assert SECRET not in said
    assert "et ord til" not in said
    assert "Traceback" not in said
    assert "lokal variabel" not in said
    assert draft(home) == ([SECRET], "og et ord til")


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize(("number", "status"), [(15, 0), (1, 129)], ids=["TERM", "HUP"])
def test_a_program_that_is_ended_saves_first(home: Home, number: int, status: int) -> None:
    with program(home) as terminal:
        signed_in(terminal)
        terminal.type(" og et til")
        terminal.wait("og et til")
        terminal.kill(number)
        assert terminal.wait_end() == status
        assert SECRET not in terminal.outside_alternate.decode("utf-8", "replace")
    assert draft(home) == ([SECRET], "og et ord til og et til")


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_program_that_was_stopped_comes_back_locked(home: Home) -> None:
    with program(home) as terminal:
        signed_in(terminal)
        terminal.kill(19)
        terminal.kill(18)
        terminal.wait("Passordfrase")
        terminal.wait_gone(SECRET)
        terminal.press("ctrl+q")
        terminal.wait_end()
    assert draft(home) == ([SECRET], "og et ord til")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_closing_saves_and_leaves_nothing_on_the_terminal(home: Home) -> None:
    with program(home) as terminal:
        signed_in(terminal)
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
        left = terminal.outside_alternate.decode("utf-8", "replace")
        asked = terminal.system_commands
    assert SECRET not in left
    assert [command for command in asked if not command.startswith(b"22;")] == []  # the pointer
    assert draft(home) == ([SECRET], "og et ord til")
