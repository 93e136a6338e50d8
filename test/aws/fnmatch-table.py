"""Writes fnmatch-table.jsonl: what Python's fnmatch says of names and patterns, on POSIX and on Windows.

Run it as: python3 test/aws/fnmatch-table.py
"""

import fnmatch
import itertools
import json
import ntpath
import pathlib
import random
import re

NAMES = ["", "a", "b", "A", "ab", "abc", "a-b", "-", "]", "[", "!", "^", "\\", "a\\b", "a/b", "acme-dev", "Acme-Prod", "acme.prod", ".a",
         "111122223333", "a b", "a\nb", "é", "É", "ß", "😀", "a😀b", "&", "~", "|", "a*b", "a?b", "(a)", "{a}", "a+", "$", "--", "a--b", "d", "c"]
HAND = ["*", "?", "**", "*?", "a*", "*b", "*-*", "acme-*", "ACME-*", "a?b", "[ab]", "[!ab]", "[^ab]", "[a-c]", "[!a-c]", "[c-a]", "[!c-a]",
        "[]", "[!]", "[]a]", "[!]a]", "[]-a]", "[a", "a]", "[[]", "[[]a", "[a[]", "[*]", "a[*]b", "[?]", "[\\]", "\\*", "[a-]", "[-a]",
        "[!-a]", "[--a]", "[a--]", "[a-c-e]", "[b-ac-d]", "[a-cb-d]", "[&&]", "[a&&b]", "[~~]", "[||]", "[^]", "[!^]", "[é]", "[É]", "?😀?",
        "[😀]", "[a-😀]", "[\uffff-😀]", "[😀-\uffff]", "[😀-a]", "a/b", "a\\b", "[/]", "[\\\\]", "(a)", "a+", "$", "^", "a.b", "acme.*", "[!a-c-]", "[z-aa]",
        "[a-\\]", "[]-]", "[!]-]", "[[-]]", "*.", "", " ", "1111*", "[0-9]*", "*[!0-9]", "a[!]b", "[!]", "[!!]", "[!!-a]", "[a!]"]


def random_patterns(count):
    chance = random.Random(7)
    alphabet = "ab-]!^*?[\\d"
    return ["".join(chance.choice(alphabet) for _ in range(chance.randint(1, 6))) for _ in range(count)]


def bracketed(count):
    chance = random.Random(11)
    alphabet = "abcd-]!^[\\"
    return ["[" + "".join(chance.choice(alphabet) for _ in range(chance.randint(0, 6))) + "]" for _ in range(count)]


def matches_on_windows(name, pattern):
    return re.compile(fnmatch.translate(ntpath.normcase(pattern))).match(ntpath.normcase(name)) is not None


patterns = list(dict.fromkeys(itertools.chain(HAND, random_patterns(150), bracketed(150))))
lines = [{"names": NAMES}] + [
    {
        "pattern": pattern,
        "posix": [name for name in NAMES if fnmatch.fnmatchcase(name, pattern)],
        "windows": [name for name in NAMES if matches_on_windows(name, pattern)],
    }
    for pattern in patterns
]
pathlib.Path(__file__).with_suffix(".jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
