"""Where the program starts."""

from __future__ import annotations

from collections.abc import Sequence

from intake_tui.command_line import quiet
from intake_tui.desk import surroundings


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; the exit status. `arguments`: those of the process if None."""
    surroundings.forget()  # before anything of Textual is imported
    quiet.no_core_dumps()
    quiet.no_tracebacks()
    quiet.plain_streams()
    from intake_tui.cli import run  # noqa: PLC0415 - after the environment is clean

    return run(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
