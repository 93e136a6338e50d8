"""Writes dotfile-table.jsonl and precedence-table.jsonl, with Python's own configparser.

Run it with Python 3: python3 test/options/python-tables.py

dotfile-table.jsonl: [text, sections as the original reads them or its error, sections as we promise or null for an error, why they differ].
We promise configparser without four of its ways, each a reason: "%" is interpolation, "duplicate" is an error on what is written twice,
"BOM" is an error on a byte order mark, "bracket" is the section of `[a] # see [b]`, which older Pythons call `a`, as we do.
precedence-table.jsonl: [dotfile at home, dotfile in the working directory, options as the original merges them].

Left out: what is no UTF-8, the separators U+001C to U+001F and U+0085, which only Python counts as white space, and U+FEFF but at the
beginning, which only we do.
"""

import configparser
import json
import pathlib
import random
import re
import tempfile

HERE = pathlib.Path(__file__).parent
SCRATCH = pathlib.Path(tempfile.mkdtemp())


class OldBracket(configparser.ConfigParser):
    SECTCRE = re.compile(r"\[(?P<header>[^]]+)\]")


def read(texts, make=configparser.ConfigParser, encoding="utf-8", **options):
    """The parser as the original uses it: files by name, later ones over earlier ones."""
    parser = make(**options)
    files = []
    for index, text in enumerate(texts):
        files.append(SCRATCH / str(index))
        files[-1].write_bytes(text.encode())
    parser.read(files, encoding=encoding)
    return parser


def sections(text, **options):
    """Each section with its own keys, or the name of the error."""
    try:
        parser = read([text], **options)
        own = {name: dict(parser[name]) for name in parser.sections()}
        for name in own:
            own[name] = {key: value for key, value in own[name].items() if key in parser._sections[name]}
        return {**own, "DEFAULT": dict(parser["DEFAULT"])} if parser.defaults() else own
    except (configparser.Error, ValueError) as error:
        return type(error).__name__


ORIGINAL = {}
OURS = {"make": OldBracket, "strict": False, "interpolation": None, "encoding": "utf-8-sig"}
REASONS = {"%": {"interpolation"}, "duplicate": {"strict"}, "BOM": {"encoding"}, "bracket": {"make"}}


def outcome(text):
    """A way is a reason where configparser with all of our ways but this one comes to something else."""
    original, ours = sections(text), sections(text, **OURS)
    promised = None if isinstance(ours, str) else ours
    if promised is None or original == ours:
        return [text, original, promised, []]
    without = {reason: {name: value for name, value in OURS.items() if name not in switch} for reason, switch in REASONS.items()}
    return [text, original, promised, [reason for reason, options in without.items() if sections(text, **options) != ours]]


BY_HAND = [
    "", "\n", "# only a comment", "[s]", "[s]\n", "[ s ]\nuser = a", "[s]\nuser = a", "[s]\nuser=a\r\nrole=b\r\n", "[s]\ruser=a\rrole=b",
    "[s]\nuser\t:\ta", "[s]\nuser = a = b : c", "[s]\nuser : a = b", "[s]\nuser =", "[s]\nuser", "[s]\n= a", "[s]\n: a", "user = a", "  user = a",
    "[s\nuser = a", "s]\nuser = a", "[]\nuser = a", "[s]]\nuser = a", "[[s]\nuser = a", "[s] tail\nuser = a", "[s]user = a", "[s] # see [b]\nuser = a",
    "[s]\nuser = a\n  b", "[s]\nuser = a\n\n  b", "[s]\nuser = a\n\n\n  b\n\n", "[s]\nuser = a\n# c\n  b", "[s]\nuser = a\n  # c\n  b", "[s]\nuser = a\n  b = c",
    "[s]\nuser = a\n  [t]\n  role = b", "[s]\n  user = a\n  role = b", "[s]\n  user = a\n role = b", "[s]\n user = a\n  role = b\n key = c", "[s]\nuser =\n  a\n  b",
    "[s]\nuser = a\n[t]\n  role = b", "  [s]\nuser = a", "  [s]\n  user = a\n    b", "[s]\nuser = a\n[t]\nrole = b\n[s]\nkey = c", "[s]\nuser = a\nuser = b",
    "[s]\nUser = a\nuSER = b", "[DEFAULT]\nuser = a\n[s]\nrole = b", "[DEFAULT]\nuser = a\n[DEFAULT]\nrole = b", "[default]\nuser = a", "[s]\n; c\nuser = a ; b # c",
    "[s]\n#user = a", "[s]\nuser = a;b", "[s]\npass = 50%off", "[s]\npass = 50%%off", "[s]\nuser = a\npass = %(user)s", "[s]\npass = %(nobody)s", "[s]\npass = 100%",
    "\ufeff[s]\nuser = a", "\ufeff# c\n[s]\nuser = a", "\ufeffuser = a", "[s]\nuser = \u00e4\U0001f511", "[\u00e4]\n\u00c4RGER = a",
    "[s]\n\u0130 = a", "[s]\nuser\u00a0= a", "[s]\nuser = a\u00a0", "[s]\n\u00a0user = a", "[s]\nuser = a\u00a0b", "[s]\nuser = 'a'", '[s]\nuser = " a "', "[s]\nuser = a \\\n  b",
    "[s]\nuser a = b", "[s]\nsecondary-role = a\nsign_in_url = b", "[s]\n__proto__ = a\nconstructor = b", "[__proto__]\nuser = a", "[s]\n\tuser = a\n\t\tb",
    "[s]\n user = a\n\tb", "[s]\nuser = a\n\x0b b", "[s]\x0c\nuser = a\x0cb", "[s]\nexport user = a", "[s]\nuser ==  a", "[s]\nuser = [a]", "[s]\nuser = a\n\n[t]\n\nrole = b",
    "[s]\nrole = a\n  ; b\n  c\n\n  d", "[s]\nuser = a\n \n  \n", "[s]\nuser = a\n; c\n\n; d\n  b",
]

PIECES = ["[defaults]", "[authenticate]", "[get-roles]", "[DEFAULT]", "[s", "[a]b", "[a]b]", "# c", "; c", "  # c", "", "", " ", "\t", "user = a", "User: A", "role=b", "role = b # c",
          "key =", "secondary-role = x", "sign_in_url: https://x/?a=b", "pass = 50%off", "pass = 5%%", "pass = %(user)s", "  more", "    deeper", "\tmore", " key = k", "  role : r",
          "   [x]", "\u00fcser = \u00fc", "factor=f", "Region : eu", "duration = 1h", "account-alias = a*"]
BROKEN = ["alone", "= b"]
KEYS = ["user", "role", "factor", "account-alias", "key"]


def random_texts(count):
    source = random.Random(3)
    for _ in range(count):
        lines = [source.choice(PIECES if source.random() < 0.97 else BROKEN) for _ in range(source.randint(1, 8))]
        start = source.choice(["", *["[defaults]\n", "[authenticate]\n"] * 8, "\ufeff[defaults]\n"])
        yield start + source.choice(["\n", "\n", "\r\n", "\r"]).join(lines) + source.choice(["", "\n"])


def merged(home, here):
    """As the original merges: files first, section by section, then [authenticate] over [defaults]."""
    parser = read([home, here], interpolation=None)
    values = {}
    for section in ("defaults", "authenticate"):
        if parser.has_section(section):
            values.update(parser[section])
    return values


def random_file(source):
    """[DEFAULT] stands alone here: that it beats [defaults] as soon as there is an [authenticate] is a quirk that ends."""
    names = source.choice([["DEFAULT"], ["defaults", "authenticate"], ["defaults"], ["authenticate"], ["authenticate", "defaults", "get-roles"], []])
    text = ""
    for name in names:
        keys = source.sample(KEYS, source.randint(0, 3))
        text += f"[{name}]\n" + "".join(f"{key} = {key[0]}{source.randint(0, 99)}\n" for key in keys)
    return text


def random_pairs(count):
    source = random.Random(4)
    while count > 0:
        home, here = random_file(source), random_file(source)
        if "[DEFAULT]" in home + here and "[defaults]" in home + here:
            continue
        if "[DEFAULT]" in home + here and "[authenticate]" not in home + here:
            continue
        count -= 1
        yield [home, here, merged(home, here)]


def write(name, rows):
    (HERE / name).write_text("".join(json.dumps(row) + "\n" for row in rows))


write("dotfile-table.jsonl", [outcome(text) for text in dict.fromkeys([*BY_HAND, *random_texts(500)])])
write("precedence-table.jsonl", random_pairs(200))
