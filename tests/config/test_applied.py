from __future__ import annotations

from pathlib import Path

import pytest

from scrubber import config, engine, packs
from scrubber.config.applied import applied
from scrubber.model import Action, Document
from scrubber.rules import Rule

GLUED = "The mayor signed the treatyBut the council refused.\n"


def _rules(folder: Path, settings: str, rules: tuple[Rule, ...]) -> dict[str, Rule]:
    (folder / "scrubber.toml").write_text(settings, encoding="utf-8")
    return {rule.id: rule for rule in applied(config.load(folder), rules)}


def test_without_settings_for_rules_all_stay(tmp_path: Path, rules: tuple[Rule, ...]) -> None:
    assert tuple(_rules(tmp_path, "select = ['links']", rules).values()) == rules


def test_trust_is_lowered_freely_and_the_longest_prefix_counts(
    tmp_path: Path, rules: tuple[Rule, ...]
) -> None:
    actions = 'actions = { links = "report", "links/glued-l" = "suggest" }'
    found = _rules(tmp_path, actions, rules)
    assert found["links/glued-capital"].action is Action.REPORT
    assert found["links/glued-capital"].changed == "lowered from fix in scrubber.toml"
    assert found["links/glued-lower"].action is Action.SUGGEST
    reported = [rule for rule in rules if rule.action is Action.REPORT]
    assert reported
    assert all(found[rule.id] == rule for rule in reported)


def test_trust_is_raised_with_a_reason(tmp_path: Path, rules: tuple[Rule, ...]) -> None:
    action = '[actions]\n"case/stray-capital" = { action = "fix", reason = "Read 400 of ours." }'
    rule = _rules(tmp_path, action, rules)["case/stray-capital"]
    assert rule.action is Action.FIX
    assert rule.changed == "raised from suggest in scrubber.toml: Read 400 of ours."
    with pytest.raises(config.SettingsError) as error:
        _rules(tmp_path, '[actions]\n"case/stray-capital" = "fix"', rules)
    told = '2: actions."case/stray-capital": more than "suggest", the action of case/stray-capital,'
    assert told in str(error.value)
    assert 'needs a reason: { action = "fix", reason = "…" }' in str(error.value)


def test_a_single_finding_that_is_in_doubt_is_not_raised(
    tmp_path: Path, rules: tuple[Rule, ...]
) -> None:
    action = '[actions]\nlinks = { action = "fix", reason = "Ours." }'
    every = tuple(_rules(tmp_path, action, rules).values())
    doubt = Document("They met the directorAnd left.\n")
    before = {(f.rule, f.start): f.action for f in engine.find(doubt, rules)[0]}
    for finding in engine.find(doubt, every)[0]:
        assert finding.action is before[finding.rule, finding.start] or finding.action is Action.FIX


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("allow = ['treatyBut']", 0),
        ("allow = ['treatybut', 'treaty', 'But']", 1),
        ("allow = [{ words = ['treatyBut'], rules = ['links/glued-c'] }]", 0),
        ("allow = [{ words = ['treatyBut'], rules = ['case'] }]", 1),
    ],
)
def test_nothing_is_found_in_allowed_words(
    tmp_path: Path, rules: tuple[Rule, ...], settings: str, found: int
) -> None:
    links = tuple(rule for rule in rules if packs.pack_of(rule.id) in ("links", "case"))
    every = tuple(_rules(tmp_path, settings, links).values())
    assert len(engine.find(Document(GLUED), every)[0]) == found


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            "select = ['case', 'lnks']",
            '1: select: no rule begins with "lnks", did you mean "links"?',
        ),
        (
            "extend = [\n'gohper']",
            '2: extend: no rule begins with "gohper", did you mean "gopher"?',
        ),
        ("[per-file-ignores]\n'*' = ['case',\n'x']", '3: per-file-ignores."*": no rule begins'),
        ("[[allow]]\nwords = ['a']\nrules = ['cse']", "3: allow.rules: no rule begins with"),
        ("allow = ['a',\n{words = ['a'], rules = ['cse']}]", "2: allow.rules: no rule begins with"),
        ("[actions]\ncas = 'report'\ncsae = 'report'", "3: actions.csae: no rule begins with"),
    ],
)
def test_a_prefix_that_fits_no_rule(
    tmp_path: Path, rules: tuple[Rule, ...], settings: str, told: str
) -> None:
    file = tmp_path / "scrubber.toml"
    file.write_text(settings, encoding="utf-8")
    with pytest.raises(config.SettingsError) as error:
        applied(config.load(tmp_path), rules, ["gopher"])
    assert str(error.value).startswith(f"{file}:{told}")
