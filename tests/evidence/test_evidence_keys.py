from __future__ import annotations

from scrubber.evidence import keys


def test_numbers_case_and_blanks_make_no_other_line() -> None:
    assert keys.line("  Page 3 of 17\t") == keys.line("PAGE 4 of  8") == "page 0 of 0"


def test_what_is_no_line_of_a_frame_is_not_counted() -> None:
    assert keys.line("") is keys.line(" \t") is keys.line("* * *") is keys.line("a" * 301) is None


def test_a_place_is_the_same_in_a_copied_paragraph_and_nowhere_else() -> None:
    text = "We met at the KilnHouse before noon, all four of us, and then we left."
    at = text.index("Kiln")
    other = f"An older line.\n{text} More was said.\nA later line."
    assert keys.place(text, at, at + 9) == keys.place(other, at + 15, at + 24)
    assert keys.place(text, at, at + 9) != keys.place(text.replace("noon", "dusk"), at, at + 9)


def test_texts_that_join_to_the_same_are_told_apart() -> None:
    assert keys.digest("a", "bc") != keys.digest("ab", "c")


def test_a_source_is_given_back() -> None:
    place, source = keys.digest("a"), keys.digest("b")
    assert keys.told(place, keys.told(place, source)) == source[:7]
