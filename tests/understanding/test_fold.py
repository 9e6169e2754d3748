"""Folding for search and cleaning for storage."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.understanding.fold import clean, clean_line, flat, fold

anything = st.text() | st.text(st.characters(categories=["Mn", "Cf", "Cs", "Lu", "Ll", "Nd", "Zs", "So"]))

FAMILY = "👨‍👩‍👧‍👦"
THUMB = "👍🏽"
FLAG = "🇷🇺"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ИВАН  Пётр", "иван петр"),
        ("Ёлка", "елка"),
        ("Е\u0308лка", "елка"),
        ("Мой", "мой"),
        ("и\u0306", "й"),
        ("Café", "cafe"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ＡＢＣ１２３", "abc123"),
        ("Ива\u200bн", "иван"),
        ("\u202eИван\u202c", "иван"),
        ("\ufeffИван\u00a0Петров\n", "иван петров"),
        ("a\x00b\x07c", "a b c"),
        ("\ud800x", "x"),
        ("İstanbul", "istanbul"),
        ("ﬁnance", "finance"),
        ("И́ван", "иван"),
        ("ㅤ", ""),
        ("", ""),
        ("O'Brien & Co.", "o'brien & co."),
    ],
)
def test_it_folds_what_people_do_not_tell_apart(text, folded):
    assert fold(text) == folded


@given(anything)
@example("\u0345")
@example("и\u0323\u0306")
@example("ﷺ")
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8", categories=["Lu", "Ll"])))
def test_upper_and_lower_case_fold_alike(text):
    assert fold(text.lower()) == fold(text.lower().casefold())


@given(anything)
def test_what_is_folded_can_be_stored(text):
    folded = fold(text)
    folded.encode()
    assert "\x00" not in folded
    assert folded == folded.strip()


@given(anything)
def test_a_flat_text_is_as_long_as_the_text(text):
    assert len(flat(text)) == len(text)


def test_a_flat_text_has_plain_digits_dashes_and_spaces():
    assert flat("Ё—１٢\u00a0’\u200e\n") == "е-12 ' \n"


@given(anything, st.integers(0, 50))
def test_what_is_cleaned_fits_and_can_be_stored(text, limit):
    for cleaned in (clean(text, limit), clean_line(text, limit)):
        cleaned.encode()
        assert len(cleaned) <= limit
        assert cleaned == cleaned.strip()
        assert not set(cleaned) & set("\x00\u200b\u202e\u2066\ufeff\u00ad")


@given(anything)
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text, len(text) + 1)
    assert clean(once, len(once)) == once


def test_line_breaks_stay_in_texts_and_go_from_titles():
    assert clean("  a \r\n\n\n\n b\t\n", 20) == "a\n\n b"
    assert clean_line("  a \r\n\n b\t", 20) == "a b"


@pytest.mark.parametrize("emoji", [FAMILY, THUMB, FLAG, "❤️‍🔥", "👩🏽‍🚀", "1️⃣"])
def test_an_emoji_is_kept_whole_or_not_at_all(emoji):
    text = "ab" + emoji + emoji
    assert clean(text, len(text)) == text
    for limit in range(2, len(text)):
        assert clean(text, limit) in ("ab", "ab" + emoji)


def test_an_accent_is_not_cut_from_its_letter():
    assert clean("ab\u0435\u0331", 3) == "ab"


def test_a_joiner_between_letters_is_dropped():
    assert clean("Ив\u200dан", 10) == "Иван"


def test_a_heap_of_accents_is_cut_all_the_same():
    assert clean("a" + "\u0331" * 500, 100) == "a" + "\u0331" * 99


def test_a_name_of_blanks_is_empty():
    assert clean("\u3164\u2800\u200b", 10) == ""


def test_five_thousand_emoji_are_cut_between_two():
    cleaned = clean(FAMILY * 5000, 100)
    assert cleaned == FAMILY * (100 // len(FAMILY))
