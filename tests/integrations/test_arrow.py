from __future__ import annotations

import pickle
from functools import partial
from typing import Any

import pyarrow as pa
import pytest

from scrubber import Scrubber
from scrubber.integrations import arrow

FINE = "The ferry leaves the harbour at nine.\n"
GLUED = "The mayor signed the treatyBut the council refused.\n"
MENDED = GLUED.replace("yB", "y, b")


@pytest.fixture(scope="module")
def links() -> Scrubber:
    return Scrubber(select=["links"])


@pytest.mark.parametrize("texts", [[], [None], [FINE, "", None, FINE]])
def test_clean_texts_are_the_very_same_array(texts: list[str | None], links: Scrubber) -> None:
    given = pa.array(texts, pa.string())
    found, edits = arrow.clean_array(given, links)
    assert found is given
    assert edits.to_pylist() == [[] for _ in texts]
    assert edits.type == arrow.edits_type()


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.int32(), pa.large_string()),
    ],
    ids=str,
)
def test_texts_keep_their_type(kind: Any, links: Scrubber) -> None:
    given = pa.array([FINE, GLUED, None, GLUED], kind)
    for array in (given, pa.chunked_array([given, given]), pa.chunked_array([], kind)):
        found, edits = arrow.clean_array(array, links)
        assert type(found) is type(array)
        assert found.type == kind
        many = len(array) // 4
        assert found.to_pylist() == [FINE, MENDED, None, MENDED] * many
        assert [len(row) for row in edits.to_pylist()] == [0, 1, 0, 1] * many
    assert arrow.clean_array(given.slice(1, 2), links)[0].to_pylist() == [MENDED, None]


@pytest.mark.parametrize("make", [pa.record_batch, pa.table])
def test_all_else_stays(make: Any, links: Scrubber) -> None:
    names = pa.schema(
        [pa.field("id", pa.int64(), nullable=False), ("body", pa.string()), ("deep", pa.map_(*KV))],
        metadata={"pandas": "so"},
    )
    columns = [
        pa.array([1, 2]),
        pa.array([FINE, GLUED]),
        pa.array([[("a", 1)], None], pa.map_(*KV)),
    ]
    given = make(columns, schema=names)
    found = arrow.clean_batch(given, links, column="body", edits="changes")
    assert type(found) is type(given)
    assert found.schema.remove(3).equals(names, check_metadata=True)
    assert found.select(["id", "deep"]).equals(given.select(["id", "deep"]))
    assert found.column("body").to_pylist() == [FINE, MENDED]
    edit = found.column("changes").to_pylist()[1][0]
    assert edit == {
        "rules": ["links/glued-capital"],
        "start": 27,
        "end": 28,
        "before": "B",
        "after": ", b",
        "action": "fix",
        "decision": None,
    }
    assert arrow.clean_batch(given, links, column="body", edits=None).schema.equals(names)


KV = (pa.string(), pa.int32())


def test_what_is_wrong_is_said(links: Scrubber) -> None:
    batch = pa.record_batch({"text": [FINE], "number": [1]})
    with pytest.raises(KeyError, match='no column "body", or several; there are: text, number'):
        arrow.clean_batch(batch, links, column="body")
    with pytest.raises(TypeError, match="holds int64, not texts"):
        arrow.clean_batch(batch, links, column="number")
    with pytest.raises(ValueError, match='a column "number" already'):
        arrow.clean_batch(batch, links, edits="number")


def test_it_can_be_sent_to_workers(links: Scrubber) -> None:
    work = pickle.loads(pickle.dumps(partial(arrow.clean_batches, scrubber=links)))
    (found,) = work([pa.record_batch({"text": [GLUED]})])
    assert found.column("text").to_pylist() == [MENDED]
