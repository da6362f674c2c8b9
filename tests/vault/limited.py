"""A process that may write no file longer than so many bytes, and saves until it cannot.

Says each acknowledged save; at the end, after the limit is gone, saves once more.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from killed import say, taken
from work import opened

from intake_tui.vault import DiskFull
from intake_tui.vault.witness import DeviceFolder

if __name__ == "__main__":
    path, device, who, limit = sys.argv[1:]
    vault = opened(Path(path), taken(json.loads(who)), DeviceFolder(Path(device)))
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), hard))
    size = 0
    try:
        while True:
            size += 2000
            vault.save_draft(b"d" * 16, b"x" * size)
            say("saved", size)
    except DiskFull:
        say("full", next(len(one.blob) for one in vault.drafts() if one.id == b"d" * 16))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    vault.save_draft(b"d" * 16, b"after")
    say("sound", vault.verify().sound)
    vault.lock()
