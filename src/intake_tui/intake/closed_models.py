"""How models of what was said are made: an error shows nothing of it, and the parser keeps none.

The parser would keep the last sixteen thousand short strings that it met, of whatever record, for
as long as the program runs: past the lock, and worth two megabytes.
"""

from __future__ import annotations

from pydantic import ConfigDict

CLOSED = ConfigDict(hide_input_in_errors=True, cache_strings="keys")
CLOSED_PART = CLOSED | ConfigDict(frozen=True, extra="forbid", strict=True)
