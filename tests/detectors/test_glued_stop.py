from __future__ import annotations

import pytest
from finding import Find

from scrubber.detectors.glued_stop import find as detect
from scrubber.model import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was over in the end.The crew left.", ("end.The", "end. The", "fix")),
        ("Was it over in the end?The crew left.", ("end?The", "end? The", "fix")),
        ("“It was over in the end.”The crew left.", ("end.”The", "end.” The", "fix")),
        (
            'He said it is over in the end."The crew left," he said.',
            ('end."The', 'end. "The', "suggest"),
        ),
        ('"It is over in the end."The crew left.', ('end."The', 'end." The', "suggest")),
        ('"It is over in the end.""The crew left."', ('end.""The', 'end." "The', "fix")),
        ('It is over in the end."The crew left.', ('end."The', 'end. "The', "suggest")),
        ('"It was over in the end,"The crew left.', None),
        ("He said it was over in the end”The crew left.", ("end”The", "end” The", "fix")),
        ("Das war es nicht mit dem Boot.Die Stadt ist da.", ("Boot.Die", "Boot. Die", "fix")),
        (
            "It was over in the end.Officials of it left.",
            ("end.Officials", "end. Officials", "fix"),
        ),
        ("Over.The crew of the ship is in it.", ("Over.The", "Over. The", "suggest")),
        ("She met Ann Lund.Later she left the town.", ("Lund.Later", "Lund. Later", "fix")),
        ("It was over in the end.“The crew left.", ("end.“The", "end. “The", "fix")),
        ("It was the end of 2021.The crew left.", ("2021.The", "2021. The", "fix")),
        ("It was (as we said).The crew left.", (").The", "). The", "fix")),
        ("They came with these aims:Make it safe.", ("aims:Make", "aims: Make", "suggest")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str | None, str | None] | None) -> None:
    if expected is None or expected[1] is None:
        assert find(text) == []
    else:
        assert find(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The sites Economy.Com and Halo.Bungie.Org and the bank of Alex.Brown.",
        "He is of the U.S.Army and the e.g.The one.",
        "It is the os.Path and the node.Js of the file.",
        "The price is in the list at 3.The end.",
        "It is the end... And then the start of it.",
        "Read www.the-end.The or a.b/end.The of it.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert [row for row in find(text) if row[2] == "fix"] == []


def test_long_runs_take_linear_time(find: Find) -> None:
    """1 MB of either took minutes when the word before the stop was matched lazily."""
    for piece in ("a’", "e\u0301", "a"):
        assert find("It was the end of the day. " + piece * 100_000) == []


@pytest.mark.parametrize(
    "text",
    [
        "She wrote that the harbour.Server is late, and that the harbour.Boat has been on time.",
        "They said that the harbour.Server was late. Others say of harbour.open that it never was.",
    ],
)
def test_members_of_code_are_left_alone(find: Find, text: str) -> None:
    assert find(text) == []


def test_a_member_that_code_beside_the_text_names_is_left_alone() -> None:
    text = "It was the end of a long day in the harbour.They were late, and went to the boat."
    assert len(list(detect(Document(text)))) == 1
    assert not list(detect(Document(text, aside="import harbour.They")))


def test_a_repeated_passage_is_no_evidence_of_a_name(find: Find) -> None:
    text = "It was the end of a long day in the harbour.Police went to the boat of a trader.\n"
    assert [row[2] for row in find(text * 2)] == ["fix", "fix"]
