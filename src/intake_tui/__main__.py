"""Where the program starts."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from intake_tui.command_line import quiet
from intake_tui.desk import surroundings


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; the exit status. `arguments`: those of the process if None."""
    surroundings.forget()  # before anything of Textual is imported
    quiet.no_core_dumps()
    quiet.no_tracebacks()
    quiet.no_log()
    quiet.plain_streams()
    from intake_tui.command_line.start import program_alone  # noqa: PLC0415 - after the cleaning

    given = list(sys.argv[1:] if arguments is None else arguments)
    status = program_alone(given)
    if status is not None:
        return status
    from intake_tui.cli import run  # noqa: PLC0415 - the short way does without it

    return run(given)


if __name__ == "__main__":
    raise SystemExit(main())
