from __future__ import annotations

import json

import odd
import schemas

from scrubber.model import Action, Finding
from scrubber.report import gitlab


def test_the_same_place_twice_has_two_fingerprints() -> None:
    """Of records with one id, and of a line that stands a hundred times in one text."""
    line = "The seaBut.\n"
    places = range(4, 100 * len(line), len(line))
    findings = [Finding("tide/glued", at, at + 6, "seaBut", (), Action.FIX, "m") for at in places]
    rows = odd.dataset(["The seaBut.", "The seaBut."], ascii_only=True)
    twice = odd.plain_file(line * 100)
    same = [[], findings[:1], findings[:1]]
    values = json.loads(
        odd.report(gitlab.Writer(odd.run()), (twice, [findings]), (rows, same), (rows, same))
    )
    schemas.gitlab(values)
    assert len(values) == 104


def test_it_begins_with_no_byte_order_mark() -> None:
    assert odd.report(gitlab.Writer(odd.run())) == "[\n]\n"
