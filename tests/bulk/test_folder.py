from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scrubber.bulk import folder, manifest
from scrubber.bulk.aside import PREFIX, Aside
from scrubber.bulk.layout import Layout
from scrubber.bulk.manifest import Manifest
from scrubber.bulk.markers import Marker, fingerprint
from scrubber.bulk.plan import Planned
from scrubber.bulk.statistics import Statistics


def _settings(**more: str) -> dict[str, str]:
    return {"version": "1", "rules": "a"} | more


def _ways(*settings: dict[str, str]) -> dict[str, dict[str, str]]:
    return {manifest.whole(one): one for one in settings}


def _shard(layout: Layout, settings: dict[str, str] | None, name: str = "a/b.txt") -> Planned:
    """Return a shard that was cleaned with some settings."""
    source = layout.out.parent / name
    source.parent.mkdir(exist_ok=True)
    source.touch()
    if settings is not None:
        layout.output(name).parent.mkdir(parents=True, exist_ok=True)
        layout.output(name).touch()
        marker = Marker(manifest.whole(settings), fingerprint(source), 0, Statistics())
        folder.write(layout.marker(name), marker.data())
    return Planned(source, name, 0)


def test_a_new_folder_is_free_for_any_settings(tmp_path: Path) -> None:
    layout, ways = Layout(tmp_path / "out"), _ways(_settings())
    shard = _shard(layout, None)
    folder.agreed(layout, ways)
    assert list(folder.looked_up(layout, [shard], ways, force=False)) == [(shard, None)]
    assert not layout.out.exists()
    with folder.held(layout):
        folder.claim(layout, ways, force=False)
    folder.agreed(layout, ways)


def test_what_all_have_in_common_may_not_change(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    folder.claim(layout, _ways(_settings()), force=False)
    folder.agreed(layout, _ways(_settings(rules="b")))  # another project has other rules
    with pytest.raises(folder.OtherSettingsError, match=r"\(version\)"):
        folder.agreed(layout, _ways(_settings(version="2")))


def test_settings_of_a_shard_may_not_change_unless_by_force(tmp_path: Path) -> None:
    layout, old, new = Layout(tmp_path / "out"), _settings(), _settings(rules="b")
    done, other = _shard(layout, old), _shard(layout, None, "c.txt")
    folder.claim(layout, _ways(old), force=False)
    assert [
        marker is None
        for _, marker in folder.looked_up(layout, [done, other], _ways(old), force=False)
    ] == [False, True]
    with pytest.raises(folder.OtherSettingsError, match=r"\(rules\)"):
        list(folder.looked_up(layout, [other, done], _ways(new), force=False))
    folder.agreed(layout, _ways(new))
    list(folder.looked_up(layout, [other], _ways(new), force=False))
    forced = list(folder.looked_up(layout, [done], _ways(new), force=True))
    assert forced == [(done, None)]
    folder.claim(layout, _ways(new), force=True)
    again = list(folder.looked_up(layout, [done], _ways(new), force=False))
    assert again == forced, "a forced run that was killed goes on without force"
    assert Manifest.read(layout.manifest).every == _ways(old, new), "or nobody could revert it"


def test_markers_without_a_manifest_are_of_unknown_settings(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "out")
    _shard(layout, _settings())
    with pytest.raises(folder.OtherSettingsError, match="cannot be read"):
        folder.agreed(layout, _ways(_settings()))


def test_what_killed_runs_left_is_swept_but_not_while_another_run_goes_on(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    stale = layout.out / "sub" / f"{PREFIX}0"
    stale.parent.mkdir()
    stale.touch()
    held = f"from scrubber.bulk import folder\nfrom pathlib import Path\nimport sys\n\
from scrubber.bulk.layout import Layout\nwith folder.held(Layout(Path({str(tmp_path)!r}))):\n\
    print(flush=True)\n    sys.stdin.read()"
    other = subprocess.Popen(
        [sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    other.stdout.readline()
    assert not stale.exists()
    stale.touch()
    with folder.held(layout):
        assert stale.exists(), "it may be of the other run"
    other.kill()
    other.communicate()
    with folder.held(layout):
        assert not stale.exists()


def test_a_file_aside_is_placed_whole_or_gone(tmp_path: Path) -> None:
    target = tmp_path / "new" / "x"
    with Aside() as aside:
        aside.beside(target).write_bytes(b"half")
    assert list(target.parent.iterdir()) == []
    with Aside() as aside:
        path = aside.beside(target)
        path.write_bytes(b"whole")
        aside.place(path, target)
    assert [found.name for found in target.parent.iterdir()] == ["x"]
    with Aside() as aside:
        path = aside.beside(target)
        path.write_bytes(b"other")
        with pytest.raises(FileExistsError):
            aside.place(path, target)
    assert target.read_bytes() == b"whole"
    with Aside() as aside:
        aside.write(target, b"newer")
    assert target.read_bytes() == b"newer"
    assert [found.name for found in target.parent.iterdir()] == ["x"]


def test_what_is_shared_with_jobs_elsewhere_is_not_swept_while_it_is_fresh(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    fresh, dead = tmp_path / f"{PREFIX}fresh", tmp_path / f"{PREFIX}dead"
    fresh.touch()
    dead.touch()
    past = time.time() - folder.DEAD - 60
    os.utime(dead, (past, past))
    with folder.held(layout, shared=True):
        assert fresh.exists()
        assert not dead.exists()
    assert fresh.exists()
    with folder.held(layout):
        assert not fresh.exists()
