"""The process keeps its secrets: what it imports, forgets, and leaves when it is broken off."""

from __future__ import annotations

import subprocess
import sys

import pytest

from machine import COUNSELLOR, PASSPHRASE, Home, installed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")


def python(home: Home, code: str, **env: str) -> str:
    """What a fresh process prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**home.env, **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_help_imports_neither_the_database_nor_the_screens(bare_home: Home) -> None:
    printed = python(
        bare_home,
        "import sys; from intake_tui.__main__ import main; main(['--help'])\n"
        "print(*{'sqlmodel', 'sqlalchemy', 'pydantic', 'textual', 'rich'} & set(sys.modules))",
    )
    assert printed.splitlines()[-1] == ""
    assert "contacts" in printed


def test_the_shells_app_is_reached_without_the_database(bare_home: Home) -> None:
    printed = python(
        bare_home,
        "import sys; import intake_tui.__main__, intake_tui.cli; from intake_tui.app import *\n"
        "print(*{'sqlmodel', 'sqlalchemy', 'pydantic'} & set(sys.modules))",
    )
    assert printed == "\n"


def test_nothing_of_textual_is_left_in_the_environment(bare_home: Home) -> None:
    printed = python(
        bare_home,
        "import os; from intake_tui.__main__ import main; main(['--help'])\n"
        "print([name for name in os.environ if name.startswith('TEXTUAL')])",
        TEXTUAL_LOG="/nowhere/log",
        TEXTUAL_SCREENSHOT="1",
        TEXTUAL_DEVTOOLS_HOST="example",
        TEXTUAL_DEBUG="1",
        TEXTUAL_DRIVER="x:y",
    )
    assert printed.splitlines()[-1] == "[]"


def test_there_are_no_core_dumps(bare_home: Home) -> None:
    printed = python(
        bare_home,
        "import resource; from intake_tui.__main__ import main; main(['--help'])\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))",
    )
    assert printed.splitlines()[-1] == "(0, 0)"


def test_a_thread_that_falls_over_prints_its_kind_only(bare_home: Home) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import threading; from intake_tui.__main__ import main; main(['--help'])\n"
            "def fails(): raise RuntimeError('hemmelig')\n"
            "thread = threading.Thread(target=fails); thread.start(); thread.join(); fails()",
        ],
        env=bare_home.env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.stderr.splitlines() == ["intake-tui: RuntimeError"] * 2


def test_a_passphrase_is_asked_without_echo_and_ctrl_c_leaves_one_line(home: Home) -> None:
    from terminal import Terminal

    command = [installed("intake-tui"), "--vault", home.vault, "verify"]
    with Terminal(command, home.env) as person:
        person.wait("Navn")
        person.type(COUNSELLOR + "\r")
        person.wait("Passordfrase")
        person.type("kvitveis")
        person.press("ctrl+c")
        assert person.wait_end() == 130
        shown = person.text
    assert "kvitveis" not in shown
    assert "Avbrutt." in shown
    assert "Traceback" not in shown


def test_a_person_signs_in_at_the_prompt(home: Home) -> None:
    from terminal import Terminal

    command = [installed("intake-tui"), "--vault", home.vault, "verify"]
    with Terminal(command, home.env) as person:
        person.wait("Navn")
        person.type(COUNSELLOR + "\r")
        person.wait("Passordfrase")
        person.type(PASSPHRASE + "\r")
        assert person.wait_end() == 0
        shown = person.text
    assert PASSPHRASE not in shown
    assert "Alt er i orden" in shown


def test_a_folder_that_may_not_be_read_is_2(home: Home) -> None:
    from terminal import Terminal

    home.vault.parent.chmod(0)
    try:
        command = [installed("intake-tui"), "--vault", home.vault, "verify"]
        with Terminal(command, home.env, powerless=True, columns=200) as person:
            assert person.wait_end() == 2
            assert "Det går ikke å skrive til arkivet" in person.text
            assert "Traceback" not in person.text
    finally:
        home.vault.parent.chmod(0o700)
