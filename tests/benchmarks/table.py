"""The table as it is printed: one line a row, as it is measured."""

from __future__ import annotations

from figures import Row

COLUMNS = f"{'what':<52}{'at':<26}{'ours':>10} {'baseline':>10}{'ratio':>7}{'at most':>9}"


def heading() -> str:
    return f"{COLUMNS}\n{'─' * len(COLUMNS)}"


def line(row: Row) -> str:
    most = "" if row.most is None else f"{row.most:g}" + (f" {row.unit}" if not row.ratio else "")
    cells = [
        f"{row.what:<52}{row.at:<26}",
        f"{row.ours:>7.{_digits(row.ours)}f} {row.unit:<3}",
        "          " if row.baseline is None else f"{row.baseline:>10.{_digits(row.baseline)}f}",
        "       " if row.ratio is None else f"{row.ratio:>7.2f}",
        f"{most:>9}  {row.verdict}",
        f"  ({row.of})" if row.of else "",
    ]
    return "".join(cells).rstrip()


def _digits(figure: float) -> int:
    return 0 if figure >= 100 else 1 if figure >= 10 else 2
