"""The thresholds that ship, and the floors of what was measured beside them."""

from __future__ import annotations

import tomllib

from scrubber import packs
from scrubber.opinion.conflicts import PERSON, THING
from scrubber.opinion.thresholds import FILE, Bounds, Thresholds, thresholds


def test_the_longest_beginning_of_a_rule_holds() -> None:
    found = Thresholds({"links": Bounds(1, 0), "links/glued-lower": Bounds(2, 0)}, {}, {})
    assert found.of("links/glued-lower") == Bounds(2, 0)
    assert found.of("links/glued-stop") == Bounds(1, 0)
    assert found.of("linksome/rule") is None


def test_every_name_is_a_rule_or_a_pack() -> None:
    ids = {rule.id for rule in packs.built_in(None).rules}
    known = ids | {packs.pack_of(name) for name in ids}
    assert set(thresholds().rules) <= known
    assert {PERSON, THING} <= ids


def test_what_is_confirmed_is_not_withdrawn() -> None:
    assert all(bounds.withdraw < bounds.confirm for bounds in thresholds().rules.values())


def test_measured_figures_stay_above_their_floors() -> None:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["pronouns"]

    def share(names: tuple[str, ...], part: str, whole: str) -> float:
        counts = [rows[name] for name in names]
        return float(sum(row[part] for row in counts) / sum(row[whole] for row in counts))

    assert share(("m-f", "f-m"), "found", "swapped") >= 0.63
    assert share(("m-f", "f-m"), "false", "natural") <= 0.004
    assert share(("m-n", "f-n"), "found", "swapped") >= 0.87
    assert share(("m-n", "f-n"), "false", "natural") <= 0.001


def test_capitals_that_a_model_finds_alone_stay_within_their_bounds() -> None:
    near, far = (tomllib.loads(FILE.read_text("utf-8"))["capitals"][k] for k in ("near", "far"))
    both = {part: near[part] + far[part] for part in near}
    assert both["right"] / both["found"] >= 0.85
    assert both["right"] / both["labels"] >= 0.8
    assert both["clean"] * 1e6 / near["characters"] <= 15


def test_cut_quotations_are_told_from_those_that_begin_a_sentence() -> None:
    row = tomllib.loads(FILE.read_text("utf-8"))["rules"]["attribution/broken-quotation"]
    assert row["kept"] == row["right"] == row["first"] == row["labels"] > 50
    assert row["false"] / row["others"] <= 0.02


def test_words_run_together_that_are_confirmed_are_such() -> None:
    rows = tomllib.loads(FILE.read_text("utf-8"))["rules"]
    for name, right, found in (("links/glued-lower", 0.98, 0.9), ("links", 0.96, 0.87)):
        assert rows[name]["right"] / rows[name]["confirmed"] >= right
        assert rows[name]["right"] / rows[name]["labels"] >= found
