"""Regenerate the word lists of this folder from the packages they come from.

    pip install babel countryinfo names faker
    apt-get install scowl
    python rules/words/make.py

Writes territories.txt, cities.txt, demonyms.txt, first-names.txt and
english-words.txt next to this file. camel-names.txt is written by hand.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import countryinfo
import faker.providers.person as faker_person
import names
from babel import Locale
from babel.core import get_global

HERE = Path(__file__).parent
SCOWL = Path("/usr/share/dict/scowl")
SCOWL_SIZE = 70  # the largest SCOWL tier read; 80 adds mostly crossword words

# Not places: groupings, pseudo-locales, "unknown".
NOT_TERRITORIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

# CLDR's short and variant English forms (alt="short", alt="variant"), which Babel leaves
# out of its data; and a few everyday short forms. Typed by hand.
TERRITORY_VARIANTS = """
Bosnia|Burma|Cabo Verde|Chagos Archipelago|Congo|Czech Republic|Democratic Republic of Congo|
Democratic Republic of the Congo|East Timor|Great Britain|Hong Kong|Ivory Coast|Macao|Macau|
Macedonia|Myanmar|Palestine|Republic of the Congo|Swaziland|Turkey|United States of America
"""

# Time zones named after something that is no town, or is a plain English word on its own.
NOT_CITIES = {
    "Easter", "Christmas", "Cocos", "Wake", "Center", "Oral", "Resolute", "Norfolk",
    "Unknown City", "The Bottom", "The Valley", "Jan Mayen", "Canary", "Faroe", "Reunion",
    "Comoro", "Cayman", "Pitcairn", "Vatican",
    "Wallis", "Lord Howe", "Curacao", "Macquarie", "St Barthelemy", "St Helena", "St Kitts",
    "St Lucia", "St Vincent", "City of San Marino", "City of Victoria", "Vatican City State",
    "Christmas Island", "Cocos Islands", "Norfolk Island",
}  # fmt: skip
EXTRA_CITIES = "Astana|Kiev|Reykjavík|Washington|Washington, D.C."

# countryinfo gives one word a country, sometimes a dated one; these are added by hand.
EXTRA_DEMONYMS = """
Afghani|African|Antiguan|Arab|Argentine|Argentinian|Asian|Azeri|Bangladeshi|Barbudan|Basque|
Beninese|Bosnian|Breton|Briton|Burkinabé|Cape Verdean|Catalan|Caucasian|Chechen|Cornish|
Corsican|Croat|Czechoslovak|Dane|Ecuadorian|Emirati|English|Eurasian|European|Finn|Flemish|
Frisian|Galician|Greenlander|Guadeloupean|Herzegovinian|Hispanic|Hong Konger|Icelandic|
Kazakh|Korean|Kosovan|Kosovar|Kurd|Kurdish|Kyrgyz|Latin American|Latino|Luxembourgish|
Maldivian|Maori|Martinican|Monacan|Motswana|Nevisian|Kittitian|North American|North Macedonian|
Northern Irish|Pole|Polynesian|Roma|Sami|Sardinian|Saudi|Scandinavian|Scot|Scots|Scottish|Serb|
Sicilian|Slav|Slavic|Slovenian|South American|Soviet|Spaniard|Surinamese|Swede|Tajik|Tamil|
Tatar|Tibetan|Tobagonian|Turk|Uighur|Uyghur|Uzbek|Vincentian|Walloon|Welsh|West Indian|
Yugoslav|Zimbabwean
"""

# faker locales that are not read: word-like or unsorted lists, or no given names by gender.
SKIP_LOCALES = {"id_ID", "sw"}
MAJORITY = 6  # faker locales for the one gender per locale for the other
RATIO = 10  # census frequency of the one gender to the other
BULK = 0.003  # census frequency (per cent) a name in one list only needs without faker
NOT_NAMES = {
    "Ah", "An", "Can", "Do", "Her", "His", "In", "Jc", "Long", "Manual", "My", "Ok", "See", "She",
    "So", "The", "Till", "Us", "Wm", "You", "General", "Governor", "Council", "Lawyer", "Marry",
    "Doctor", "Colonel", "Captain", "Judge", "Author", "Major", "Sunday", "Press", "Saint", "Soon",
    "Christ", "Muslim", "Nazi", "Hence", "Server", "Wash", "Worth", "Case", "Lot", "Price", "Peer",
    "Unknown", "Infant", "Male", "Female", "Baby", "Notnamed", "Boy", "Girl",
}  # fmt: skip
COMMON_SIZE = 35  # an English word this common needs the census or two faker locales
# Clear in one language, the other gender in the next.
UNCLEAR = {
    "Andrea", "Daniele", "Dominique", "Gabriele", "Jan", "Jean", "Joan", "Kim", "Laurence",
    "Luka", "Michele", "Nicola", "Nikita", "Robin", "Sacha", "Sascha", "Sasha", "Simone", "Valery",
}  # fmt: skip

SHORT_SIZE = 60  # rarer short words are mostly abbreviations

MIT = "MIT ({holder}); text in README.md"
CLDR = "CLDR data in Babel {v}; Unicode-3.0 (LICENSE.unicode)"
SCOWL_NOTICE = """Copyright 2000-2011 by Kevin Atkinson
Permission to use, copy, modify, distribute and sell these word lists, the associated
scripts, the output created from the scripts, and its documentation for any purpose is
hereby granted without fee, provided that the above copyright notice appears in all copies
and that both that copyright notice and this permission notice appear in supporting
documentation. Kevin Atkinson makes no representations about the suitability of this array
for any purpose. It is provided "as is" without express or implied warranty."""


def write(name: str, header: str, entries: set[str]) -> None:
    """Write one list: commented header, then the entries, sorted."""
    lines = [f"# {line}".rstrip() for line in header.splitlines()]
    text = "\n".join(lines + sorted(entries)) + "\n"
    (HERE / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(entries)} entries, {len(text.encode())} bytes")


def listed(text: str) -> set[str]:
    """Entries of a hand-written `a|b|c` block."""
    return {entry.strip() for entry in text.split("|") if entry.strip()}


def both_apostrophes(entries: set[str]) -> set[str]:
    """Add the typewriter and the typographic apostrophe form of each entry."""
    return {form for e in entries for form in (e.replace("’", "'"), e.replace("'", "’"))}


def prose_forms(name: str) -> set[str]:
    """A CLDR territory name as it is written in running text."""
    name = re.sub(r" SAR China$", "", name)
    name = re.sub(r"\s*\([^)]*\)", "", name)
    name = name.replace(" & ", " and ").replace(" - ", "-")
    forms = {name}
    if "St. " in name or "St " in name:
        forms |= {re.sub(r"\bSt\.? ", to, name) for to in ("St. ", "St ", "Saint ")}
    if name.startswith("U.S. "):
        forms |= {name.replace("U.S. ", "US ")}
    forms |= {f.replace("Vincent and Gren", "Vincent and the Gren") for f in forms}
    return forms


def territories() -> set[str]:
    """English names of countries and territories."""
    found = listed(TERRITORY_VARIANTS)
    for locale in ("en", "en_GB"):
        for code, name in Locale.parse(locale).territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in NOT_TERRITORIES:
                found |= prose_forms(name)
    return both_apostrophes(found)


def country_records() -> list[dict]:
    """All of countryinfo's records, those without an ISO code too."""
    folder = Path(countryinfo.__file__).parent
    return [json.loads(p.read_text("utf-8")) for p in sorted(folder.glob("data*/*.json"))]


def capitals() -> set[str]:
    """English names of capitals."""
    found: set[str] = set()
    for record in country_records():
        capital = record.get("capital") or []
        for entry in [capital] if isinstance(capital, str) else capital:
            found.update(entry.split(" / "))
    return {c for c in found if not re.search(r" ([Ii]slands?|Atoll|Strip)$", c)}


def zone_cities() -> set[str]:
    """English names of the cities CLDR names time zones after."""
    named = Locale.parse("en").time_zones
    zones = set(get_global("zone_territories")) | set(named)
    found: set[str] = set()
    for zone in zones:
        if zone.startswith(("Etc/", "Antarctica/")):
            continue
        plain = zone.split("/")[-1].replace("_", " ")
        city = named.get(zone, {}).get("city")
        found.add(city.split(",")[0] if city else plain)
    return found


def cities(known: set[str]) -> set[str]:
    """Capitals and exemplar cities that are not territories (`known`)."""
    found = capitals() | zone_cities() | listed(EXTRA_CITIES)
    found |= {re.sub("^(St\\.|Saint) ", to, c) for c in found for to in ("St. ", "Saint ")}
    return {
        c
        for c in both_apostrophes(found)
        if c not in known | NOT_CITIES and not re.fullmatch("[A-Z0-9+-]*", c)
    }


def demonyms(known: set[str]) -> set[str]:
    """Nationality words, without countries (`known`) given in place of one."""
    found = listed(EXTRA_DEMONYMS)
    for record in country_records():
        found.update(re.split("[,/]", record.get("demonym") or ""))
    found = {d.strip() for d in found}
    return {d for d in found if d and d not in known and not re.search("^Heard|^South Geo", d)}


def census() -> dict[str, dict[str, float]]:
    """US census first names: name -> {"f": per cent, "m": per cent}."""
    found: dict[str, dict[str, float]] = {}
    for gender, file in (("f", "dist.female.first"), ("m", "dist.male.first")):
        text = (Path(names.__file__).parent / file).read_text("ascii")
        for row in text.splitlines():
            name, share, *_ = row.split()
            found.setdefault(name.title(), {})[gender] = float(share)
    return found


# Russian letters as English-language newspapers write them.
RUSSIAN = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
    | {"ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)


def latin(name: str, locale: str) -> set[str]:
    """A name in Latin letters: Russian is transliterated, other scripts are dropped."""
    if locale == "ru_RU":
        low = re.sub("ий$", "ы", name.lower())
        low = re.sub("(?<=[ьаеиоу])е", "ye", low)
        plain = low.translate(RUSSIAN)
        alike = {plain, plain.replace("ks", "x"), re.sub("(?<=[aeo])y$", "i", plain)}
        return {name.title() for name in alike}
    part = "[A-ZÀ-ÞĀ-Ž][a-zß-ɏ'’]+"
    return {name} if re.fullmatch(f"{part}(-{part})?", name) else set()


def faker_names() -> dict[str, Counter[str]]:
    """Faker's first names: name -> number of locales that give it as "f" and as "m"."""
    found: dict[str, Counter[str]] = {}
    for module in pkgutil.iter_modules(faker_person.__path__):
        if module.name in SKIP_LOCALES:
            continue
        provider = importlib.import_module(f"{faker_person.__name__}.{module.name}").Provider
        for gender, attr in (("f", "first_names_female"), ("m", "first_names_male")):
            listed_names = set(getattr(provider, attr, ()))
            for name in {n for raw in listed_names for n in latin(raw, module.name)}:
                found.setdefault(name, Counter())[gender] += 1
    return found


def clear_gender(f: float, m: float, ratio: float) -> str:
    """Say which outweighs the other `ratio` times, "f" or "m"; "" if neither does."""
    return "f" if f >= m * ratio else "m" if m >= f * ratio else ""


def scowl_words(size: int, *kinds: str) -> set[str]:
    """Words of SCOWL, or those of other kinds: all spellings, tiers up to `size`."""
    files = [
        f
        for kind in kinds or ("words",)
        for f in SCOWL.glob(f"*-{kind}.*")
        if int(f.suffix[1:]) <= size and not re.search("variant_[23]", f.name)
    ]
    if not files:
        sys.exit(f"No SCOWL lists in {SCOWL}: run `apt-get install scowl` and start again.")
    return {w for f in files for w in f.read_text("latin-1").split()}


def first_names() -> set[str]:
    """`Name<TAB>f` or `Name<TAB>m` for the names both sources agree on."""
    us, other, common = census(), faker_names(), scowl_words(COMMON_SIZE)
    found: set[str] = set()
    for name in (us.keys() | other.keys()) - NOT_NAMES - UNCLEAR:
        verdicts: set[str] = set()
        if name in us:
            shares = us[name]
            verdicts.add(clear_gender(shares.get("f", 0), shares.get("m", 0), RATIO))
        if name in other:
            verdicts.add(clear_gender(other[name]["f"], other[name]["m"], MAJORITY))
        elif len(us[name]) == 1 and max(us[name].values()) < BULK:
            continue
        if name not in us and name.lower() in common and other[name].total() < 2:
            continue
        if len(verdicts) == 1 and "" not in verdicts:
            found.add(f"{name}\t{verdicts.pop()}")
    return found


def english_words() -> set[str]:
    """Words and proper names of four letters or more; shorter ones are looked up by frequency."""
    names = {w.lower() for w in scowl_words(SCOWL_SIZE, "upper", "proper-names")}
    return {w for w in scowl_words(SCOWL_SIZE) | names if re.fullmatch("[a-z]{4,}", w)}


def short_words() -> set[str]:
    """Words of two and three letters: what is as short and none of them may be half a word."""
    return {w for w in scowl_words(SHORT_SIZE) if re.fullmatch("[a-z]{2,3}", w)}


def main() -> None:
    """Write the six generated lists."""
    cldr = CLDR.format(v=version("babel"))
    country_mit = MIT.format(holder="Copyright (c) 2018 Porimol Chandro")
    origin = f"countryinfo {version('countryinfo')}, data/*.json"
    places = territories()
    write(
        "territories.txt",
        "English names of countries and territories, as written in prose.\n"
        "Made by make.py: territories(); do not edit.\n"
        "Origin: babel.Locale('en' and 'en_GB').territories, plus CLDR's short and variant\n"
        "forms, typed by hand (TERRITORY_VARIANTS in make.py).\n"
        f"Licence: {cldr}",
        places,
    )
    write(
        "cities.txt",
        "English names of capitals and of the cities time zones are named after.\n"
        "Made by make.py: cities(); do not edit.\n"
        f'Origin: {origin} ("capital"), and\n'
        "babel.Locale('en').time_zones with the zone ids of babel.core.get_global.\n"
        f"Licence: capitals: {country_mit}.\n"
        f"Time-zone cities: {cldr}",
        cities(places),
    )
    write(
        "demonyms.txt",
        "English nationality words.\n"
        "Made by make.py: demonyms(); do not edit.\n"
        f'Origin: {origin} ("demonym"),\n'
        "plus words typed by hand for scrubber (EXTRA_DEMONYMS in make.py).\n"
        f"Licence: {country_mit};\nthe additions: Apache-2.0.",
        demonyms(places),
    )
    write(
        "first-names.txt",
        "Given names with a clear gender: Name, tab, f or m.\n"
        "Made by make.py: first_names(); do not edit.\n"
        f"Origin: names {version('names')}, dist.female.first and dist.male.first\n"
        "(1990 US census, with frequencies); "
        f"faker {version('faker')}, providers/person/*,\n"
        "first_names_female and first_names_male. Names they disagree on are left out, and so\n"
        "are English words (SCOWL, size 35) that only one faker locale gives as a name.\n"
        "Licence: census data: public domain; names:\n"
        f"{MIT.format(holder='Copyright (c) 2013 Trey Hunner')};\n"
        f"faker: {MIT.format(holder='Copyright (c) 2012 Daniele Faraglia')}.",
        first_names(),
    )
    write(
        "english-words.txt",
        "English words and names: what is none of them may be two words run together. All in\n"
        "lower case, four letters or more.\n"
        "Made by make.py: english_words(); do not edit.\n"
        "Origin: SCOWL 2020.12.07 (Debian package scowl), *-words.*, *-upper.* and\n"
        f"*-proper-names.* up to size {SCOWL_SIZE}, with the first variant spellings.\n"
        "Licence: SCOWL's own notice (its sources' notices: LICENSE.scowl):\n" + SCOWL_NOTICE,
        english_words(),
    )
    write(
        "short-words.txt",
        "English words of two and three letters, so that a text that holds others is looked at\n"
        "for broken words. Lower case. Made by make.py: short_words(); do not edit.\n"
        f"Origin: SCOWL 2020.12.07 (Debian package scowl), *-words.* up to size {SHORT_SIZE},\n"
        "American, British, Canadian and Australian, with the first variant spellings.\n"
        "Licence: SCOWL's own notice (its sources' notices: LICENSE.scowl):\n" + SCOWL_NOTICE,
        short_words(),
    )


if __name__ == "__main__":
    main()
