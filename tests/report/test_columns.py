"""Each format's place of a finding, taken out of the file by that format's own unit."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import odd
import pytest
import readers

from scrubber.report import github, gitlab, junit, rdjsonl, sarif
from scrubber.report.lines import Jsonl
from scrubber.report.stored import Stored

NAMES = list(odd.MARKED)


def _seen(name: str) -> str:
    """What a person sees of what was found: without line breaks around it."""
    text = odd.finding(odd.MARKED[name]).text
    return text.strip("\r\n") or text


@pytest.mark.parametrize("name", NAMES)
def test_jsonl_counts_code_points_of_the_text_as_stored(name: str) -> None:
    found = odd.finding(odd.MARKED[name])
    source = odd.plain_file(odd.TEXTS[name])
    value = json.loads(odd.report(Jsonl(odd.run()), (source, [[found]])))
    text = source.text.encode().decode("utf-8")
    assert text[value["start"] : value["end"]] == found.text


@pytest.mark.parametrize("name", NAMES)
def test_sarif_counts_code_points_without_the_byte_order_mark(name: str) -> None:
    source, found = odd.plain_file(odd.TEXTS[name]), odd.finding(odd.MARKED[name])
    (result,) = readers.sarif_results(odd.report(sarif.Writer(odd.run()), (source, [[found]])))
    region = result["locations"][0]["physicalLocation"]["region"]
    data = source.text.encode()
    start, end = readers.sarif_region(data, region)
    text = data.decode("utf-8-sig")
    assert text[start:end] == region["snippet"]["text"] == _seen(name)
    for proposal, change in zip(found.proposals, readers.sarif_fixes(data, result), strict=True):
        whole = source.text[: found.start] + proposal + source.text[found.end :]
        assert readers.applied(text, [change]) == whole.removeprefix("\ufeff")


@pytest.mark.parametrize("name", NAMES)
def test_rdjsonl_counts_bytes(name: str) -> None:
    source, found = odd.plain_file(odd.TEXTS[name]), odd.finding(odd.MARKED[name])
    value = json.loads(odd.report(rdjsonl.Writer(odd.run()), (source, [[found]])))
    data = source.text.encode()
    start, end = readers.rdjson_range(data, value["location"]["range"])
    assert data[start:end].decode() == _seen(name)
    changes = readers.rdjson_suggestions(data, value)
    for proposal, change in zip(found.proposals, changes, strict=True):
        whole = source.text[: found.start] + proposal + source.text[found.end :]
        assert readers.applied_to_bytes(data, [change]) == whole.encode()


@pytest.mark.parametrize("name", NAMES)
def test_github_counts_code_points_and_drops_columns_over_lines(name: str) -> None:
    source, found = odd.plain_file(odd.TEXTS[name]), odd.finding(odd.MARKED[name])
    line = odd.report(github.Writer(odd.run()), (source, [[found]])).removesuffix("\n")
    given = readers.github_command(line).properties
    lines = source.text.encode().decode("utf-8-sig").split("\n")
    first, last = int(given["line"]), int(given["endLine"])
    if first != last:
        assert "col" not in given
        assert "endColumn" not in given
        assert _seen(name) in "\n".join(lines[first - 1 : last])
    else:
        start, end = int(given["col"]), int(given["endColumn"])
        assert lines[first - 1][start - 1 : end - 1] == _seen(name)


@pytest.mark.parametrize("name", NAMES)
def test_gitlab_names_the_lines(name: str) -> None:
    source, found = odd.plain_file(odd.TEXTS[name]), odd.finding(odd.MARKED[name])
    (value,) = json.loads(odd.report(gitlab.Writer(odd.run()), (source, [[found]])))
    place = value["location"]["lines"]
    lines = source.text.split("\n")
    assert _seen(name) in "\n".join(lines[place["begin"] - 1 : place["end"]])
    assert len(_seen(name).split("\n")) == place["end"] - place["begin"] + 1


@pytest.mark.parametrize("name", [name for name in NAMES if _seen(name).strip()])
def test_junit_counts_as_the_report_for_a_terminal_does(name: str) -> None:
    source, found = odd.plain_file(odd.TEXTS[name]), odd.finding(odd.MARKED[name])
    tree = ET.fromstring(odd.report(junit.Writer(odd.run()), (source, [[found]])))
    (failure,) = tree.iter("failure")
    assert failure.text
    hit = re.match(r"\n(\d+):(\d+): fix tide/glued: ", failure.text)
    assert hit
    line = source.documents[0].lines[int(hit[1]) - 1]
    at = line.start + int(hit[2]) - 1
    assert source.text[at:].startswith(_seen(name).split("\n")[0])


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_a_record_is_placed_in_its_line_of_the_file(name: str, ascii_only: bool) -> None:
    found = odd.finding(odd.MARKED[name])
    source = odd.dataset([odd.TEXTS[name]], ascii_only=ascii_only)
    data = source.text.encode()
    (result,) = readers.sarif_results(odd.report(sarif.Writer(odd.run()), (source, [[], [found]])))
    diagnostic = json.loads(odd.report(rdjsonl.Writer(odd.run()), (source, [[], [found]])))
    region = result["locations"][0]["physicalLocation"]["region"]
    start, end = readers.sarif_region(data, region)
    assert json.loads(f'"{source.text[start:end]}"') == _seen(name)
    start, end = readers.rdjson_range(data, diagnostic["location"]["range"])
    assert json.loads(b'"%s"' % data[start:end]) == _seen(name)
    assert region["startLine"] == diagnostic["location"]["range"]["start"]["line"] == 2
    fixes = readers.sarif_fixes(data, result)
    suggestions = readers.rdjson_suggestions(data, diagnostic)
    for proposal, fix, suggestion in zip(found.proposals, fixes, suggestions, strict=True):
        text = readers.applied(source.text, [fix])
        assert text.encode() == readers.applied_to_bytes(data, [suggestion])
        whole = odd.TEXTS[name][: found.start] + proposal + odd.TEXTS[name][found.end :]
        assert json.loads(text.split("\n")[1]) == {"id": 0, "text": whole}


def test_a_packed_file_has_places_and_no_changes() -> None:
    import gzip

    from scrubber.documents.source import from_bytes

    marked = odd.MARKED["plain"]
    source = from_bytes("a.txt.gz", gzip.compress(odd.TEXTS["plain"].encode()))
    spot = Stored(source, "/").spot(0, odd.finding(marked))
    assert spot.edits == ()
    (result,) = readers.sarif_results(
        odd.report(sarif.Writer(odd.run()), (source, [[odd.finding(marked)]]))
    )
    assert "fixes" not in result
