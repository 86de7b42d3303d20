"""Phrases of a list that stand for others (`the step longer than the leg`, `bosom peril`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scrubber import function_words, kept, resources
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled, lazy
from scrubber.sieve import Sieve
from scrubber.text import WORD, sentence, words_of

if TYPE_CHECKING:
    import regex

_POSSESSIVE = r"(?<one>my|your|his|her|its|our|their|one['’]s|\p{Lu}\p{Ll}+['’]s)"
_BETWEEN = r",?[ \n]"
_SPOKEN_OF = lazy(
    r"(?i)\b(?:literal(?:ly)?|word for word|idioms?|proverb(?:ial|s)?|sayings?|maxims?"
    r"|translat(?:e[sd]?|ions?|ing)|phrases?|as they say|(?:people|who|which|speakers) say"
    r"|equivalents?|tortured|means)\b"
)
_NO_NOUN = rf"(?! (?!(?:{'|'.join(function_words.CLOSED)}|last|too|again|today)\b)\p{{Ll}})"


class Phrase(NamedTuple):
    """A line of the list, taken apart."""

    source: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    plain: str
    origin: str


_Line = tuple[str, tuple[frozenset[str], ...]]
"""A line as it stands; of each of the sets one word must stand in a text."""


@cache
def _sieve(name: str) -> Sieve[frozenset[str]]:
    """Of the words of a text, in lower case, those that some line of a list needs."""
    groups = [group for lines in _index(name).values() for _, needed in lines for group in needed]
    needed = frozenset(_index(name)).union(*groups)
    return Sieve(lambda chunk: needed.intersection(map(str.lower, words_of(chunk))))


@cache
def _index(name: str) -> dict[str, list[_Line]]:
    """The lines of a list, each under the words of its longest token: a quick test of a text."""
    found: dict[str, list[_Line]] = kept.made(
        "spun", [resources.listing(name).encode()], lambda: _indexed(name)
    )
    return found


def _indexed(name: str) -> dict[str, list[_Line]]:
    index: dict[str, list[_Line]] = {}
    for line in sorted(resources.words(name)):
        tokens = line[: line.index("\t")].lower().split(" ")
        fixed = [t.split("/") for t in tokens if "(" not in t and ")" not in t and "one's" not in t]
        longest = max(fixed, key=lambda forms: min(map(len, forms)))
        for form in longest:
            index.setdefault(max(_NO_LETTER.sub(" ", form).split(), key=len), []).append(
                (line, _needed(line))
            )
    return index


_NO_LETTER = re.compile("[^a-z]+")


_TOKEN = re.compile(r"\([^)]*\)|\S+")


def _needed(line: str) -> tuple[frozenset[str], ...]:
    """Of what no text can leave out, the longest word of each form."""
    found = []
    for token in _TOKEN.findall(line.partition("\t")[0]):
        forms = token.strip("()").replace("_", " ").split("/")
        if token != "|" and not token.startswith("(") and "one's" not in forms:
            found.append(frozenset(max(WORD.findall(form.lower()), key=len) for form in forms))
    return tuple(found)


@cache
def _parsed(line: str) -> Phrase:
    """Turn a line into a pattern: the notation stands at the head of the list."""
    phrase, plain, origin = line.split("\t")
    source, groups = "", []
    for number, token in enumerate(_TOKEN.findall(phrase)):
        if token == "|":
            source += _NO_NOUN
            continue
        body = token.strip("()")
        forms = tuple(form.replace("_", " ") for form in body.split("/"))
        part = "|".join(_escaped(form, first=not source) for form in forms)
        if len(forms) > 1:
            name = f"f{number}"
            groups.append((name, forms))
            part = f"(?<{name}>{part})"
        if token.startswith("("):
            source += f"(?:{_BETWEEN}(?:{part}))?" if source else f"(?:(?:{part}){_BETWEEN})?"
            continue
        glue = _BETWEEN if source and not source.endswith(f"{_BETWEEN})?") else ""
        source += f"{glue}(?:{part})"
    edge = "" if phrase.endswith("!") else r"(?![\p{L}\p{N}_]|[-'’]\p{L})"
    source = rf"(?<![\p{{L}}\p{{N}}_’'-]){source}{edge}"
    return Phrase(source, tuple(groups), plain, origin)


_SPECIAL = re.compile(r"[()\[\]{}?*+|^$\\.#&~-]")


def _escaped(form: str, *, first: bool) -> str:
    """A form as a pattern, with either apostrophe; the first word begins in either case."""
    if form == "one's":
        return _POSSESSIVE
    text = _SPECIAL.sub(r"\\\g<0>", form).replace("'", "['’]")
    text = text.replace("one['’]s", _POSSESSIVE).replace(" ", r"[ \n]")
    return f"[{form[0]}{form[0].upper()}]{text[1:]}" if first and form[0].islower() else text


def find(document: Document, *, phrases: str) -> Iterator[Match]:
    """Yield what the list `phrases` of `rules/words` names, with what it stands for.

    A phrase is looked for only where all its fixed words stand in the text. A sentence that speaks
    of sayings or translations quotes on purpose and is left alone.
    """
    index = _index(phrases)
    words = frozenset[str]().union(*_sieve(phrases).of(document.chunks).values())
    near = {
        line
        for word in words & index.keys()
        for line, needed in index[word]
        if not any(group.isdisjoint(words) for group in needed)
    }
    if not near or document.language != "en":
        return
    for phrase in map(_parsed, sorted(near)):
        for hit in compiled(phrase.source).finditer(document.text):
            start, end = sentence(document.text, hit.start())
            if not _SPOKEN_OF.search(document.text, start, end):
                yield _match(hit, phrase)


def _match(hit: regex.Match[str], phrase: Phrase) -> Match:
    plain = phrase.plain.removeprefix("?")
    kind = (
        "a set term with its words replaced"
        if phrase.origin == "spun"
        else f"an idiom word for word ({phrase.origin})"
    )
    offered = tuple(text for text in plain.split("|") if not phrase.plain.startswith("?"))
    proposals = tuple(filter(None, (_filled(text, hit, phrase) for text in offered)))
    said = proposals or tuple(part.split("/")[0] for part in plain.split("|"))
    message = f"“{hit[0]}” looks like {kind}; it stands for “{said[0]}”"
    return Match(hit.start(), hit.end(), proposals, message, Action.SUGGEST)


def _filled(plain: str, hit: regex.Match[str], phrase: Phrase) -> str:
    """The plain phrase in the form that fits the one found, or "" when it does not fit."""
    words = []
    for token in plain.split(" "):
        forms = token.split("/")
        if len(forms) > 1:
            taken = _form(len(forms), hit, phrase)
            token = forms[taken] if taken is not None else forms[0]
        words.append(token.replace("_", " "))
    text = " ".join(words)
    if "one's" in text:
        one = hit["one"] if "one" in hit.re.groupindex else None
        if not one:
            return ""
        text = text.replace("one's", one.lower() if one.lower() in _PRONOUNS else one)
    return text[0].upper() + text[1:] if hit[0][0].isupper() else text


_PRONOUNS = frozenset("my your his her its our their".split())


def _form(count: int, hit: regex.Match[str], phrase: Phrase) -> int | None:
    """Which of `count` forms was found, by the first group of as many."""
    for name, forms in phrase.groups:
        if len(forms) == count and hit[name]:
            found = hit[name].lower().replace("’", "'").replace("\n", " ")
            lowered = [form.lower() for form in forms]
            return lowered.index(found) if found in lowered else None
    return None
