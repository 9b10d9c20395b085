"""What is compared of handles and names. All people are invented."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.identity import folded_handle, folded_name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Imke.Dorsman_99", "imkedorsman"),
        ("imke-dorsman", "imkedorsman"),
        ("Søren_Ærø", "sorenaero"),
        ("Łukasz.Żółć", "lukaszzolc"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("İmke", "imke"),
        ("１２３", "123"),
        ("2010", "2010"),
        ("x99", "x99"),
        ("ab12", "ab12"),
        ("abc12", "abc"),
        ("a1b2c3", "a1b2c"),
        ("a1b2c4d5", "a1b2c4d"),
        ("99imke", "99imke"),
        ("m1kkel", "m1kkel"),
        ("Имке_Дорсман", "имкедорсман"),
        ("Лаrs", "лаrs"),
        ("李小龙88", "李小龙"),
        ("李明88", "李明88"),
        ("が", "が"),
        ("__", "__"),
        ("", ""),
    ],
)
def test_a_handle_folds_to_its_letters(name: str, folded: str) -> None:
    assert folded_handle(name) == folded


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("  Imke   DORSMAN ", "imke dorsman"),
        ("🌸 Imke 🌸 Dorsman ✨", "imke dorsman"),
        ("Imke|Music", "imke music"),
        ("O’Brien", "obrien"),
        ("Jan v.d. Berg", "jan vd berg"),
        ("Anne-Marie", "anne marie"),
        ("𝓘𝓶𝓴𝓮 Ⓓⓞⓡⓢⓜⓐⓝ", "imke dorsman"),
        ("Imke™", "imke"),
        ("Zoë Müller", "zoe muller"),
        ("Алёна", "алена"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("हिन्दी", "हिन्दी"),
        ("🦄👩‍🎤❤️", ""),
        ("\u200b", ""),
        ("", ""),
    ],
)
def test_a_name_folds_to_its_words(name: str, folded: str) -> None:
    assert folded_name(name) == unicodedata.normalize("NFC", folded)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded_handle(folded_handle(text)) == folded_handle(text)
    assert folded_name(folded_name(text)) == folded_name(text)
