from __future__ import annotations

from pathlib import Path

from scrubber.bulk.inventory import Inventory, Wanted
from scrubber.bulk.plan import Planned


def test_what_runs_were_to_do_adds_up(tmp_path: Path) -> None:
    file = tmp_path / "inventory.json"
    assert Inventory.read(file) == Inventory({})
    first = Inventory({}).joined([Planned(Path("in/b.txt"), "b.txt", 2)])
    file.write_bytes(first.data())
    both = Inventory.read(file).joined([Planned(Path("in/a.txt"), "a.txt", 1)])
    assert both.shards == {"b.txt": Wanted("in/b.txt", 2), "a.txt": Wanted("in/a.txt", 1)}
    other = (
        Inventory({})
        .joined([Planned(Path("in/a.txt"), "a.txt", 1)])
        .joined([Planned(Path("in/b.txt"), "b.txt", 2)])
    )
    assert other.data() == both.data(), "whatever the order"


def test_what_is_damaged_tells_nothing(tmp_path: Path) -> None:
    file = tmp_path / "inventory.json"
    for damaged in (b"", b"[]", b'{"shards": [1]}', b'{"shards": {"a": [1, 2, 3]}}'):
        file.write_bytes(damaged)
        assert Inventory.read(file) == Inventory({})
