"""Sentences run together at a lost block break (`the end.Next`, `the end”Next`, `why?Next`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import function_words, lexicon, seams
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled

_SEAM = (
    r"(?<before>(?<![\p{L}\p{M}\p{N}’'_@/\\.#-])\p{L}[\p{L}\p{M}’']{0,40}+|\p{N})"
    r"(?<stop>[.!?][\"”’»)\]]{0,2}|[”»])"
    r"(?<after>\p{Lu}[\p{L}\p{M}]*)(?![\p{L}\p{N}_/@(]|[.:]\S)"
)

_QUICK = regex.compile(r"[.!?”»][\"”’»)\]]{0,2}\p{Lu}")


def find(document: Document) -> Iterator[Match]:
    """Yield stops with a capitalised word right after them.

    Sure, when a common lower-case word stands before the stop and a common word after it, in prose
    with two words before it. Left alone: host names and abbreviations (Economy.Com, U.S.Army),
    names with a stop inside (Alex.Brown, a capital before the stop), identifiers.
    """
    language = document.language if _QUICK.search(document.text) else None
    if language not in lexicon.LANGUAGES:
        return
    for hit in compiled(_SEAM).finditer(document.text):
        action = _action(document, hit, language)
        if action is None:
            continue
        text, after = document.text[hit.start() : hit.start("after")], hit["after"]
        proposals: tuple[str, ...] = (f"{text} {after}",)
        if '"' in text:
            proposals, plain = _quoted(document.text, hit)
            action = action if plain else Action.SUGGEST
        message = f"a sentence ends at “{hit['before']}{hit['stop'][0]}” and the blank is lost"
        yield Match(hit.start(), hit.end(), proposals, message, action)


def _quoted(text: str, hit: regex.Match[str]) -> tuple[tuple[str, ...], bool]:
    """Proposals for a seam at straight quotation marks, and whether it is plain which is right.

    A straight mark opens when an even number stands before it in its line and an odd one after it;
    it closes when it is the other way round.
    """
    before, stop, after = hit["before"], hit["stop"], hit["after"]
    if stop.count('"') == 2:
        return (f'{before}{stop[0]}" "{after}',), stop[1:] == '""'
    mark = hit.start("stop") + stop.index('"')
    line_end = text.find("\n", mark)
    earlier = text.count('"', text.rfind("\n", 0, mark) + 1, mark) % 2
    later = text.count('"', mark + 1, line_end if line_end >= 0 else len(text)) % 2
    closes, opens = f"{before}{stop} {after}", f'{before}{stop[0]} "{after}'
    if len(stop) != 2:
        return (closes,), False
    return ((closes, opens) if earlier else (opens, closes)), earlier != later


_DOMAINS = frozenset("Net Com Me Io Js Py Org Co Uk Tv Ai".split())


def _action(document: Document, hit: regex.Match[str], language: str) -> Action | None:
    before, after = hit["before"], hit["after"]
    number = before[0].isnumeric()
    closed = after.lower() in function_words.closed(language)
    if not number and (before[0].isupper() or len(before) < (2 if closed else 3)):
        return None
    left = 4.0 if number else lexicon.zipf(before, language)
    right = lexicon.zipf(after, language)
    if after in _DOMAINS:
        return None
    if left < 2 or (right < 2.5 and not closed) or (number and not closed):
        return None
    if number and document.text[hit.start() - 1 : hit.start()].isspace():
        return Action.SUGGEST  # the number of a list's item, or of a version
    if not compiled(seams.WORDS_BEFORE).search(
        document.text, max(0, hit.start() - 60), hit.start()
    ):
        return Action.SUGGEST
    common = left >= 3 and right >= 3.5 and len(after) > 2
    if seams.code_like(document) and not closed:
        return None
    sure = (closed or (common and not after.isupper())) and not seams.code_like(document)
    return Action.FIX if sure else Action.SUGGEST
