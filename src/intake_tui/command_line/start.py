"""The short way to the first screen: what reads commands costs a tenth of a start."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from intake_tui.command_line.chosen import Chosen


def program_alone(arguments: Sequence[str]) -> int | None:
    """Runs the program where no command was given, and says how it ended.

    None, and nothing done, where there is a command, an odd argument or no terminal.
    """
    chosen = Chosen.alone(arguments)
    if chosen is None or not has_terminal():
        return None
    gc.disable()  # until everything is imported: there is nothing to collect before
    try:
        return show(chosen)
    except BaseException as error:  # told without what it holds
        from intake_tui.command_line.faults import told  # noqa: PLC0415 - it needs click

        return told(error, chosen.words)


def show(chosen: Chosen) -> int:
    """Runs the program; its exit status."""
    from intake_tui.app import IntakeApp  # noqa: PLC0415 - a command does without it

    app = IntakeApp(chosen.location, language=chosen.language)
    app.run()
    if app.begins_afresh:
        begin_afresh(chosen)
    return app.return_code or 0


def begin_afresh(chosen: Chosen) -> None:
    """Puts a new process with an empty memory in the place of this one, with the same arguments.

    Windows would start a second one beside it: there it is said that the program has ended.
    """
    if os.name == "posix":
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - no shell
    sys.stderr.write(chosen.words("cli.ended-idle") + "\n")


def has_terminal() -> bool:
    """Whether all three streams are a terminal: the screen must not go into a file."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()
