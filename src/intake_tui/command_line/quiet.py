"""Makes the process keep its secrets to itself: no core dumps, no tracebacks, no debug switches."""

from __future__ import annotations

import logging
import sys
import threading


def no_core_dumps() -> None:
    """A core dump would hold keys and words. Nothing to do where there are none."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def no_tracebacks() -> None:
    """Whatever is not caught anywhere is told without what it says."""
    sys.excepthook = lambda kind, error, _: _tell(kind)
    threading.excepthook = lambda thread: _tell(thread.exc_type)
    sys.unraisablehook = lambda unraisable: _tell(unraisable.exc_type)


def no_log() -> None:
    """What libraries would log goes nowhere, where Python would put it on standard error.

    asyncio logs an exception that nobody asked for, with all that it says.
    """
    logging.lastResort = None
    logging.raiseExceptions = False


def plain_streams() -> None:
    """UTF-8 wherever it goes to a file or a pipe; what a terminal lacks becomes «?»."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _tell(kind: type[BaseException]) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"intake-tui: {kind.__name__}\n")
