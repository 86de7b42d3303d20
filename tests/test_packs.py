from __future__ import annotations

from pathlib import Path

import pytest

from scrubber import packs
from scrubber.rules import Rule


def _ids(found: tuple[Rule, ...]) -> set[str]:
    return {rule.id for rule in found}


def test_all_rules_run_without_a_choice(rules: tuple[Rule, ...]) -> None:
    assert packs.chosen(rules) == rules


@pytest.mark.parametrize(
    ("select", "ignore", "inside", "outside"),
    [
        (["links"], [], "links/glued-capital", "case/stray-capital"),
        (["links/glued-capital"], [], "links/glued-capital", "links/glued-lower"),
        ([], ["links"], "case/stray-capital", "links/glued-lower"),
        (["links"], ["links/glued-l"], "links/glued-capital", "links/glued-lower"),
        (["links/glued-lower"], ["links"], "links/glued-lower", "links/glued-capital"),
    ],
)
def test_the_longer_prefix_wins(
    rules: tuple[Rule, ...], select: list[str], ignore: list[str], inside: str, outside: str
) -> None:
    found = _ids(packs.chosen(rules, select, ignore))
    assert inside in found
    assert outside not in found


def test_a_prefix_that_fits_nothing_names_the_nearest(rules: tuple[Rule, ...]) -> None:
    with pytest.raises(packs.UnknownRuleError, match='did you mean "links/glued-capital"'):
        packs.known("links/glued-captial", rules)


PACK = """
[pack]
default = {default}
[[rule]]
id = "r"
about = "a"
why = "b"
safety = "c"
action = "fix"
match = "q"
replace = ["k"]
example = [{{ bad = "⟦q⟧" }}, {{ ok = "k" }}]
"""


def test_a_pack_may_be_off_until_selected(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK.format(default="false"))
    found = packs.local([tmp_path])
    assert found.mistakes == ()
    assert packs.chosen(found.rules) == ()
    assert _ids(packs.chosen(found.rules, ["own"])) == {"own/r"}


RULE = PACK.partition("{default}")[2]


@pytest.mark.parametrize(
    ("source", "off"),
    [
        ("[pack]\ndefault = false\n" + RULE, True),
        ("[pack]\ndefault = true\n" + RULE, False),
        (RULE + "# default = false", False),
        ("pack = 3  # default", False),
        ("[pack]\ndefault = [", False),
    ],
)
def test_whether_a_pack_is_off_is_seen_from_its_head(source: str, off: bool) -> None:
    assert packs.is_off(source) is off


def test_a_pack_that_is_off_is_named_in_full(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK.format(default="false"))
    (tmp_path / "other.toml").write_text(PACK.format(default="true"))
    found = packs.local([tmp_path]).rules
    assert _ids(packs.chosen(found, ["o"])) == {"other/r"}
    assert _ids(packs.chosen(found, extend=["own"])) == {"other/r", "own/r"}
    assert _ids(packs.chosen(found, extend=["own/r"], ignore=["other"])) == {"own/r"}
    assert _ids(packs.chosen(found, ["other"], extend=["own"])) == {"other/r", "own/r"}
    assert _ids(packs.chosen(found, off_too=True)) == {"other/r", "own/r"}
    with pytest.raises(packs.UnknownRuleError, match="no rule begins with"):
        packs.known("ow", found)


def test_a_pack_that_was_not_read_may_be_meant(rules: tuple[Rule, ...]) -> None:
    with pytest.raises(packs.UnknownRuleError, match='did you mean "gopher"'):
        packs.known("gohper", rules, ["c4", "gopher"])


def test_a_local_pack_cannot_take_a_built_in_name(tmp_path: Path) -> None:
    pack = PACK.format(default="true").replace('id = "r"', 'id = "glued-capital"')
    (tmp_path / "links.toml").write_text(pack)
    found = packs.joined(packs.built_in(), packs.local([tmp_path]))
    assert "stands already in links.toml" in str(found.mistakes[0])
    assert len(found.rules) == len(packs.built_in().rules)


def test_a_pack_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe")
    assert "is not UTF-8" in str(packs.local([tmp_path]).mistakes[0])
