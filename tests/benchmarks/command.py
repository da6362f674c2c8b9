"""Measures what the design has budgets for, and prints the table."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from day import day
from figures import Row
from from_outside import Outside
from inside import Inside
from server import Server
from table import heading, line
from vaults import Vaults

Measure = Callable[[], Iterable[Row]]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="pairs of runs (5)")
    parser.add_argument("--keys", type=int, default=40, help="keys in each run (40)")
    parser.add_argument("--quick", action="store_true", help="two runs of 20 keys")
    parser.add_argument("--json", action="store_true", help="the rows as JSON")
    parser.add_argument("--only", action="append", help="a part; may be given again")
    parser.add_argument("--keep", type=Path, help="keep the vaults in that folder for next time")
    parser.add_argument("--large", action="store_true", help="100 000 contacts too: minutes more")
    parser.add_argument("--day", action="store_true", help="a simulated day too: many minutes")
    return parser.parse_args()


def parts(given: argparse.Namespace, vaults: Vaults) -> dict[str, Measure]:
    """What can be measured, by name."""
    runs, keys = (2, 20) if given.quick else (given.runs, given.keys)
    outside, inside = Outside(vaults, runs, keys), Inside(vaults, runs)
    scale = [100, 10_000, *([100_000] if given.large else [])]
    return {
        "start": outside.start,
        "passphrase": outside.passphrase,
        "keys": outside.note_line,
        "lengths": outside.lengths,
        "saving": outside.saving,
        "steps": outside.steps,
        "cover": outside.cover,
        "unlock": lambda: outside.unlock([0, *scale[1:]]),
        "autosave": inside.autosave,
        "contacts": lambda: inside.contacts(scale),
        "search": lambda: inside.search(scale),
        "server": lambda: Server(runs).rows(vaults.empty()),
        "reading": lambda: outside.reading(10_000),
        "memory": lambda: outside.memory(scale),
        "day": lambda: day(vaults, 10_000),
    }


EVERYDAY = (
    *("start", "passphrase", "keys", "lengths", "saving", "steps", "cover", "unlock"),
    *("autosave", "contacts", "search", "server", "reading", "memory"),
)


def measured(given: argparse.Namespace, vaults: Vaults) -> Iterator[Row]:
    for name, measure in parts(given, vaults).items():
        if name in (given.only or EVERYDAY) or (given.day and name == "day"):
            yield from measure()


def main() -> int:
    given = arguments()
    with TemporaryDirectory(prefix="benchmark-") as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows = []
        if not given.json:
            print(heading(), flush=True)
        for row in measured(given, Vaults(folder)):
            rows.append(row)
            if not given.json:
                print(line(row), flush=True)
    if given.json:
        print(json.dumps([row.as_json() for row in rows], indent=2))
    return 0
