from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The townâ€™s hall", [("townâ€™s", "town’s", "fix")]),
        ("Das KÃ¶nigshaus", [("KÃ¶nigshaus", "Königshaus", "fix")]),
        ("one\x97two", [("one\x97two", "one—two", "fix")]),
        ("HannaÂ Lund", [("HannaÂ", "Hanna", "fix")]),
        ("â€œYouâ€™ll see", [("â€œYouâ€™ll", "“You’ll", "fix")]),
        ("K├Ânig im Turm", [("K├Ânig", "König", "fix")]),
        ("donΓÇÖt go", [("donΓÇÖt", "don’t", "fix")]),
        ("caf√© noir", [("caf√©", "café", "fix")]),
        ("РџСЂРёРІРµС‚", [("РџСЂРёРІРµС‚", "Привет", "fix")]),
        ("ط§ظ„ط¨ط­ط±", [("ط§ظ„ط¨ط­ط±", "البحر", "fix")]),
        ("cafÃƒÂ© noir", [("cafÃƒÂ©", "café", "fix")]),
        ("â€œYes,â€\ufffd she said", [("â€œYes,â€\ufffd", "“Yes,”", "fix")]),
        ("la cittÃ , voilÃ  tout", [("cittÃ ,", "città,", "fix"), ("voilÃ ", "voilà", "fix")]),
        ("Er ist groĂź und das ist auch so", [("groĂź", "groß", "fix")]),
        ("don鈥檛 go", [("don鈥檛", "don’t", "fix")]),
    ],
)
def test_found(find: Find, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "“Ça va?”, fragte Zoë – ‘naïve’ as ever…",
        "ﬁnding １２ ＡＢ e\u0301 \u00a0 \u2028 \u00ad &amp; <b>",
        "São Tomé, Łódź, Đà Nẵng, Ærø, Œuvre, crème brûlée",
        "Кошка, 港口, ポート, مرفأ",
        "a cell of 1520 Å³ at 2.1 Å± and 4×Ø12 mm, Ø±0.1, and the estimator Â²",
        "O jornal “A MANHÔ e a «CAMPEû, a revista IRMî",
        'half broken: grainÃ"',
        "├── src\n│   └── états\n╔═══╗\n║ é ║\n╚═══╝",
        "CAFÉ® und NESTLÉ™, 2√π und √π, “École”, l’été",
        "НАТО» и СССР»; Ні, Її, Вік; И № 5",
        "سگ، تک، شک و محيط، گاه",
        "Ã difficile, ma bello",
        "Â íåì è íà÷àëå, ðàññêàç",
        "T恤, 卡拉OK, 茅台",
        "Человек - эХо звучит гордо!",
        "la noche\x91lado",
        "la funzionalità² di cui, e à² qui",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []


def test_a_text_about_encodings_is_offered_only(find: Find) -> None:
    assert find("Read as UTF-8, worldâ€™s is what you see")[0][2] == "suggest"


def test_a_long_line_takes_linear_time(find: Find) -> None:
    """4.6 KB took 17 s when the characters of a line were aligned."""
    assert len(find("townâ€™s " * 5000)) == 5000
