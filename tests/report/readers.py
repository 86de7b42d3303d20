"""Small readers of the formats, written from their documents and not from our code."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple


class Change(NamedTuple):
    """What a reader would put in a place; offsets are the reader's own."""

    start: int
    end: int
    text: str


def sarif_offset(text: str, line: int, column: int) -> int:
    """Code points in a text without its byte order mark; a line ends at `\\r\\n` or `\\n`."""
    begins = [0, *(hit.end() for hit in re.finditer("\r\n|\n", text))]
    if len(begins) > 1 and begins[-1] == len(text):
        begins.pop()  # the standard counts no empty line behind the last break
    assert 1 <= line <= len(begins)
    stop = begins[line] if line < len(begins) else len(text)
    assert 1 <= column <= stop - begins[line - 1] + 1
    return begins[line - 1] + column - 1


def sarif_region(data: bytes, region: dict[str, Any]) -> tuple[int, int]:
    text = data.decode("utf-8-sig")
    return (
        sarif_offset(text, region["startLine"], region["startColumn"]),
        sarif_offset(text, region["endLine"], region["endColumn"]),
    )


def sarif_fixes(data: bytes, result: dict[str, Any]) -> list[Change]:
    """Each fix of a result as one change of the text without its byte order mark."""
    found = []
    for fix in result.get("fixes", []):
        ((replacement,),) = ([*change["replacements"]] for change in fix["artifactChanges"])
        start, end = sarif_region(data, replacement["deletedRegion"])
        text = replacement.get("insertedContent", {"text": ""})["text"]
        found.append(Change(start, end, text))
    return found


def rdjson_offset(data: bytes, position: dict[str, int]) -> int:
    """Bytes in the file; a line ends at a line feed, columns count bytes from 1."""
    begins = [0, *(hit.end() for hit in re.finditer(b"\n", data))]
    assert 1 <= position["line"] <= len(begins)
    stop = begins[position["line"]] if position["line"] < len(begins) else len(data)
    assert 1 <= position["column"] <= stop - begins[position["line"] - 1] + 1
    return begins[position["line"] - 1] + position["column"] - 1


def rdjson_range(data: bytes, found: dict[str, Any]) -> tuple[int, int]:
    return rdjson_offset(data, found["start"]), rdjson_offset(data, found["end"])


def rdjson_suggestions(data: bytes, diagnostic: dict[str, Any]) -> list[Change]:
    return [
        Change(*rdjson_range(data, one["range"]), one["text"])
        for one in diagnostic.get("suggestions", [])
    ]


def applied(text: str, changes: Sequence[Change]) -> str:
    """A text with changes that do not overlap."""
    for change in sorted(changes, reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def applied_to_bytes(data: bytes, changes: Sequence[Change]) -> bytes:
    for change in sorted(changes, reverse=True):
        data = data[: change.start] + change.text.encode() + data[change.end :]
    return data


class Command(NamedTuple):
    """A workflow command, read as GitHub's runner does."""

    name: str
    properties: dict[str, str]
    text: str


_COMMAND = re.compile(r"::(?P<name>\w+)(?: (?P<properties>.*?))?::(?P<text>.*)", re.DOTALL)


def github_command(line: str) -> Command:
    """One line; the properties end at the first `::`, then all is unescaped, `%25` last."""
    hit = _COMMAND.fullmatch(line)
    assert hit, line
    properties = {}
    for pair in (hit["properties"] or "").split(","):
        if pair:
            key, _, value = pair.partition("=")
            properties[key] = _unescaped(
                value, ("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")
            )
    return Command(hit["name"], properties, _unescaped(hit["text"], ("%0D", "\r"), ("%0A", "\n")))


def _unescaped(text: str, *pairs: tuple[str, str]) -> str:
    for code, char in pairs:
        text = text.replace(code, char)
    return text.replace("%25", "%")


def sarif_results(text: str) -> list[dict[str, Any]]:
    (run,) = json.loads(text)["runs"]
    results: list[dict[str, Any]] = run["results"]
    return results
