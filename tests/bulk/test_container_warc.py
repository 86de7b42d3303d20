"""WARC and WET as a container, with warcio as the judge of what is written."""

from __future__ import annotations

import base64
import gzip
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shards import cleaned, nothing, run, scribbled
from test_streams import PACK
from warcio.archiveiterator import ArchiveIterator

from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.reverting import revert
from scrubber.bulk.streams import Input
from scrubber.model import Edit

TEXTS = ["row of ships\n", "Zweite Seite … mit é\n", "", "row\r\n\r\nWARC/1.0\r\n"]


def _wet(packed: bool = False, texts: list[str] = TEXTS) -> bytes:
    """A WET file as Common Crawl writes it, with a response in it."""
    records = [_record("warcinfo", b"software: none\r\n", "application/warc-fields", "")]
    for at, text in enumerate(texts):
        url = (
            f"WARC-Target-URI: https://www.example.org/{at}\r\nWARC-Record-ID: <urn:uuid:{at}>\r\n"
        )
        records.append(_record("conversion", text.encode(), "text/plain", url))
    page = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>row</p>"
    url = "WARC-Target-URI: https://a.org\r\n"
    records.append(_record("response", page, "application/http; msgtype=response", url))
    return b"".join(map(gzip.compress, records) if packed else records)


def _record(kind: str, body: bytes, content: str, more: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{more}WARC-Date: 2024-05-01T00:00:00Z\r\n"
        f"WARC-Block-Digest: {_sha1(body)}\r\nContent-Type: {content}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def _sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def _judged(path: Path) -> Iterator[tuple[str, str | None, bytes]]:
    """The records that warcio reads, their digests checked."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            yield record.rec_type, record.rec_headers.get_header("WARC-Block-Digest"), body


def _written(folder: Path, data: bytes, name: str = "a.warc.wet") -> Path:
    path = folder / name
    path.write_bytes(data)
    (folder / "out").mkdir(exist_ok=True)
    return path


def _held(path: Path) -> bytes:
    source = Input(path)
    data = source.read(1 << 30)
    source.close()
    return data


def _first(text: str) -> list[Edit]:
    return [Edit(0, 3, "row", "Row, é", ("x/y",))] if text.startswith("row") else []


@pytest.mark.parametrize("block", [1, 50, 10_000])
def test_unchanged_records_stay_byte_for_byte(tmp_path: Path, block: int) -> None:
    path = _written(tmp_path, _wet())
    done = run(path, tmp_path / "out" / "a", nothing, Reading(block=block))
    assert (tmp_path / "out" / "a").read_bytes() == path.read_bytes()
    assert done.texts == TEXTS
    assert [record.row for record in done.records] == [1, 2, 3, 4]
    assert done.reasons == []
    assert (done.rows, done.size) == (6, path.stat().st_size)
    assert (done.records[0].id, done.records[0].host) == ("<urn:uuid:0>", "example.org")


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_changed_records_are_whole_and_come_back(tmp_path: Path, ending: str) -> None:
    plain = _written(tmp_path, _wet())
    path = plain
    if ending:
        path = tmp_path / f"a.warc.wet{ending}"
        path.write_bytes(_wet(packed=True) if ending == ".gz" else PACK[ending](_wet()))
    out, record = tmp_path / "out" / path.name, tmp_path / "edits.jsonl.zst"
    done = cleaned(path, out, record, _first)
    assert sorted(done.changes) == [1, 4]
    (tmp_path / "plain").write_bytes(_held(out))
    found = list(_judged(out if ending != ".zst" else tmp_path / "plain"))
    assert [kind for kind, _, _ in found] == ["warcinfo", *["conversion"] * 4, "response"]
    bodies = [text.replace("row", "Row, é", 1).encode() for text in TEXTS]
    assert [body for _, _, body in found[1:5]] == bodies
    assert [digest for _, digest, _ in found[1:5]] == [_sha1(body) for body in bodies]
    assert revert(out, record, tmp_path / "out" / "back", Reading()) == 2
    (tmp_path / f"back{ending}").write_bytes((tmp_path / "out" / "back").read_bytes())
    assert _held(tmp_path / f"back{ending}") == _held(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Content-Length: 13", b"content-length:013"),
        (b"Content-Length: 13", b"Content-Length:\t13 "),
        (b"sha1:" + _sha1(TEXTS[0].encode())[5:].encode(), b"sha256:00"),
        (b"sha1:" + _sha1(TEXTS[0].encode())[5:].encode(), b"odd \xff value"),
        (b"WARC-Date", b"WARC-Payload-Digest: sha1:abc\r\nWARC-Date"),
        (b"conversion\r\n", b"Conversion \r\nX-More: one\r\n two\r\n"),
    ],
)
def test_odd_headers_come_back(tmp_path: Path, old: bytes, new: bytes) -> None:
    data = _wet()
    assert old in data
    path = _written(tmp_path, data.replace(old, new, 1))
    out, record = tmp_path / "out" / path.name, tmp_path / "edits.jsonl.zst"
    cleaned(path, out, record, _first)
    assert len(run(out, None).texts) == 4
    assert revert(out, record, tmp_path / "back", Reading()) == 2
    assert (tmp_path / "back").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("block", [1, 70, 10_000])
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"Content-Length: 13", b"Content-Length: 12", "it does not end where its headers say"),
        (b"Content-Length: 13", b"Content-Length: -1", "its headers do not say how long it is"),
        (b"Content-Length: 13", b"Content-Length", "its headers do not say how long it is"),
        (b"row of", b"row \xff", "not UTF-8"),
    ],
)
def test_broken_records_are_told_of_and_stay(
    tmp_path: Path, block: int, old: bytes, new: bytes, reason: str
) -> None:
    data = _wet()
    size = len(old) - len(new) if b"row" in old else 0
    path = _written(tmp_path, data.replace(old, new + b"s" * size, 1))
    done = run(path, tmp_path / "out" / "a", nothing, Reading(block=block))
    assert (tmp_path / "out" / "a").read_bytes() == path.read_bytes()
    assert done.reasons == [(2, reason)]
    assert done.texts == TEXTS[1:]


@pytest.mark.parametrize("block", [10, 1000, 100_000])
def test_a_record_over_the_limit_is_copied_in_pieces(tmp_path: Path, block: int) -> None:
    path = _written(tmp_path, _wet(texts=["row one", "row " * 2000, "row three"]))
    done = run(path, tmp_path / "out" / "a", nothing, Reading(limit=900, block=block))
    assert (tmp_path / "out" / "a").read_bytes() == path.read_bytes()
    assert done.texts == ["row one", "row three"]
    assert done.reasons == [(3, "longer than 900 bytes; left as it is")]
    assert (done.oversized, done.rows, done.size) == (1, 5, path.stat().st_size)


@pytest.mark.parametrize("data", [b"", b"\r\n", b"\n\n\r\n"])
def test_files_without_a_record(tmp_path: Path, data: bytes) -> None:
    done = run(_written(tmp_path, data), tmp_path / "out" / "a")
    assert (tmp_path / "out" / "a").read_bytes() == data
    assert (done.records, done.rejects) == ([], [])


def test_edits_have_no_place_in_it(tmp_path: Path) -> None:
    with pytest.raises(ShardError, match="no place for edits"):
        run(_written(tmp_path, _wet()), None, nothing, Reading(nested="edits"))


@pytest.mark.parametrize("packed", [False, True])
def test_no_damage_crashes_or_loses_a_byte(tmp_path: Path, packed: bool) -> None:
    whole = _wet(packed, TEXTS * 3)
    dice = random.Random(packed)
    record = tmp_path / "edits.jsonl.zst"
    for _ in range(50):
        data: Any = bytearray(whole)
        for _ in range(dice.choice([1, 1, 5])):
            data[dice.randrange(len(data))] = dice.choice(b"\n\r\xff0W")
        if dice.random() < 0.3:
            data = data[: dice.randrange(len(data))]
        path = _written(tmp_path, bytes(data), "a.wet.gz" if packed else "a.wet")
        reading = Reading(block=dice.choice([10, 300, 10_000]), limit=dice.choice([20, 10_000]))
        out = tmp_path / "out" / path.name
        try:
            cleaned(path, out, record, scribbled, reading)
        except ShardError:
            assert packed
            continue
        revert(out, record, tmp_path / "back", reading)
        (tmp_path / f"back{path.suffix}").write_bytes((tmp_path / "back").read_bytes())
        assert _held(tmp_path / f"back{path.suffix}") == _held(path)


def test_members_are_records(tmp_path: Path) -> None:
    path = _written(tmp_path, gzip.compress(_wet()), "a.wet.gz")
    out = tmp_path / "out" / "a.wet.gz"
    run(path, out)
    assert len(list(_judged(out))) == 6
    assert out.read_bytes().count(b"\x1f\x8b\x08") == 6
