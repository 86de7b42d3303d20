from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_start_up_stays_within_its_bounds() -> None:
    """Three tries: another process on the machine can slow one of them."""
    script = Path(__file__).with_name("startup.py")
    for _ in range(3):
        done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
    raise AssertionError(done.stdout + done.stderr)
