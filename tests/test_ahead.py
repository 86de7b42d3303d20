from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from scrubber import ahead, crew, gates
from scrubber.ahead import Ahead
from scrubber.look import Found, looked
from scrubber.markup import named
from scrubber.model import Document
from scrubber.rules import Rule

CLEAN = "The ferry leaves the harbour at nine every morning. "
GLUED = "The mayor signed the treatyBut the council refused. "


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bounds so small that a few short texts are many."""
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path / "cache"))
    for name, size in (("FEW", 200), ("ENOUGH", 400), ("EACH", 100), ("AHEAD", 1500)):
        monkeypatch.setattr(ahead, name, size)
    monkeypatch.setattr(crew, "SHARE", 150)
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def some(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.id.startswith("links"))


def documents(number: int = 60) -> list[Document]:
    readers = (None, named("markdown"))
    return [
        Document(f"Number {at}. {GLUED if at % 3 else CLEAN}", reader=readers[at % 2])
        for at in range(number)
    ]


def found(run: Ahead, texts: list[Document], rules: tuple[Rule, ...]) -> list[Found]:
    each = run.over(texts, lambda document: [(document, rules)])
    return [run.look(document, rules) for document in each]


@pytest.fixture(scope="module", autouse=True)
def words(some: tuple[Rule, ...]) -> None:
    """The frequencies of words are kept too, when they are first asked for: before the tests."""
    for document in documents(4):
        looked(document, some)


def test_nothing_is_nothing(some: tuple[Rule, ...], small: Path) -> None:
    with Ahead(2, keeps=True) as run:
        assert found(run, [], some) == []
    assert not small.exists()


def test_a_small_run_starts_and_keeps_nothing(
    some: tuple[Rule, ...], small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "FEW", 100_000)
    texts = documents(8)
    with Ahead(2, keeps=True) as run:
        assert found(run, texts, some) == [looked(text, some) for text in texts]
        assert multiprocessing.active_children() == []
    assert not small.exists()


@pytest.mark.parametrize("keeps", [False, True])
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_results_are_those_of_a_run_without(
    jobs: int, keeps: bool, some: tuple[Rule, ...], small: Path
) -> None:
    """The second time, with the half of them changed, in another order and with others rules."""
    texts = documents()
    expected = [looked(text, some) for text in texts]
    for _ in range(2):
        with Ahead(jobs, keeps=keeps) as run:
            assert found(run, texts, some) == expected
            assert len(multiprocessing.active_children()) <= jobs
        assert multiprocessing.active_children() == []
    changed = [*reversed(documents(30)), *(Document(text.text + GLUED) for text in texts[:30])]
    with Ahead(jobs, keeps=keeps) as run:
        each = run.over(changed, lambda d: [(d, some[: 1 + d.text.count("3")])])
        for document in each:
            rules = some[: 1 + document.text.count("3")]
            assert run.look(document, rules) == looked(document, rules)
    assert any(small.glob("results-*")) == keeps  # other processes may keep frequencies of words


@pytest.mark.parametrize("keeps", [False, True])
def test_one_process_asks_gates_once_there_is_enough(
    keeps: bool, rules: tuple[Rule, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same tuple of rules each time: gates are made once for it."""
    asked: list[Document] = []
    passed = gates.Gates.opened

    def counted(self: gates.Gates, document: Document, some: Sequence[Rule]) -> Iterable[Rule]:
        asked.append(document)
        return passed(self, document, some)

    monkeypatch.setattr(gates.Gates, "opened", counted)
    texts = [Document(text.text) for text in documents(9)]
    expected = [looked(text, rules) for text in texts]
    assert not asked
    with Ahead(1, keeps=keeps) as run:
        assert found(run, texts, rules) == expected
    assert asked == (texts if keeps else texts[3:])
    assert sum(len(text.text) for text in texts[:3]) < ahead.FEW


def test_texts_are_looked_at_by_others_and_the_rest_here(some: tuple[Rule, ...]) -> None:
    with Ahead(2, keeps=False) as run:
        looks = found(run, [*documents(), *documents()], some)
        assert run._crew is not None
    assert looks[:60] == looks[60:]


def test_texts_are_read_so_far_ahead_and_no_further(some: tuple[Rule, ...]) -> None:
    read = []

    def reading() -> Iterator[Document]:
        for document in documents():
            read.append(document)
            yield document

    with Ahead(1, keeps=True) as run:
        next(run.over(reading(), lambda document: [(document, some)]))
        size = sum(len(document.text) for document in read)
        assert 1500 < size < 1500 + 2 * len(read[-1].text)


def test_others_begin_as_soon_as_there_is_enough_for_them(some: tuple[Rule, ...]) -> None:
    with Ahead(4, keeps=False) as run:

        def reading() -> Iterator[Document]:
            for number, document in enumerate(documents()):
                read = sum(len(text.text) for text in documents()[:number])
                assert (run._crew is not None) == (read >= 4 * ahead.EACH)
                yield document

        for document in run.over(reading(), lambda document: [(document, some)]):
            assert run.look(document, some) == looked(document, some)


def test_a_rule_that_fails_does_so_in_each_run(some: tuple[Rule, ...]) -> None:
    broken = (*some, some[0]._replace(id="own/broken", detector="no-such-detector", params={}))
    texts = documents()
    for _ in range(2):
        with Ahead(2, keeps=True) as run:
            assert found(run, texts, broken) == [looked(text, broken) for text in texts]


def _dies(*args: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _fails(*args: object) -> NoReturn:
    raise MemoryError


@pytest.mark.parametrize("work", [_dies, _fails])
def test_what_other_processes_fail_at_is_done_here(
    work: object, some: tuple[Rule, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_look", work)
    texts = documents()
    with Ahead(2, keeps=False) as run:
        assert found(run, texts, some) == [looked(text, some) for text in texts]


def test_a_run_that_is_stopped_leaves_no_process(some: tuple[Rule, ...]) -> None:
    def stopped() -> None:
        with Ahead(2, keeps=True) as run:
            next(run.over(documents(), lambda document: [(document, some)]))
            assert multiprocessing.active_children() != []
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert multiprocessing.active_children() == []
