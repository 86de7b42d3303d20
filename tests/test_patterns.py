from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import regex

from scrubber import patterns

_RUN = """
import sys
from scrubber import patterns
found = patterns.lazy(r"(?<a>\\p{Lu})\\p{Ll}+|(?<b>\\d)", patterns.IGNORECASE)
print([(hit[0], hit["a"]) for hit in found.finditer("Élan 7 ab")], "regex._main" in sys.modules)
import regex
assert regex.Pattern is type(found.search("ab").re)
print(found.sub(r"<\\g<a>>", "Élan 7 ab"), regex.sub(r"(?i)E(.)", r"\\1", "Elan"))
print(found.search("xy").expandf("{0}!"))
patterns.keep()
"""


def test_what_is_kept_needs_no_parser_and_is_the_same(tmp_path: Path) -> None:
    """The first run compiles, the second takes what it kept; the rest of `regex` works in both."""
    said = [
        subprocess.run(
            [sys.executable, "-c", _RUN],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "SCRUBBER_CACHE_DIR": str(tmp_path)},
        ).stdout
        for _ in range(2)
    ]
    told = "[('Élan', 'É'), ('7', None), ('ab', 'a')] {}\n<É> <> <a> lan\nxy!\n"
    assert said == [told.format(True), told.format(False)]


def test_flags_are_those_of_regex() -> None:
    ours = patterns.IGNORECASE, patterns.MULTILINE, patterns.VERBOSE
    assert ours == (regex.IGNORECASE, regex.MULTILINE, regex.VERBOSE)
