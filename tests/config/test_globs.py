from __future__ import annotations

import pytest

from scrubber.config.globs import GlobError, fits, pattern

FITS = [
    ("kept", "kept kept/a.md a/kept a/kept/b/c.md", "kept.md akept unkept/a"),
    ("*.md", "a.md b/c/a.md x.md/a.txt", "a.mdx a.md5"),
    ("kept/", "kept/a a/kept/b", "kept a/kept"),
    ("/kept", "kept kept/a", "a/kept"),
    ("./kept", "kept kept/a", "a/kept"),
    ("docs/*.md", "docs/a.md docs/.md", "docs/a/b.md a/docs/b.md docs"),
    ("docs/*", "docs/a.md docs/a/b/c.md", "docs a/docs/b"),
    ("docs/**", "docs/a docs/a/b docs/", "docs docsa a/docs/b"),
    ("**/docs/*.md", "docs/a.md a/b/docs/c.md", "docs/a/b.md"),
    ("a/**/z", "a/z a/b/z a/b/c/z a/b/z/y", "a/bz az"),
    ("**", "a a/b", ""),
    ("a?c", "abc x/abc", "ac a/c abbc"),
    ("[ab].md", "a.md b.md", "c.md ab.md"),
    ("[!ab].md", "c.md", "a.md"),
    ("[]].md", "].md", "a.md"),
    ("[a", "[a", "a"),
    ("*.{md,rst}", "a.md b/c.rst", "a.txt a.{md"),
    ("{a,b*}/c", "a/c b/c bcd/c", "c/c ab/c/d{"),
    ("a.c (1)+", "a.c (1)+", "abc (1)+"),
    ("über/*", "über/a", "uber/a"),
]


@pytest.mark.parametrize(("glob", "inside", "outside"), FITS, ids=[glob for glob, *_ in FITS])
def test_what_a_glob_fits(glob: str, inside: str, outside: str) -> None:
    parts = "(1)+" in glob  # the only names with a blank
    for path in [inside] if parts else inside.split():
        assert fits((glob,), path), path
    for path in [outside] if parts else outside.split():
        assert not fits((glob,), path), path


@pytest.mark.parametrize("glob", ["", ".", "/", "./", "..", "../a", "a/../b", "!a", "[z-a]"])
def test_what_is_no_glob(glob: str) -> None:
    with pytest.raises(GlobError):
        pattern(glob)
