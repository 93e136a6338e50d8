"""Writes python-table.jsonl: two sets of values, then [template, text with the first, text with the second]; null where Python refuses.

Run it with Python 3.10 or newer: python3 test/plugins/format-text/python-table.py
Left out, because the format refuses them on purpose: attributes, indexes, nested fields, !r, !a, widths over 10000, other digits than 0-9.
"""

import json
import pathlib
import random
import string

TOKENS = ["account", "account_id", "account_raw", "application_url", "organization", "role", "role_suffix", "user"]

PLAIN = dict(zip(TOKENS, [
    "acme", "111111111111", "Account: acme (111111111111)", "https://acme.okta.com/home/x",
    "acme.okta.com", "arn:aws:iam::111111111111:role/Dev-Admin", "admin", "jdoe",
]))
ODD = dict(zip(TOKENS, ["", "\u00e9\U0001f511e\u0301", "a}b{c", "%s {user}", "\U0001f600" * 3, "'\"\\", " ", "0"]))

BY_HAND = [
    "", "plain", "{account},{role}", "{{", "}}", "{{}}", "{{account}}", "{{{account}}}", "{", "}", "{account", "account}", "{account}}",
    "{account}}}", "{{account}", "{}", "{0}", "{ account }", "{acount}", "{ACCOUNT}", "{account!s}", "{account!s:>10}", "{account!}",
    "{account!sx}", "{account!:}", "{account!x}", "{account:}", "{account::}", "{account:!<8}", "{account:s}", "{account:d}", "{account:10}", "{account:<10}",
    "{account:>10}", "{account:^10}", "{account:^11}", "{account:=10}", "{account:x=10}", "{account:*^10}", "{account:\U0001f511^9}", "{account:e\u0301^9}",
    "{account:<<9}", "{account:><9}", "{account:=<9}", "{account:<=9}", "{account:==9}", "{account:<<<}", "{account:<}", "{account:^}",
    "{account:010}", "{account:0}", "{account:00}", "{account:<010}", "{account:x<010}", "{account:x<0}", "{account:>010}", "{account:=010}",
    "{account:+10}", "{account:-10}", "{account: 10}", "{account: <10}", "{account:#10}", "{account:10,}", "{account:10_}", "{account:z}",
    "{account:.2}", "{account:.0}", "{account:.}", "{account:.2s}", "{account:10.2}", "{account:>10.2s}", "{account:*^7.3s}", "{account:.2.2}",
    "{account:10s5}", "{account:ss}", "{account:10 }", "{account:\n>8}", "{account:{}", "{account:}}", "{account:}<9}", "line\n{user}\n", "\t{user}",
    "{account_id:.1}", "{account_id:^5}", "{organization:>5}", "{organization:.2}", "{role_suffix:_^9}|{user:>3}|", "{user}{user}{user}", "{account}{{{role}}}",
]

PIECES = ["{", "}", "{{", "}}", "{account", "{user", "{role_suffix", "{account_id", "!s", "!", ":", "<", ">", "^", "=", "0", "1", "7", "12", ".", ".3",
          "s", "x", " ", "*", "\U0001f511", "}", "}", ","]


def outcome(template, values):
    try:
        return template.format(**values)
    except (ValueError, KeyError, IndexError, AttributeError):
        return None


def random_templates(count):
    source = random.Random(1)
    for _ in range(count):
        yield "".join(source.choice(PIECES) for _ in range(source.randint(1, 7)))
        spec = "".join(source.choice(PIECES[9:24]) for _ in range(source.randint(0, 5)))
        yield "{%s:%s}" % (source.choice(TOKENS), spec)


def is_nested(template):
    try:
        return any("{" in (spec or "") for _, _, spec, _ in string.Formatter().parse(template))
    except ValueError:
        return False


cases = []
for template in dict.fromkeys([*BY_HAND, *random_templates(400)]):
    if not is_nested(template):
        cases.append([template, outcome(template, PLAIN), outcome(template, ODD)])

lines = [PLAIN, ODD, *cases]
pathlib.Path(__file__).with_name("python-table.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
