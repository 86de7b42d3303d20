from __future__ import annotations

import pytest

from scrubber.report.markup import address, name, shown


def test_joiners_are_kept_in_the_text_around_and_shown_where_they_change() -> None:
    persian = "می\u200cخواهم"
    assert shown(persian) == persian
    assert "U+200C" in shown(persian, exact=True)
    assert shown("a\u00a0b\tc") == "a b c"
    assert "no-break space" in shown("\u00a0", exact=True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/ü#?.txt", "a%20b/%C3%BC%23%3F.txt#L2:~:text=x%2Dy"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29#L2:~:text=x%2Dy"),
        ("/data/a.txt", "file:///data/a.txt#L2:~:text=x%2Dy"),
        ("\udcff.txt", "%FF.txt#L2:~:text=x%2Dy"),
        ("-", None),
        ("a" * 2000, None),
    ],
)
def test_links_into_files(path: str, expected: str | None) -> None:
    assert address(path, 2, "x-y") == expected


def test_long_names_are_cut_in_the_middle() -> None:
    assert name("ab" * 200) == f"<bdi>{'ab' * 16}a…{'ab' * 25}</bdi>"
