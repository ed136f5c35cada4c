"""Values that no form sends."""

LONG = "x" * 10_000
#: Letters whose case folding is longer than themselves, marks of direction, and markup: more than
#: a line of text can be.
LETTERS = "ǰİßŉ\N{RIGHT-TO-LEFT OVERRIDE}ﬃ\N{RIGHT-TO-LEFT MARK}<b>{{ x }}%</b>" * 20

TEXTS = (
    "²",
    "\x00",
    LONG,
    # Python refuses to read so many digits as a number.
    "9" * 5_000,
    "99999999999999999999",
    "-1",
    "abc",
    '"',
    LETTERS,
    "http://[",
    '{"blocks": 5}',
    '[{"type": {}, "value": null}]',
    '{"blocks": [{"text": "\\ud800\\u0000", "type": "unstyled", "key": "a"}]}',
    "[" * 5_000,
)
#: Those that each name gets while all else is as it should be.
ALONE = ("²", "\x00", "99999999999999999999", LETTERS)
