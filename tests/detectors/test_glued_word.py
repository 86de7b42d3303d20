from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from finding import Find

from scrubber.detectors.glued_word import find as detect
from scrubber.model import Document

PLAIN = "It was the talk of the town, and she heard it from the baker. "
SEAMS = "She gave themthe keys ofthe old house andwent to the harbour with hersister. "
ALL: dict[str, Any] = {
    "forms": ["lower", "capital", "upper", "digit"],
    "fix": 2.5,
    "alone": 0.0,
    "suggest": -0.5,
}


@pytest.mark.parametrize(
    ("text", "found", "proposal"),
    [
        ("The mayor left the roomAnd the vote failed.", "roomAnd", "room and"),
        ("It was the gameWhich she lost.", "gameWhich", "game, which"),
        ("It was the end of the roadHe had paid for.", "roadHe", "road. He"),
        ("It was the work of Choe Dae-haWho had left.", "Dae-haWho", "Dae-ha, who"),
        ("They met in the park nearTo the lake.", "nearTo", "near to"),
        ("A tower in the north ofSpain was sold.", "ofSpain", "of Spain"),
        ("It was the sailorswho had left.", "sailorswho", "sailors who"),
        ("The sailorsand their wives left.", "sailorsand", "sailors and"),
        ("That was the bridgebut not the road.", "bridgebut", "bridge, but"),
        ("She gave himthe half ofa loaf.", "himthe", "him the"),
        ("They met inthe park.", "inthe", "in the"),
        ("It came from thecaptain of it.", "thecaptain", "the captain"),
        ("The state of Norwaywhich is long.", "Norwaywhich", "Norway, which"),
        ("It was built in 1997by the sisters.", "1997by", "1997 by"),
        ("The offices of theUN are in Geneva.", "theUN", "the UN"),
        ("The ships of the NATOhave left the port.", "NATOhave", "NATO have"),
        ("See the list of CP437but not of it.", "CP437but", "CP437, but"),
        ("She had left the iPhoneBut not the house.", "iPhoneBut", "iPhone, but"),
        ("It was the work of theYouTube of old.", "theYouTube", "the YouTube"),
    ],
)
def test_found(find: Find, text: str, found: str, proposal: str) -> None:
    assert find(PLAIN + text, **ALL)[0][:2] == (found, proposal)


@pytest.mark.parametrize(
    ("text", "found", "proposal"),
    [
        ("Der Hafen war lange leer, und die Bootewaren weg.", "Bootewaren", "Boote waren"),
        ("Le port était vide et les bateauxétaient loin.", "bateauxétaient", "bateaux étaient"),
        ("El puerto estaba vacío y los barcosestaban lejos.", "barcosestaban", "barcos estaban"),
        ("Il porto della città era vuoto e le barcheerano via.", "barcheerano", "barche erano"),
        ("O porto estava vazio e os barcosestavam longe.", "barcosestavam", "barcos estavam"),
        ("Порт был пуст, и корабликоторые ушли, далеко.", "корабликоторые", "корабли, которые"),
    ],
)
def test_other_languages(find: Find, text: str, found: str, proposal: str) -> None:
    assert (found, proposal) in [row[:2] for row in find(text, **ALL)]


@pytest.mark.parametrize(
    "text",
    [
        "He said that McDonald and DeSantis met O’Brien in the house.",
        "The iPhone, the eBook and the macOS of the firm.",
        "It was LinkedIn and not FedEx that the firm was sold to.",
        "He was paid in the office by the kWh for the mRNA.",
        "See config.allowAll and $theName and the_allIn of the file.",
        "Call theName() in the file.",
        'The "StringLike": key and the “ReadOnly” mark of the file.',
        "The deGrasse and duPont houses of the town.",
        "Wherein, inasmuch and thereof were forthwith hitherto withstood.",
        "The nation of forty thousand understands the hundred sections.",
        "Marchand, Copeland and Rowland of Portland met Hofmann in Houston.",
        "He read about_the_and the fooand() of it.",
        "“[d]isagreements about it” and the [c]onfiguration, he was wooin' them.",
        "The pre-\ntocompletes of the town.",
        "The functions isdigit, toupper and atexit are in the library.",
        "The 1990s, the 5kg bag, the 3D hall, the 4in pipe and the 2000m race.",
        "#2019and $2019and -2019and /2019and are in the code.",
        "See [the page]: #static-method-bufferfrom-the-string and #method-ofthe-a-b.",
        "Der Donaudampfschifffahrtskapitän und die Straßenverkehrsordnung sind nicht da.",
        "The call of splitAndTransferTo on it, the gYearMonth of it, the wideAreaLinkUp of it.",
        "The ports of the SMBus and of the LEDbar are open to the call.",
        "It is the same as aPacketsCarriedOK of it, or as getHarbourAddress in the house.",
        "The value of page_andnot_ro and of page_ofthe_ro in the house.",
        "It was 10.8で and 1997でした in the house.",
        "The usedforsecurity of the call.",
        "Il l’a dit aujourd’hui, et c’est l’école qu’il n’a pas vue dans la ville.",
    ],
)
def test_nothing_unattended(find: Find, text: str) -> None:
    assert [row for row in find(PLAIN + text, **ALL) if row[2] == "fix"] == []


def test_an_unknown_language_is_left_alone(find: Find) -> None:
    assert find("Xyzzy plughBut quux.", **ALL) == []


def test_several_cuts_of_one_token_do_not_overlap(find: Find) -> None:
    assert [row[:2] for row in find(PLAIN + "He sat at the sideofthe road.", **ALL)] == [
        ("sideof", "side of"),
        ("the", " the"),
    ]


def test_other_seams_vouch_for_a_likely_one() -> None:
    """The same words: offered in a clean text, repaired in one that is full of seams."""
    likely = "The children wereangry at last."
    alone = [m for m in detect(Document(PLAIN * 3 + likely), **ALL) if "angry" in m.message]
    vouched = [m for m in detect(Document(SEAMS * 3 + likely), **ALL) if "angry" in m.message]
    assert [m.action for m in vouched] == ["fix"]
    assert "more such places in the text" in vouched[0].message
    assert "more such places in the text" not in alone[0].message


def test_word_frequencies_wait_behind_the_list_of_words() -> None:
    """A clean text never asks wordfreq: that is most of a small file's time."""
    code = (
        "import sys; from scrubber import packs, engine; from scrubber.model import Document;"
        "engine.settle(Document('The ferry to Boston leaves at nine, and the nation understands. '"
        "'Austin and Houston were also there in September.'), packs.built_in().rules);"
        "from scrubber import frequencies;"
        "sys.exit('ftfy' in sys.modules or frequencies._table.cache_info().misses)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        "She thanks:\n\n* Sara Meadows\n* lovethelantern\n* harbourmaster\n",
        "She thanks:\n\n* Sara Meadows\n* Llandy Riveron Del Paso\n",
        "The group of the town has security rules: town.db.models.securitygroup.SecurityGroup",
        "You canNOT leave the town by the gate.",
    ],
)
def test_a_list_of_names_and_a_path_are_no_sentence(find: Find, text: str) -> None:
    assert [row for row in find(text, **ALL) if row[2] == "fix"] == []
