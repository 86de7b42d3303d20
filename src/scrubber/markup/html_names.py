"""What the elements of HTML are to a reader of prose."""

from __future__ import annotations

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite data dfn em font i ins label mark nobr q rb ruby small span "
    "strong time u picture map".split()
)
"""Elements within a sentence, not seen in its prose. All others part it."""

BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div "
    "dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header "
    "hgroup hr html legend li link main menu meta nav ol optgroup option p param search section "
    "source summary table tbody td tfoot th thead title tr track ul base basefont bgsound "
    "area".split()
)
"""Elements that end what stands before them, and what stands in them."""

CODE = frozenset("code kbd pre samp tt var listing plaintext xmp".split())
"""Elements whose content is left alone, and tells what is a name."""

HOLES = CODE | frozenset(
    "applet audio button canvas datalist del embed iframe math noembed noframes noscript object "
    "output progress meter rp rt s script select strike style sub sup svg template textarea "
    "video".split()
)
"""Elements whose content is left alone. Footnote marks and formulas are in `sub` and `sup`; what
is struck out (`del`, `s`) is no longer said."""

UNSEEN = frozenset("script style template noscript noframes noembed datalist".split())
"""Holes that show nothing."""

APART = frozenset(
    "pre listing plaintext xmp applet audio canvas iframe object textarea video".split()
)
"""Holes that stand as a block of their own."""

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
    "track wbr".split()
)
"""Elements without content."""

FOREIGN = frozenset({"svg", "math"})

NOT_PROSE = frozenset(
    "notranslate highlight codehilite hljs prettyprint sourcecode literal literal-block code "
    "programlisting screen synopsis sig descname descclassname math mathjax katex mathjax_display "
    "headerlink CodeMirror blob-code line-numbers linenos".lower().split()
)
"""Classes of elements whose content is left alone: code, signatures, formulas."""
