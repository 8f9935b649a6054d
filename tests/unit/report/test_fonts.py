import io

import pytest
from fontTools.ttLib import TTFont

from sim.report.fonts import embedded_font, font_file, missing_glyphs, subset_font
from sim.report.wording import LANGUAGES, wording
from sim.report.wording.catalogue import Terms


def all_words(language: str) -> str:
    words = wording(language)
    texts = list(words.sentences.values())
    for name in Terms.__dataclass_fields__:
        terms = getattr(words.terms, name)
        texts += [terms] if isinstance(terms, str) else terms.values()
    return "".join(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_has_a_glyph_for_every_character_of_the_wording(language: str) -> None:
    assert missing_glyphs(all_words(language)) == ""


def test_characters_without_a_glyph_are_named_once_in_order_and_line_breaks_are_no_glyphs() -> None:
    assert missing_glyphs("化解\n\U0001f600\u0e01纠纷\u0e01") == "\u0e01\U0001f600"


def test_the_subset_holds_the_characters_used_and_no_other_han_character() -> None:
    with TTFont(io.BytesIO(subset_font(["化解率", "95%"]))) as font:
        covered = {chr(code) for code in font.getBestCmap()}
    assert covered == set("化解率95%")


def test_the_subset_is_the_same_bytes_whatever_the_order_of_the_text_and_keeps_the_fonts_own_date() -> None:
    one, other = subset_font(["化解", "矛盾"]), subset_font(["盾矛", "解化"])
    assert one == other
    with TTFont(io.BytesIO(one)) as font, TTFont(font_file()) as whole:
        assert font["head"].modified == whole["head"].modified


def test_the_subset_keeps_copyright_and_licence() -> None:
    with TTFont(io.BytesIO(subset_font(["化"]))) as font:
        assert "SIL Open Font License" in font["name"].getDebugName(13)
        assert font["name"].getDebugName(0)


def test_the_font_is_embedded_as_data() -> None:
    assert embedded_font(["化"]).startswith("data:font/woff;base64,")
