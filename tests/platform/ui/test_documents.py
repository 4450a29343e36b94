"""Ink on paper: what numbers, units of measure and scales are written with is drawn, not only in the text layer."""

import io
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from fourfold.engine.score import SCALES
from fourfold.platform.ui.documents import inked, pdf_of
from fourfold.platform.ui.numbers import unit_label
from fourfold.platform.ui.region import REGIONS

EXAMPLES = Path(__file__).parents[3] / "examples"
UNIT_OF_MEASURE = re.compile(r"""unit_of_measure:\s*["']?([^"'\s#,}]+)""")
PAIR = re.compile(r"<([0-9a-f]+)> <([0-9a-f]+)>")


def signs_of_examples() -> str:
    files = EXAMPLES.rglob("*.yaml")
    return "".join(unit_label(found) for file in files for found in UNIT_OF_MEASURE.findall(file.read_text()))


def signs_of_numbers() -> str:
    return "".join(region.written("-1,234,567.89") for region in REGIONS.values()) + "−+–%‰€$£ "


def signs_of_scales() -> str:
    return "".join(scale.sentence for scale in SCALES.values())


def drawn(document: bytes) -> set[str]:
    """The signs that have an outline in the font of the document that is asked for them."""
    found = set()
    for page in PdfReader(io.BytesIO(document)).pages:
        for font in page["/Resources"]["/Font"].values():
            found |= drawn_by(font.get_object())
    return found


def drawn_by(font) -> set[str]:
    described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    (name,) = (each for each in described if each.startswith("/FontFile"))
    outlines = TTFont(io.BytesIO(described[name].get_object().get_data()))
    names, glyphs = outlines.getGlyphOrder(), outlines.getGlyphSet()
    pairs = PAIR.findall(font["/ToUnicode"].get_object().get_data().decode())
    return {
        bytes.fromhex(sign).decode("utf-16-be")
        for glyph, sign in pairs
        if int(glyph, 16) < len(names) and has_outline(glyphs[names[int(glyph, 16)]], glyphs)
    }


def has_outline(glyph, glyphs) -> bool:
    from fontTools.pens.boundsPen import BoundsPen

    pen = BoundsPen(glyphs)
    glyph.draw(pen)
    return pen.bounds is not None


def sheet(signs: str, *, weight: int = 400) -> bytes:
    style = render_to_string("ui/paper.css")
    return pdf_of(
        f'<html lang="en"><title>T</title><style>{style}p{{font-weight:{weight}}}</style><p>A{signs}</p>'
    )


SIGNS = sorted(
    set(signs_of_examples() + signs_of_numbers() + signs_of_scales() + "⅓⅔ΣΔ→≤≥×÷·“”…§")
    - set(" \u00a0\u202f\u2009")
)


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_every_sign_of_units_numbers_and_scales_is_drawn_on_paper(weight):
    assert "‰" in SIGNS
    assert "⅔" in SIGNS

    assert set(SIGNS) - drawn(sheet("".join(SIGNS), weight=weight)) == set()


def test_every_sign_is_drawn_in_a_drawing_on_paper():
    picture = inked(f'<svg viewBox="0 0 900 40"><text x="4" y="20">{"".join(SIGNS)}</text></svg>')

    assert set(SIGNS) - drawn(sheet(picture)) == set()


def test_names_in_other_alphabets_are_drawn():
    names = "Łódź Žižkov Αθήνα Київ Đặng"

    assert set(names) - {" "} - drawn(sheet(names)) == set()


def test_the_fonts_of_paper_have_names_that_no_installed_font_has():
    """Two fonts of one name become one in the file, and the second one's letters are empty (seen with Inter)."""
    style = render_to_string("ui/paper.css")

    families = re.findall(r'@font-face \{ font-family: "([^"]+)"', style)
    assert families
    assert all(family.startswith("House ") for family in families)


def test_a_drawing_brings_the_rules_it_has_use_for_and_no_others():
    gauge = inked('<svg class="gauge gauge-red"><path class="gauge-fill" d="M0 0h9"/><text>66</text></svg>')

    assert ".gauge-red .gauge-fill{" in gauge
    assert "text{font-family:" in gauge
    assert ".gauge-green" not in gauge
    assert ".timeline" not in gauge
