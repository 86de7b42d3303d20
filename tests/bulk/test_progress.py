from __future__ import annotations

from scrubber.bulk.progress import SELDOM, Progress


def test_a_terminal_hears_often_and_a_log_seldom() -> None:
    progress = Progress(100, 1, 10.0)
    assert not progress.due(10.1, terminal=True)
    assert progress.due(10.3, terminal=True)
    assert not progress.due(10.4, terminal=True)
    assert not progress.due(11.0, terminal=False)
    assert progress.due(10.4 + SELDOM, terminal=False)


def test_a_run_at_its_beginning_and_over_nothing_can_be_told_of() -> None:
    assert Progress(5_000_000, 2, 1.0).line(1.0).endswith("0.0 MB/s, ? left")
    assert Progress(0, 1, 1.0, 1).line(1.0).startswith("100 %, 1 of 1 shards, 0.0 of 0.0 MB")
    assert "of 25.0 GB" in Progress(25 * 10**9, 2, 1.0, read=10**9).line(3.0)
