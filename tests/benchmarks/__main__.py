"""All benchmarks: prints the table of the budgets with this machine's figures beside them.

    python tests/benchmarks [--json] [--quick] [--only start --only keys …] [--keep FOLDER]

Ratios are what counts: each is taken between two things measured one after the other, and is the
median over the runs. Nothing here is a test; Linux only.
"""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]

if __name__ == "__main__":
    sys.path[:0] = [str(TESTS / "benchmarks"), str(TESTS)]
    from command import main

    raise SystemExit(main())
