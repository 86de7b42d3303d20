"""Codes of languages, as settings give them."""

from __future__ import annotations

_TWO = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu
    hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb
    lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om
    or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
"""ISO 639-1, as iso-codes 4.15 lists it."""


def is_code(code: str) -> bool:
    """Return whether a language has this code: two letters where it has such, else three.

    Those of two letters are known without langcodes, which takes 50 ms to load.

    >>> is_code("ja"), is_code("hsb"), is_code("eng"), is_code("xx")
    (True, True, False, False)
    """
    return code in _TWO or (len(code) == 3 and code.islower() and nearest(code) == code)


def nearest(code: str) -> str | None:
    """Return the code that was meant; None where none is near.

    >>> nearest("deu"), nearest("pt-BR"), nearest("english")
    ('de', 'pt', None)
    """
    import langcodes

    try:
        found = langcodes.get(code)
    except ValueError:
        return None
    return found.language if found.is_valid() else None
