"""Words made of known ones with an ending or a prefix: in no list, and words all the same."""

from __future__ import annotations

from scrubber import lexicon

ENDINGS = {
    "en": (
        "s es er ers ing ed ly ness less able ably like ism ist ists al ally ish y ic ment wise"
        " ship ity isation ization ise ize ised ized ation ful hood dom ward wards est ous ette"
        " ian ling man men ies ability ification"
    ).split(),
    "de": (
        "s e n en er es em d de den der des dem t te ten ter tes tem test st ste sten ster stes"
        " ung ungen lich liche lichen licher liches ig ige igen iger iges isch ische ischen heit"
        " keit bar los chen innen in"
    ).split(),
}
_OTHER_SUFFIXES = "s e n en er es".split()
PREFIXES = {
    "en": "un re non anti pre over under out mis dis inter sub super co micro multi semi".split(),
    "de": (
        "un ab an auf aus bei durch ein her hin mit nach über um unter ver vor weg weiter wieder zu"
        " zurück zusammen be ent er ge miss los"
    ).split(),
    "nl": "aan af be door in mee na om onder on ont op over toe uit ver voor weg".split(),
    "es": "anti auto contra des entre extra pre re sobre sub super".split(),
    "pt": "anti auto contra des entre extra pre re sobre sub super".split(),
    "it": "anti auto contro dis in pre ri sopra sotto sub super".split(),
    "fr": "anti auto contre dé entre in pré re sous sub sur".split(),
    "pl": "do na nad nie od po pod prze przed przy roz u w wy z za".split(),
    "ru": "без в вы до за из на не о об от пере по под при про раз с со у".split(),
}


def is_derived(whole: str, code: str) -> bool:
    """Whether a word is a known one with an ending or a prefix that words are made with."""

    def known(stem: str) -> bool:
        if len(stem) < 3 or (code != "en" and len(stem) < 4):
            return False
        if code == "en" and len(stem) < 5:
            return lexicon.zipf(stem, code) >= 3.5
        return lexicon.is_word(stem, code)

    for ending in ENDINGS.get(code, _OTHER_SUFFIXES):
        stem = whole.removesuffix(ending)
        if stem != whole and (known(stem) or known(stem + "e") or known(stem[:-1] + "y")):
            return True
    for prefix in PREFIXES.get(code, ()):
        rest = whole.removeprefix(prefix)
        if rest != whole and (known(rest) or (code == "de" and known(rest.removeprefix("zu")))):
            return True
    return False
