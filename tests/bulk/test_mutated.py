"""Some mutants of every format; `python tests/bulk/mutated.py 10000` tries many."""

from __future__ import annotations

from mutated import main


def test_no_mutant_crashes_hangs_or_is_lost() -> None:
    found = main(150)
    assert {what.split(maxsplit=1)[1] for what in found} == {"refused", "left alone", "changed"}
