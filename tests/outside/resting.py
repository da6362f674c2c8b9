"""The program, but with four hours of rest made into the seconds that are given first.

Run as a script by the test of what a long rest leaves in memory.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from intake_tui.__main__ import main
    from intake_tui.desk import idle

    idle.END_AFTER = float(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
