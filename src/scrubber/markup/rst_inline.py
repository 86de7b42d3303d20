"""The inline markup of reStructuredText within one block, with its places. Pure functions on str.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup. One thing is read
that docutils does not: a link with its target that a word touches, which is no link until it is
parted from the word, and was meant as one. (Not where an address touches it: all of it is that.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scrubber.markup.rst_names import PROSE_ROLES
from scrubber.markup.templates import MASK, masked
from scrubber.patterns import VERBOSE, lazy

if TYPE_CHECKING:
    import regex


class Mark(NamedTuple):
    """A stretch of a block's content that is no prose, in code points of the content.

    `open` and `close` are the marks around prose (of a link, where they have a `target`; the
    `close` has a `put` where a word touches the link), `put` is text that is shown and is not to be
    changed, `name` the same of a link, `code` and `hole` show something else, `break` is a line
    break. `name` is what could be referred to, or what is.
    """

    start: int
    end: int
    kind: str
    put: str = ""
    target: str = ""
    name: str = ""


_WIDE = r"(?![\x00-\x7f])"
_PREFIX = rf"(?<=\s|[\"'(<\[{{\-/:]|{_WIDE}[\p{{Ps}}\p{{Pi}}\p{{Pf}}\p{{Pd}}\p{{Po}}])"
_SUFFIX = (
    r"(?=\s|[\x00\\.,;!?\-/:\"')>\]}]"
    rf"|{_WIDE}[\p{{Pe}}\p{{Pi}}\p{{Pf}}\p{{Pd}}\p{{Po}}]|\Z)"
)
_NAME = r"[^\W_]++(?:[-._+:][^\W_]++){0,40}+"  # in no name are more parts
_MARKUP = lazy(
    rf"""
    (?:\G|{_PREFIX})
    (?: (?P<start> (?: \*\*|\*(?!\*)|``|_`|\|(?!\|) ) (?!\s) )
      | (?P<name>{_NAME}) __? {_SUFFIX}
      | \[ (?P<label>[0-9]++|\*|\#(?:{_NAME})?|{_NAME}) \]_ {_SUFFIX}
      | (?P<role>(?::{_NAME}:)?) (?P<tick>`(?!`)(?!\s)) )
    | (?<=[^\W_]) (?P<touching>`(?=[^`<>\x00]*+<[^`<>\x00]++>`__?{_SUFFIX}))(?<!@[^\s@]{{0,64}})
    """,
    VERBOSE,
)
_ANY_MARKUP = lazy(r"[*`|_]")  # 40 times as fast, and in every second block there is none
_END = {
    "**": lazy(rf"(?<![\s\x00])(\*\*){_SUFFIX}"),
    "*": lazy(rf"(?<![\s\x00])(\*){_SUFFIX}"),
    "``": lazy(rf"(?<!\s)(``){_SUFFIX}"),
    "_`": lazy(rf"(?<![\s\x00])(`){_SUFFIX}"),
    "|": lazy(rf"(?<![\s\x00])(\|_{{0,2}}){_SUFFIX}"),
    "`": lazy(rf"(?<!(?<!\x00)[\s\x00])(`(?P<role>:{_NAME}:)?(?:__?)?){_SUFFIX}"),
}
_TOUCHED = lazy(r"`[^`<>\x00]*+<[^`<>\x00]++>`(?P<mark>_{0,2})(?=[^\W_])")
_PAIRS = dict(zip("\"'(<[{«‹“‘„‚»”’", ('"', "'", ")", ">", "]", "}", *"»›"), strict=False))
_PAIRS |= {"“": "”„", "‘": "’‚", "„": "“”", "‚": "‘’", "»": "«»", "›": "‹›", "”": "”", "’": "’"}
_BREAK = lazy(r"(?P<break>\n)")
_PLAIN = lazy(
    rf"(?P<break>\n)|(?P<hole>{MASK}++)"
    r"|(?P<url>\b[A-Za-z][A-Za-z0-9+.\-]{1,20}://[^\s<>\"]*[^\s<>\"\x00.,;:!?'()\[\]{}]"
    r"|(?:\G|(?<![^\s<>@\"(),;]))[^\s<>@\"(),;]++(?:@[^\s<>@\"(),;]*\w)++)"  # one on another, too
    r"|(?P<escape>\x00(?s:.)?)"
)


def marks(content: str) -> list[Mark]:
    """Return the marks of a block's content, in order.

    >>> [(mark.kind, mark.put) for mark in marks("*a* `b <c>`_ d_")]
    [('open', ''), ('close', ''), ('open', ''), ('close', ''), ('name', 'd')]
    """
    return _Reading(masked(content)).all()


def normal(name: str) -> str:
    """Return a name as names are compared."""
    return " ".join(name.lower().split())


class _Reading:
    """What is known while the content of a block passes by; a NUL stands for each backslash."""

    def __init__(self, content: str) -> None:
        self.text = _nulls(content)
        self.found: list[Mark] = []
        self._endless: set[str] = set()
        self._plainest = not any(mark in self.text for mark in ("\0", "@", "://", MASK))

    def all(self) -> list[Mark]:
        """Read the whole content."""
        begun = 0
        at = 0 if _ANY_MARKUP.search(self.text) else len(self.text)
        while at < len(self.text) and (hit := _MARKUP.search(self.text, at)) is not None:
            before, self.found = self.found, []
            end = 0 if hit.start() > at and self._quoted(hit) else self._element(hit)
            element, self.found = self.found, before
            if end:
                self._plain(begun, hit.start())
                self.found += element
                begun = end
            at = end or hit.end()
        self._plain(begun, len(self.text))
        return self.found

    def _element(self, hit: regex.Match[str]) -> int:
        """Read the element that begins at a match; return where it ends, 0 where it is none."""
        if hit["name"]:
            return self._mark(hit.start(), hit.end(), "name", hit["name"], name=hit["name"])
        if hit["label"]:
            return self._mark(hit.start(), hit.end(), "hole")
        mark = hit["start"] or "`"
        if mark == "`":
            return self._interpreted(hit)
        end = self._end(mark, hit.end())
        if end is None:
            return 0
        if mark in ("*", "**"):
            self._around(hit.start(), hit.end(), end.start(1), end.end(1))
        elif mark == "_`":
            self._shown(hit.start(), hit.end(), end.start(1), end.end(1), "put")
        else:
            self._mark(hit.start(), end.end(1), "code" if mark == "``" else "hole")
        return end.end(1)

    def _interpreted(self, hit: regex.Match[str]) -> int:
        """Read interpreted text, or a link."""
        start, role = hit.start(), (hit["role"] or "")[1:-1]
        tick = hit.end() - 1
        touched = _TOUCHED.match(self.text, tick)
        if touched is not None and bool(role) != bool(touched["mark"]):
            inner, end = touched.start("mark") - 1, touched.end()
        else:
            found = self._end("`", hit.end())
            if found is None:
                return 0
            inner, end = found.start(1), found.end(1)
            if found["role"]:
                return self._mark(start, end, "hole" if role else "code")
        links = self.text[end - 1] == "_"
        if role and links:
            return self._mark(start, end, "hole")
        target = self._target(tick + 1, inner)
        if links and target is None:
            self._shown(start, tick + 1, inner, end, "name")
        elif target is not None and target > tick + 1 and (links or role in PROSE_ROLES):
            once = links and not self.text.endswith("__", start, end)
            name = self.text[tick + 1 : target] if once else ""
            flaw = "" if touched is None and hit["touching"] is None else "touched"
            self._around(start, tick + 1, target, end, self.text[target:inner], name, flaw)
        else:
            self._mark(start, end, "code", name=self.text[tick + 1 : inner])
        return end

    def _target(self, start: int, end: int) -> int | None:
        """Where the text of a link ends, and the blanks before its `<target>` begin."""
        if not self.text.endswith(">", start, end) or self.text[end - 2] in " \n\x00<":
            return None
        at = self.text.rfind("<", start, end)
        while at > start and self.text[at - 1] == "\x00":
            at = self.text.rfind("<", start, at)
        if at < start or ">" in self.text[at : end - 1].replace("\x00>", ""):
            return None
        stop = len(self.text[start:at].rstrip(" \n")) + start if at > start else start
        if self.text[at + 1].isspace() or (at > start and (stop == at or stop < start)):
            return None
        return stop

    def _end(self, mark: str, start: int) -> regex.Match[str] | None:
        """Where an element ends whose content begins at `start`; asked once where it never does."""
        if mark in self._endless:
            return None
        end = _END[mark].search(self.text, start)
        if end is None:
            self._endless.add(mark)
        return end if end is not None and end.start(1) > start else None

    def _quoted(self, hit: regex.Match[str]) -> bool:
        """Whether what begins an element stands in quotes or brackets, and so begins none."""
        if not (hit["start"] or hit["tick"]) or hit["role"]:
            return False
        if hit.end() == len(self.text):
            return True
        return self.text[hit.end()] in _PAIRS.get(self.text[hit.start() - 1], ())

    def _mark(self, start: int, end: int, kind: str, put: str = "", name: str = "") -> int:
        self.found.append(Mark(start, end, kind, put, "", normal(_said(name))))
        return end

    def _around(
        self,
        start: int,
        first: int,
        last: int,
        end: int,
        target: str = "",
        name: str = "",
        flaw: str = "",
    ) -> None:
        """Add the marks around a stretch of prose."""
        target = _said(target)
        self.found.append(Mark(start, first, "open", "", target))
        self._plain(first, last)
        self.found.append(Mark(last, end, "close", flaw, target, normal(_said(name))))

    def _shown(self, start: int, first: int, last: int, end: int, kind: str) -> None:
        """Add what is shown as it is and names something."""
        said = _said(self.text[first:last])
        self._mark(start, end, kind, " ".join(said.split()), said)

    def _plain(self, start: int, end: int) -> None:
        """Add what no markup of its own takes out of the prose."""
        for hit in (_BREAK if self._plainest else _PLAIN).finditer(self.text, start, end):
            kind = hit.lastgroup or ""
            if kind == "escape":
                self._mark(*hit.span(), "put", hit[0][1:].strip())
            elif kind == "url":
                self._mark(*hit.span(), "put", _said(hit[0]))
            else:
                self._mark(*hit.span(), kind)


def _nulls(content: str) -> str:
    r"""The content with a NUL in the place of each backslash that escapes something.

    >>> _nulls("a\\\\b") == "a\0\\b"
    True
    """
    if "\\" not in content:
        return content
    return _ESCAPE.sub(lambda hit: "\0" + hit[0][1:], content)


_ESCAPE = lazy(r"\\(?s:.)?")


def _said(text: str) -> str:
    """A text without the marks of what was escaped in it."""
    return text.replace("\0 ", "").replace("\0\n", "").replace("\0", "") if "\0" in text else text
