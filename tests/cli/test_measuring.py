from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scrubber import floors
from scrubber.cli import measuring
from scrubber.rules import Rule


@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (29, 29, 0.883, 1)],
)
def test_the_interval_is_wilsons(
    rules: tuple[Rule, ...], right: int, judged: int, low: float, high: float
) -> None:
    """The first three: Newcombe, Statistics in Medicine 17 (1998) 857-872, method 3."""
    figures = {"right": right, "judged": judged, "action": "fix"}
    measured = measuring.measured_of(rules[0], floors.Floors(rules={rules[0].id: figures}))
    assert (round(measured.low, 4), round(measured.high, 4)) == (low, high)
    assert 0 <= measured.low <= right / judged <= measured.high <= 1


def test_other_formats_do_not_import_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor signed the treatyBut the council refused.\n")
    code = (
        "import sys\n"
        "from scrubber.cli.commands import group\n"
        "assert group.main(['check', '-q', 'a.txt'], standalone_mode=False) == 1\n"
        "names = 'html tally samples sarif junit jsonl stored severity'.split()\n"
        "names = [*(f'report.{name}' for name in names), 'cli.measuring', 'floors', 'scoring']\n"
        "sys.exit(bool({f'scrubber.{name}' for name in names} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert done.returncode == 0
