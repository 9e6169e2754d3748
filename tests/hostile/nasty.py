"""What attackers, and people with strange keyboards, type."""

NASTY = {
    "markup": "<b>Ivan</b> & <script>alert(1)</script> <a href='x'> </i></code><tg-spoiler> &lt;b&gt; &amp;",
    "code": "{0.__class__.__mro__} {name} {} %s %(a)s ${x} {{}} Robert'); DROP TABLE lead; -- \" ` 100%_\\%",
    "invisible": "\u202egnp.exe\u202c \u2066x \u200f\u061c I\u200bv\u200ca\ufeff\u2060 \u0007\x1b[31m\u2028x",
    "links": '=HYPERLINK("http://x") https://example.com/?a=<b>&c=1 t.me/x @ivan #tag',
    "emoji": "😀👨\u200d👩\u200d👧\u200d👦🏳\ufe0f\u200d🌈" * 350,
    "combining": "a\u0301\u0302\u0303" * 1000,
    "digits": "9" * 30,
    "longest": "Слово " * 682,
}
INVISIBLE = set("\u202e\u2066\u200f\u061c\u0000\u0007\u001b")
"""What turns a line around or steers a terminal; it is nowhere shown again."""
