"""Names of files that somebody unfriendly gives."""

NAMES = [
    "<b>plan</b>.pdf",
    "a" * 300 + ".pdf",
    "\u202efdp.exe",
    "../../etc/passwd",
    "plan\n\nFake line: paid.pdf",
    "{name} %s.pdf",
    " ",
]
