"""Unified diffs that `git apply` and `patch` take, for any text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from scrubber.edits import apply
from scrubber.model import Edit

CONTEXT = 3

_Tag = Literal["replace", "delete", "insert", "equal"]


def unified(path: str, before: str, edits: Sequence[Edit]) -> str:
    r"""Return the unified diff of a text and what the edits make of it; "" when there are none.

    Lines end at a line feed and nowhere else, as git and patch count them. The changed lines are
    known from the edits, so the cost does not grow with the square of the text. Each line's new
    text stands right below it where it can, so that a person can take one of several back.

    The git blob ids of both texts are given, so that whoever gets the diff back knows what it was
    made of, and `git apply --3way` can merge it.

    >>> print(unified("a.txt", "one\ntwo", [Edit(4, 5, "t", "T", ("x/y",))]), end="")
    diff --git a/a.txt b/a.txt
    index 9ed40b442508..6f12115dbffe
    --- a/a.txt
    +++ b/a.txt
    @@ -1,2 +1,2 @@
     one
    -two
    \ No newline at end of file
    +Two
    \ No newline at end of file
    """
    after = apply(before, edits)
    if before == after:
        return ""
    old, new = lines_of(before), lines_of(after)
    matcher = _Known(list(_opcodes(old, new, before, after, edits)))
    a, b = _name("a", path), _name("b", path)
    parts = [
        f"diff --git {a} {b}\n".replace("\t", ""),
        f"index {blob_id(before)}..{blob_id(after)}\n",
        f"--- {a}\n",
        f"+++ {b}\n",
    ]
    for group in matcher.get_grouped_opcodes(CONTEXT):
        spans = _range(group[0][1], group[-1][2]), _range(group[0][3], group[-1][4])
        parts.append(f"@@ -{spans[0]} +{spans[1]} @@\n")
        for tag, i, i_end, j, j_end in group:
            if tag == "equal":
                parts += [_marked(" ", line) for line in old[i:i_end]]
            else:
                parts += [_marked("-", line) for line in old[i:i_end]]
                parts += [_marked("+", line) for line in new[j:j_end]]
    return "".join(parts)


def blob_id(text: str) -> str:
    """Return the first 12 digits of the id by which git knows a file with this text.

    >>> blob_id("")  # git hash-object /dev/null
    'e69de29bb2d1'
    """
    from hashlib import sha1

    data = text.encode()
    head = b"blob %d\0" % len(data)
    return sha1(head + data, usedforsecurity=False).hexdigest()[:12]


class _Known(SequenceMatcher[str]):
    """Groups changes that are known already; nothing is searched for."""

    def __init__(self, known: list[tuple[_Tag, int, int, int, int]]) -> None:
        super().__init__(None, "", "")
        self._known = known

    def get_opcodes(self) -> list[tuple[_Tag, int, int, int, int]]:
        return list(self._known)


def lines_of(text: str) -> list[str]:
    r"""Return the lines of a text, each with the line feed that ends it.

    >>> lines_of("one\r\ntwo\u2028three\rfour")
    ['one\r\n', 'two\u2028three\rfour']
    """
    parts = [line + "\n" for line in text.split("\n")]
    last = parts.pop()[:-1]
    return [*parts, last] if last else parts


def _marked(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _range(start: int, end: int) -> str:
    """A range of lines as unified diffs write it: from 1; an empty one names the line before."""
    count = end - start
    if count == 1:
        return f"{start + 1}"
    return f"{start + 1 if count else start},{count}"


def _name(side: str, path: str) -> str:
    """A path in a diff's header, quoted as git quotes it where it must be."""
    name = f"{side}/{path.removeprefix('./').lstrip('/')}"
    if any(c in '"\\' or not c.isprintable() for c in name):
        quoted = "".join(
            chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\' else f"\\{byte:03o}"
            for byte in name.encode("utf-8", "surrogateescape")
        )
        return f'"{quoted}"'
    return f"{name}\t" if " " in name else name


def _opcodes(
    old: list[str], new: list[str], before: str, after: str, edits: Sequence[Edit]
) -> Iterator[tuple[_Tag, int, int, int, int]]:
    starts, new_starts = _starts(old), _starts(new)
    i = j = 0
    for start, end, new_start, new_end in _blocks(before, after, edits):
        low, high = bisect_right(starts, start) - 1, _index(starts, end)
        new_low, new_high = bisect_right(new_starts, new_start) - 1, _index(new_starts, new_end)
        low, new_low = max(low, 0), max(new_low, 0)
        while low < high and new_low < new_high and old[low] == new[new_low]:
            low, new_low = low + 1, new_low + 1
        while low < high and new_low < new_high and old[high - 1] == new[new_high - 1]:
            high, new_high = high - 1, new_high - 1
        if low > i:
            yield "equal", i, low, j, new_low
        yield "replace", low, high, new_low, new_high
        i, j = high, new_high
    if i < len(old):
        yield "equal", i, len(old), j, len(new)


def _starts(lines: list[str]) -> list[int]:
    found, at = [0], 0
    for line in lines:
        at += len(line)
        found.append(at)
    return found


def _index(starts: list[int], offset: int) -> int:
    """The number of the line that starts at an offset."""
    return bisect_right(starts, offset - 1) if offset else 0


def _blocks(before: str, after: str, edits: Sequence[Edit]) -> list[tuple[int, int, int, int]]:
    """Stretches of whole lines in both texts that hold all edits, apart from each other."""
    blocks: list[tuple[int, int, int, int]] = []
    shift = 0
    nexts = [edit.start for edit in edits[1:]] + [len(before)]
    for edit, limit in zip(edits, nexts, strict=True):
        start, end = before.rfind("\n", 0, edit.start) + 1, edit.end
        new_start = start + shift
        shift += len(edit.after) - len(edit.before)
        if blocks and (
            start < blocks[-1][1] or (start == blocks[-1][1] and not _starts_line(after, new_start))
        ):
            start, reached, new_start, _ = blocks.pop()
            end = max(end, reached)
        end = _line_end(before, after, end, shift, limit)
        blocks.append((start, end, new_start, end + shift))
    return blocks


def _starts_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _line_end(before: str, after: str, at: int, shift: int, limit: int) -> int:
    """The first offset from `at` on where both texts are between two lines.

    Beyond `limit`, the place of the next edit, `shift` does not hold: what reaches that far is
    joined with the next block.
    """
    while at < len(before) and at <= limit:
        if _starts_line(before, at) and _starts_line(after, at + shift):
            return at
        cut = before.find("\n", at)
        if cut < 0:
            break
        at = cut + 1
    return min(at, len(before)) if at > limit else len(before)
