from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random

import pytest

from scrubber import engine, results
from scrubber.look import looked
from scrubber.markup import named
from scrubber.model import Action, Document
from scrubber.results import Results
from scrubber.rules import Rule

SENTENCES = (
    "The ferry leaves the harbour at nine every morning.",
    "Nobody had told the baker that the mill was closed.",
    "The mayor signed the treatyBut the council refused.",
    "They met at noon ,and the meeting lasted an hour.",
    "She said she said that the bridge would stay open.",
    "It was a long winter.The snow lay until May.",
    "See [the guide](guide.md)for what to do next.",
    "`treatyBut` is code, and so is `noon ,and`.",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def some(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.id.split("/")[0] in ("links", "spacing"))


def opened() -> Results:
    made = Results()
    made.open()
    return made


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("results-*"))


def test_what_holds_nothing_is_known_to_hold_nothing(some: tuple[Rule, ...], folder: Path) -> None:
    first = opened()
    assert first.look(Document(SENTENCES[0]), some) == ([], [])
    first.save()
    again = opened()
    key = again.key(Document(SENTENCES[0]), some)
    assert key is not None
    assert not again.lacks(key)
    assert again.look(Document(SENTENCES[0]), some) == ([], [])


def test_nothing_is_written_where_nothing_is_new(some: tuple[Rule, ...], folder: Path) -> None:
    opened().save()
    assert not folder.exists()
    Results().look(Document(SENTENCES[0]), some)
    assert not folder.exists()


@pytest.mark.parametrize("seed", range(4))
def test_results_are_the_same_with_and_without(seed: int, some: tuple[Rule, ...]) -> None:
    """Texts are edited at random; each run knows what the runs before have kept."""
    random = Random(seed)
    texts = [random.choices(SENTENCES, k=4) for _ in range(6)]
    readers = (None, named("markdown"))
    for _ in range(5):
        for at in random.sample(range(len(texts)), 2):
            texts[at][random.randrange(4)] = random.choice(SENTENCES)
        with_them = opened()
        for text in texts:
            document = Document(" ".join(text), reader=random.choice(readers))
            assert with_them.look(document, some) == looked(document, some)
            actions = random.choice((engine.UNATTENDED, engine.SUGGESTED))
            through = engine.settle(document, some, actions, look=with_them.look)
            assert through == engine.settle(document, some, actions)
        with_them.save()


def test_the_lists_are_those_of_who_asks(some: tuple[Rule, ...]) -> None:
    found = Results()
    first, _ = found.look(Document(SENTENCES[2]), some)
    assert first
    first.clear()
    assert found.look(Document(SENTENCES[2]), some)[0]


def test_all_that_matters_makes_another_key(
    some: tuple[Rule, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered = (some[0]._replace(action=Action.REPORT), *some[1:])
    excused = (some[0]._replace(unless=("x",)), *some[1:])
    documents = [
        Document("a"),
        Document("b"),
        Document("a", given_language="en"),
        Document("a", reader=named("markdown")),
        Document("a", reader=named("html")),
    ]
    found = Results()
    keys = {found.key(document, some) for document in documents}
    keys |= {found.key(documents[0], rules) for rules in (lowered, excused, some[1:])}
    assert len(keys) == 8
    assert None not in keys
    same = Document("a", id="7", path="elsewhere")
    assert found.key(same, (*some,)) == Results().key(documents[0], some)


def test_what_cannot_be_named_has_no_key(some: tuple[Rule, ...]) -> None:
    found = Results()
    assert found.key(Document("a", aside="b"), some) is None
    reader = named("markdown")
    assert found.key(Document("a", reader=reader._replace(kind="")), some) is None
    odd = (some[0]._replace(params={"odd": object()}),)
    assert found.key(Document("a"), odd) is None
    assert found.look(Document("a", aside="b"), some) == ([], [])


def test_no_detector_asks_where_a_text_comes_from(root: Path) -> None:
    """Neither a path nor an id is part of a key."""
    for module in (root / "src/scrubber").rglob("*.py"):
        if module.parent.name in ("detectors", "glue", "markup"):
            assert not re.search(r"document\.(path|id)\b", module.read_text(encoding="utf-8"))


def test_a_rule_that_failed_looks_again(some: tuple[Rule, ...], folder: Path) -> None:
    broken = (*some, some[0]._replace(id="own/broken", detector="no-such-detector", params={}))
    first = opened()
    document = Document(SENTENCES[2])
    faults = first.look(document, broken)[1]
    assert [fault.rule for fault in faults] == ["own/broken"]
    assert first.look(document, broken)[1] == faults
    first.save()
    assert not folder.exists()


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_damaged_file_is_as_good_as_none(
    damage: bytes | None, some: tuple[Rule, ...], folder: Path
) -> None:
    first = opened()
    first.look(Document(SENTENCES[2]), some)
    first.save()
    (file,) = kept_files(folder)
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if damage is None else damage)
    second = opened()
    key = second.key(Document(SENTENCES[2]), some)
    assert key is not None
    assert second.lacks(key)
    assert second.look(Document(SENTENCES[2]), some) == looked(Document(SENTENCES[2]), some)
    second.save()
    assert not opened().lacks(key)


def test_an_entry_that_fits_no_text_is_passed_over(some: tuple[Rule, ...]) -> None:
    found, document = Results(), Document(SENTENCES[2])
    key = found.key(document, some)
    assert key is not None
    for wrong in (b"x", b"i\x01\x00\x00\x00"):
        found.new[key] = results.Result(wrong)
        assert found.look(document, some) == looked(document, some)


def test_others_may_keep_theirs_meanwhile(some: tuple[Rule, ...]) -> None:
    one, other = opened(), opened()
    one.look(Document("one"), some)
    other.look(Document("other"), some)
    one.save()
    other.save()
    both = opened()
    keys = [both.key(Document(text), some) for text in ("one", "other")]
    assert not any(both.lacks(key) for key in keys if key)


def test_what_was_of_no_use_for_the_longest_time_goes_first(
    some: tuple[Rule, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "MOST", 3)
    for texts in ("ab", "ac", "ad"):
        run = opened()
        for text in texts:
            run.look(Document(text), some)
        run.save()
    last = opened()
    lacks = [last.lacks(last.key(Document(text), some) or b"") for text in "abcd"]
    assert lacks == [False, True, False, False]
    monkeypatch.setattr(results, "LARGEST", 20)
    last.look(Document("e"), some)
    last.save()
    assert not opened().lacks(last.key(Document("e"), some) or b"")
    assert opened().lacks(last.key(Document("a"), some) or b"")


def test_a_run_over_more_than_is_kept_keeps_what_others_need(
    some: tuple[Rule, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened()
    first.look(Document("a"), some)
    first.save()
    monkeypatch.setattr(results, "MOST", 3)
    run = opened()
    for text in "bcdefgh":
        assert run.look(Document(text), some) == ([], [])
    assert len(run.new) <= 4
    run.save()
    assert not opened().lacks(run.key(Document("a"), some) or b"")


def test_the_stamp_is_that_of_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = results.stamp()
    assert results.stamp() == before
    installed = tmp_path / "other-2.0.dist-info"
    installed.mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    after = results.stamp()
    assert after != before
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.toml").write_text("")
    monkeypatch.setattr(results, "rules_folder", lambda: folder)
    changed = results.stamp()
    assert changed not in (before, after)
    os.utime(folder / "a.toml", ns=(1, 1))
    assert results.stamp() != changed


def test_a_look_that_was_expected_has_the_key_that_was_told(some: tuple[Rule, ...]) -> None:
    found, document = Results(), Document(SENTENCES[2])
    found.expect(document, some, b"told")
    assert found.look(document, some[:1]) == looked(document, some[:1])
    assert found.lacks(b"told")
    found.expect(document, some, b"told")
    assert found.look(document, some) == looked(document, some)
    assert not found.lacks(b"told")
    assert found.look(document._replace(), some) == looked(document, some)
    key = found.key(document, some)
    assert key is not None
    assert not found.lacks(key)
