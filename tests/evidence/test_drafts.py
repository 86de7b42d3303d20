from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from evidence_corpora import SITES, Text, counted, sentence
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber import examples, packs, rules
from scrubber.evidence.candidates import Candidates
from scrubber.evidence.drafts import Draft, draft
from scrubber.model import Action
from scrubber.rule_checks import check

LINE = "Letters to the miller, no. {}"
LEFTS = ("consult", "under", "compare", "reread", "within", "beside")


def _corpus() -> list[Text]:
    texts: list[Text] = [
        (f"{sentence(n, 'us')}\n\n{LINE.format(n)}\n\n{sentence(n, 'them')}", "mill.example")
        for n in range(12)
    ]
    texts += [(sentence(n, f"{left}Appendix"), SITES[n]) for left in LEFTS for n in range(1, 10)]
    return texts


def _found(folder: Path, texts: list[Text], seed: int = 0) -> Candidates:
    counts = counted(folder / "c", texts)
    found = Candidates(seed)
    for number, (text, site) in enumerate(texts):
        found.look(counts, text, site, f"record {number}")
    return found


def _drafted(folder: Path, texts: list[Text], seed: int = 0) -> Draft:
    return draft(_found(folder, texts, seed), packs.built_in(()).rules, 9)


def test_a_corpus_that_repeats_nothing_makes_an_empty_pack(tmp_path: Path) -> None:
    made = _drafted(tmp_path, [(sentence(n, "us"), SITES[n % 9]) for n in range(20)])
    assert made.rules == []
    assert "rule" not in tomllib.loads(made.toml(20))


def test_what_is_drafted_is_a_pack_whose_examples_hold(tmp_path: Path) -> None:
    made = _drafted(tmp_path, _corpus())
    source = made.toml(66)
    found, mistakes = rules.load(source, "draft.toml", "draft", check)
    assert not mistakes
    assert [rule.id for rule in found] == ["draft/line-letters-to-the-miller-no"]
    assert [rule.action for rule in found] == [Action.SUGGEST]
    assert [failure for rule in found for failure in examples.run(rule)] == []
    assert "12 of 12 pages of mill.example" in source
    assert source.count("⟦Letters") == 3 + 1, "three samples and the example"


def test_a_word_that_others_run_into(tmp_path: Path) -> None:
    found = _found(tmp_path, _corpus())
    assert list(found.seams) == ["Appendix"]
    assert found.seams["Appendix"].places == 54
    made = draft(found, [], 9)
    (rule,), mistakes = rules.load(made.rules[-1], "draft.toml", "draft", check)
    assert not mistakes
    assert rule.id == "draft/seam-appendix"
    assert rule.params["replace"] == [" Appendix"]


def test_what_rules_find_anyway_is_counted_and_not_drafted(tmp_path: Path) -> None:
    texts: list[Text] = [
        (f"{sentence(n, 'us')}\n\nSource link\n", "mill.example") for n in range(9)
    ]
    made = _drafted(tmp_path, texts)
    assert (made.rules, made.found) == ([], 1)


def test_another_seed_draws_other_samples_and_no_other_rules(tmp_path: Path) -> None:
    first, second = (_drafted(tmp_path, _corpus(), seed).toml(66) for seed in (0, 1))
    assert first != second
    assert _drafted(tmp_path, _corpus(), 0).toml(66) == first
    ids = [[rule["id"] for rule in tomllib.loads(one)["rule"]] for one in (first, second)]
    assert ids[0] == ids[1]


def test_however_a_corpus_is_split_the_draft_is_the_same(tmp_path: Path) -> None:
    texts = _corpus()
    counts = counted(tmp_path / "c", texts)
    parts = [Candidates(0) for _ in range(3)]
    for number, (text, site) in enumerate(texts):
        parts[number % 3].look(counts, text, site, f"record {number}")
    merged = Candidates(0)
    for part in reversed(parts):
        merged.add(part.bounded())
    known = packs.built_in(()).rules
    assert draft(merged, known, 9).toml(66) == _drafted(tmp_path, texts).toml(66)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_whatever_a_line_holds_the_pack_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, line: str
) -> None:
    texts: list[Text] = [(f"{sentence(n, 'us')}\n\n{line}\n", "mill.example") for n in range(9)]
    source = _drafted(tmp_path_factory.mktemp("d"), texts).toml(9)
    found, mistakes = rules.load(source, "draft.toml", "draft", check)
    assert not mistakes
    assert [failure for rule in found for failure in examples.run(rule)] == []
