"""Capitals in mid sentence that a model alone finds stray: of words that may be no names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scrubber import function_words, lexicon
from scrubber.detectors import stray_capital
from scrubber.model import Action, Document, Finding
from scrubber.opinion.asking import Question, Scorer, stop, told
from scrubber.opinion.thresholds import Thresholds
from scrubber.patterns import lazy

RULE = "case/stray-capital"
"""The rule in whose name this is told."""

TAIL = 120
"""Code points after a word that are judged with it. Not tuned."""

_WORD = lazy(
    r"(?<=(?P<before>[\p{L}\p{M}\p{N}’'-]+)[,;”)\"%]?)"
    r"(?P<span> (?P<word>\p{Lu}\p{Ll}+))(?=[,.;)]| [\p{Ll}\p{N}])"
)
_ENTITLED = function_words.DETERMINER | function_words.SUBJECT
"""What a sentence begins with: a full stop may have been lost before it."""


class Capital(NamedTuple):
    """A capitalised word with what is asked about it; `near` a seam, where damage is likely."""

    word: str
    question: Question
    near: bool


def capitals(document: Document, scorer: Scorer, thresholds: Thresholds) -> Iterator[Finding]:
    """Yield the words that are likelier in lower case, or after a full stop."""
    every = list(doubtful(document))
    answers = scorer.answers(document.text, [one.question for one in every])
    for one, answer in zip(every, answers, strict=True):
        margin = max(answer)
        if margin < thresholds.capitals["near" if one.near else "far"]:
            continue
        said = told("found", margin)
        ranked = sorted(zip(answer, one.question.readings, strict=True), reverse=True)
        start, end, *_ = one.question
        yield Finding(
            RULE,
            start,
            end,
            document.text[start:end],
            tuple(reading for _, reading in ranked),
            Action.SUGGEST,
            f"“{one.word}” has a capital in mid sentence; {said}",
            opinion=said,
        )


def doubtful(document: Document) -> Iterator[Capital]:
    """Yield the capitalised words in mid sentence that may be ordinary ones.

    Left alone: what is known as a name, or has a capital more often than not in this text. Of news
    prose with 498 stray capitals these are 321 of 2,056; in 2.9 million characters of clean prose
    1,564 are asked about. With those that names stand before it were 338, and 5,391.
    """
    for hit in _WORD.finditer(document.text):
        word, lower = hit["word"], hit["word"].lower()
        if word in lexicon.DAYS_AND_MONTHS:
            continue
        start, end = hit.span("span")
        near = stray_capital.near_seam(document, start, end)
        if lower not in function_words.CLOSED:
            seldom = document.words[word] <= document.words[lower] + 1
            alone = near or not hit["before"][0].isupper()
            if not (seldom and alone) or stray_capital.is_name(document, word):
                continue
        if document.text[end] != " " and not (near and not hit["before"][0].isupper()):
            continue
        readings = (f" {lower}", *((f". {word}",) if lower in _ENTITLED else ()))
        question = Question(start, end, readings, stop(document.text, end, TAIL))
        yield Capital(word, question, near)
