"""How sure a cut is: one calibrated score from all evidence, by weights learned from labels."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from math import exp, inf, log1p
from typing import NamedTuple

from scrubber.context import quotes_code
from scrubber.function_words import is_closed
from scrubber.glue.cuts import Cut, cuts, in_prose, language_at
from scrubber.glue.evidence import Features, features
from scrubber.glue.halves import has_known_halves, joins_function_word, stands
from scrubber.glue.tokens import crosses, doubtful, looked_at, placed
from scrubber.lexicon import LANGUAGES
from scrubber.model import Document
from scrubber.resources import table

FORMS = ("lower", "capital", "upper", "digit")
"""The forms of a cut, in the order of the table's columns."""

NEAR = 400
"""Code points within which another cut's word counts about half: a paragraph. Of 100, 400 and
1,500, 400 divided the labelled cuts best."""

WINDOW = 3000
"""Code points around a cut in which others are heard: an article. A whole book would vouch for
anything: without a bound, 52 of the names in typescript_docs were taken apart."""


class Scored(NamedTuple):
    """A cut with its score: the log odds that two words are run together there.

    `alone` is the score before the rest of the document was heard; `vouching` is how many other
    cuts are expected to be real.
    """

    cut: Cut
    score: float
    alone: float
    vouching: float


@cache
def weights(form: str) -> Features:
    """Return the learned weights for cuts of one form, by the name of the feature."""
    column = FORMS.index(form)
    return {name: values[column] for name, values in table("seam-weights").items()}


def local(found: Features, form: str) -> float:
    """Return the log odds of a cut by its own evidence."""
    learned = weights(form)
    return learned["bias"] + sum(
        learned[name] * value for name, value in found.items() if name in learned
    )


def around(cut: Cut, alone: float, others: list[tuple[Cut, float]], size: int) -> Features:
    """Return what the other cuts near one say of it: a text with one seam has more.

    `others` are all cuts of the document in order, with their own log odds; those of the same token
    are left out, for they rise and fall together. `size` is the text's length in code points.
    """
    near = real = count = 0.0
    first = bisect_left(others, cut.at - WINDOW, key=lambda other: other[0].at)
    for other, odds in others[first:]:
        if other.at > cut.at + WINDOW:
            break
        if other.start == cut.start:
            continue
        chance = 1 / (1 + exp(-odds))
        count += 1
        real += chance
        near += chance * exp(-abs(other.at - cut.at) / NEAR)
    span = min(size, cut.at + WINDOW) - max(0, cut.at - WINDOW)
    return {
        "document.alone": alone,
        "document.alone.for": max(0.0, alone),
        "document.others": log1p(real),
        "document.near": log1p(near),
        "document.doubtful": log1p((count - real) / (span / 1000 + 0.5)),
    }


@lru_cache(maxsize=1 << 15)
def by_itself(token: str, code: str) -> float:
    """Return how sure the surest cut of a token is where nothing else is known: its log odds.

    It depends on no text, so a run over many texts asks once for each word that is not known. Less
    where a name is likelier: two content words with one capital (Castlefrank), and a possessive.
    Never, in English, where no two halves are words (`halves.has_known_halves`).
    """
    if code == "en" and not has_known_halves(token):
        return -inf
    document = Document(token, given_language=code)
    odds = (local(features(document, cut), cut.form) - _likely_name(cut) for cut in cuts(document))
    return max(odds, default=-inf)


def _likely_name(cut: Cut) -> float:
    """What a token that looks like a name loses.

    Of 822 clean pages 1.3 % hold a token that is sure by itself, without it 3.8 %; of the repairs
    on pairs_news 2.3 % are lost, without it 1.8 %.
    """
    lost = 0.0
    open_pair = not is_closed(cut.left, cut.language) and not is_closed(cut.right, cut.language)
    if open_pair and cut.form == "lower" and cut.left[0].isupper():
        lost = 1
    elif open_pair and cut.form in ("capital", "upper") and cut.language == "en":
        return inf  # a brand or an identifier, but for what stands around it
    if cut.parts[-1].endswith(("'s", "’s")):
        lost += 1 if len(cut.parts) == 2 else 3
    return lost


@lru_cache(maxsize=4)
def scored(document: Document) -> tuple[Scored, ...]:
    """Return the cuts of a document with their scores, in order."""
    found = [(cut, local(features(document, cut), cut.form)) for cut in cuts(document)]
    result = []
    for cut, alone in found:
        here = around(cut, alone, found, len(document.text))
        learned = weights(cut.form)
        score = learned["document.bias"] + sum(learned[name] * here[name] for name in here)
        result.append(Scored(cut, score, alone, exp(here["document.others"]) - 1))
    return tuple(result)


@lru_cache(maxsize=8)
def reaches(document: Document, floor: float) -> bool:
    """Whether one token of a document's prose is as sure by itself; the document is hardly read.

    What stands in a URL, a hashtag or a path is no sign of damage.
    """
    told = document.language
    # Beside code, all that joins no function word is an identifier.
    quoting = told == "en" and quotes_code(document)

    def is_sure(token: str, code: str | None) -> bool:
        if code is None or (quoting and not joins_function_word(token)):
            return False
        return by_itself(token, code) >= floor

    if told == "en" and not crosses(document):
        # Beside code hardly any token is left to ask the other words of the text about.
        return any(
            in_prose(document, start, end)
            for token, halves in doubtful(document).items()
            if (quoting or stands(halves, document.vocabulary))
            and is_sure(token, told)
            and (not quoting or stands(halves, document.vocabulary))
            for _, start, end in placed(document, {token})
        )
    return any(
        is_sure(token, told if told in LANGUAGES else language_at(document, start))
        and in_prose(document, start, end)
        for token, start, end in looked_at(document)
    )
