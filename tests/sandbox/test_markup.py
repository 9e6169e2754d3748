"""HTML as Telegram reads it: entities with UTF-16 offsets, and its words for what does not parse."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import ApiError
from sandbox.markup import parse_html
from sandbox.text import FormattedText, clean, trimmed, utf16_length, with_found_entities


def spans(source):
    parsed = parse_html(source)
    units = parsed.text.encode("utf-16-le")
    return [
        (e["type"], units[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le"))
        for e in parsed.entities
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>a</b><strong>b</strong>", [("bold", "a"), ("bold", "b")]),
        ("<i>a</i><em>b</em>", [("italic", "a"), ("italic", "b")]),
        ("<u>a</u><ins>b</ins>", [("underline", "a"), ("underline", "b")]),
        ("<s>a</s><strike>b</strike><del>c</del>", [(("strikethrough"), x) for x in "abc"]),
        ("<tg-spoiler>a</tg-spoiler>", [("spoiler", "a")]),
        ('<span class="tg-spoiler">a</span>', [("spoiler", "a")]),
        ("<blockquote>a</blockquote>", [("blockquote", "a")]),
        ("<blockquote expandable>a</blockquote>", [("expandable_blockquote", "a")]),
        ("<code>a</code>", [("code", "a")]),
        ("<pre>a</pre>", [("pre", "a")]),
        ("😀<b>🇷🇺 x</b>", [("bold", "🇷🇺 x")]),
        ("<b>1<i>2</i>3</b>", [("bold", "123"), ("italic", "2")]),
        ("<b></b>x", []),
        ("<B>x</b >", [("bold", "x")]),
        ("<b>x</>", [("bold", "x")]),
        ('<a href="tg://user?id=7">x</a>', [("text_mention", "x")]),
        ('<a href="nonsense">x</a>', []),
        ("<a>example.com</a>", [("text_link", "example.com")]),
    ],
)
def test_each_tag_makes_its_entity(source, expected):
    assert spans(source) == expected


def test_code_in_pre_carries_the_language():
    parsed = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert parsed.entities == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


def test_a_link_keeps_its_decoded_address():
    parsed = parse_html("<a href='https://e.org/?a=1&amp;b=2'>x</a>")
    assert parsed.entities[0]["url"] == "https://e.org/?a=1&b=2"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "'),
        ("&#65;&#x1F600;", "A😀"),
        ("&nbsp; & &copy;", "&nbsp; & &copy;"),
        ("a &lt b", "a < b"),
    ],
)
def test_it_knows_only_telegrams_references(source, text):
    assert parse_html(source).text == text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("Иван <3 x>", 'Unsupported start tag "3" at byte offset 9'),
        ("a < b >", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<a href=x y>a</a>", None),
        ("<a href=ы>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ("<b />a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ('<span class="big">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="z">a</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_what_does_not_parse_is_refused_in_telegrams_words(source, words):
    if words is None:
        assert parse_html(source).text == "a"
        return
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@given(st.text(), st.sampled_from(["b", "i", "code", "blockquote", "tg-spoiler"]))
def test_quoted_text_comes_through_unchanged(text, tag):
    quoted = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parsed = parse_html(f"<{tag}>{quoted}</{tag}>")
    assert parsed.text == text
    assert [e["length"] for e in parsed.entities] == ([utf16_length(text)] if text else [])


@given(st.text(alphabet="<>/ab =\"'&;#x1 😀"))
def test_any_bytes_either_parse_or_are_refused(source):
    with contextlib.suppress(ApiError):
        parsed = parse_html(source)
        end = utf16_length(parsed.text)
        assert all(0 <= e["offset"] < e["offset"] + e["length"] <= end for e in parsed.entities)


def test_white_space_at_the_ends_goes_and_entities_follow():
    formatted = trimmed(parse_html("  \n a <b>x </b> \n"))
    assert formatted.text == "a <b>x".replace("<b>", "")
    assert formatted.entities == [{"type": "bold", "offset": 2, "length": 1}]


def test_controls_and_bidi_overrides_are_cleaned():
    assert clean("a\x00b\tc\r\nd\u202ee") == "a b c\nde"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start@sdelka_bot now", [("bot_command", 0, 17)]),
        ("see https://e.org/a?b=1, ok", [("url", 4, 19)]),
        ("@annaorlova and #deal", [("mention", 0, 11), ("hashtag", 16, 5)]),
        ("ivan@example.com", [("email", 0, 16)]),
        ("тел. +7 916 123-45-67", [("phone_number", 5, 16)]),
        ("1/2 and 12.5%", []),
    ],
)
def test_it_finds_what_telegram_finds_by_itself(text, expected):
    found = with_found_entities(FormattedText(text)).entities
    assert [(e["type"], e["offset"], e["length"]) for e in found] == expected
