"""Writes the golden files beside it: what the original prints, byte for byte, made by Python's own json.dumps and str.format.

Run it with Python 3: python3 test/golden/make.py
cases.jsonl says for each golden file which command line prints it. @ORGANIZATION@ and @APPLICATION@ stand for what differs from run to run.
"""

import hashlib
import json
import pathlib
import shutil

HERE = pathlib.Path(__file__).parent
ORGANIZATION, APPLICATION, USER = "@ORGANIZATION@", "@APPLICATION@", "jdoe"
COMMERCIAL, GOVERNMENT = "accounts", "government"

# One role to a line: account id, alias, role. Without an alias the original fails; the name is then the id.
ROLES = {
    COMMERCIAL: [
        ("111122223333", "acme-dev", "Okta-Administrator"),
        ("111122223333", "acme-dev", "Okta-ReadOnly"),
        ("444455556666", "acme_prod-eu", "Okta-Administrator"),
        ("444455556666", "acme_prod-eu", "teams/data/Data-Reader"),
        ("000000000042", "42", "A.b@c=d,e+f_g-H"),
        ("777788889999", None, "Audit-Viewer"),
    ],
    GOVERNMENT: [("123123123123", "acme-gov", "Admin"), ("123123123123", "acme-gov", "ReadOnly")],
}
PARTITIONS = {COMMERCIAL: "aws", GOVERNMENT: "aws-us-gov"}

# Where the original gives two roles one name, or a name that is an ARN: the roles, and the sections that docs/differences.md promises.
CLASHING = [
    ("111122223333", "acme", "Prod-Admin", "acme-prod-admin"),
    ("111122223333", "acme", "Dev-Admin", "acme-dev-admin"),
    ("111122223333", "acme", "Dev-Audit", "acme-audit"),
    ("444455556666", "twin", "Dev-Admin", "twin-444455556666-dev-admin"),
    ("777788889999", "twin", "Dev-Admin", "twin-777788889999-dev-admin"),
    ("777788889999", "twin", "Plain", "twin-plain"),
]

KEPT = {
    "plain": ("A", "S", "T", "2099-01-01T00:00:00Z"),
    "real": ("ASIAQWERTYUIOPASDFGH", "wJalr/XUtnFEMI+K7MDENG/bPxRfiCYzEXAMPLEKEY", "IQoJb3JpZ2luX2VjE" + "Ab+/" * 200 + "==", "2098-12-31T23:59:59Z"),
    "odd": ("\u00c4\U0001f511", 'quote" and \\ and /', "tab\t, \u007f, \u2028, \u0001 and ~", "2099-01-01T00:00:00Z"),
}

cases = []


def golden(name, text, **case):
    path = HERE / f"{name}.out"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    cases.append({"golden": f"{name}.out", **case})


def kept_file(access, secret, token, expiration):
    """Where the original keeps credentials of jdoe at acme.okta.com, and what it writes there."""
    key = json.dumps({"Organization": "acme.okta.com", "User": USER, "Key": None}, sort_keys=True)
    content = {
        "Credentials": {"AccessKeyId": access, "SecretAccessKey": secret, "SessionToken": token, "Expiration": expiration},
        "SubjectType": "persistent",
        "AssumedRoleUser": {"AssumedRoleId": "AROA1:jdoe", "Arn": "arn:aws:sts::111122223333:assumed-role/Okta-Administrator/jdoe"},
        "ResponseMetadata": {"RequestId": "1", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 0},
    }
    return [f".aws/boto/cache/{hashlib.sha1(key.encode()).hexdigest()}.json", json.dumps(content)]


def export(variables, one, between, end):
    return between.join(one.format(name, value) for name, value in variables) + end


def write_credentials():
    for name, values in KEPT.items():
        fields = dict(zip(("AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"), values))
        kept = kept_file(*values)
        golden(f"authenticate/{name}", json.dumps({**fields, "Version": 1}) + "\n", argv=["authenticate"], kept=kept)
        if name == "odd":
            continue
        variables = list(zip(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION"), values))
        posix = export(variables, "export {}='{}'", " && ", "\n")
        golden(f"authenticate/{name}-default-shell", posix, argv=["authenticate", "--environment"], kept=kept)
        for shell, text in {
            "bash": posix,
            "zsh": posix,
            "sh": posix,
            "fish": export(variables, "set --export {} '{}'", "; and ", ";\n"),
            "powershell": export(variables, "$env:{}='{}'", "; ", "\n"),
        }.items():
            golden(f"authenticate/{name}-{shell}", text, argv=["authenticate", "-e", "--target-shell", shell], kept=kept)


def tokens_of(account_id, alias, role, partition="aws", delimiter="-"):
    arn = f"arn:{partition}:iam::{account_id}:role/{role}"
    return {
        "account": alias or account_id,
        "account_id": account_id,
        "account_raw": f"Account: {alias} ({account_id})" if alias else f"Account: {account_id}",
        "application_url": APPLICATION,
        "organization": ORGANIZATION,
        "role": arn,
        "role_suffix": arn.split(delimiter)[-1],
        "user": USER,
    }


def write_json(name, roles, delimiter="-", **case):
    accounts = {}
    for tokens in roles:
        accounts.setdefault(tokens["account_id"], []).append(tokens)
    listing = {
        "application_url": APPLICATION,
        "accounts": [
            {
                "name": own[0]["account"],
                "id": account_id,
                "name_raw": own[0]["account_raw"],
                "roles": [{"name": tokens["role"], "suffix": tokens["role_suffix"]} for tokens in own],
            }
            for account_id, own in accounts.items()
        ],
        "user": USER,
        "organization": ORGANIZATION,
    }
    golden(name, json.dumps(listing), **case)


def write_text(name, roles, template, **case):
    lines = [template.format(**{**tokens, "role_suffix": tokens["role_suffix"].lower()}) + "\n" for tokens in roles]
    golden(name, "".join(lines), **case)


def profile(section, tokens):
    command = " ".join(
        ["aws-okta-processor authenticate"]
        + [f'--{token.partition("_")[0]}="{tokens[token]}"' for token in ("organization", "user", "application_url", "role")]
        + [f'--key="{tokens["account"]}-{tokens["role"]}"']
    )
    return f"\n[{section}]\ncredential_process={command}\n"


TEMPLATES = {
    "default": "{account},{role}",
    "every-token": "{account}|{account_id}|{account_raw}|{application_url}|{organization}|{role}|{role_suffix}|{user}",
    "braces": "{{{account}}} {{account}} }}{{",
    "right": "{account:>15}|{role_suffix:>20}|",
    "left": "{account:<15}|{account:15}|",
    "centre": "{account:^15}|{user:*^9}|{account_id:_^3}|",
    "fill": "{account:\u2500>15}|{user:{fill}}|".replace("{fill}", "0>8"),
    "precision": "{account:.4}|{role:>20.8}|{user:.0}|",
    "conversion": "{user!s}|{user!s:>6}|",
    "no-token": "nothing",
    "odd": "\u00e9\t'\"\\ %s %(user)s ${{user}}",
}


def write_listings():
    for scene, rows in ROLES.items():
        roles = [tokens_of(*row, partition=PARTITIONS[scene]) for row in rows]
        write_json(f"get-roles/{scene}-json", roles, argv=["get-roles"], scene=scene)
        text = ["get-roles", "--output", "text"]
        write_text(f"get-roles/{scene}-suffixes", roles, "{role_suffix}", argv=[*text, "--output-format", "{role_suffix}"], scene=scene)
    roles = [tokens_of(*row) for row in ROLES[COMMERCIAL]]
    write_json("get-roles/json-in-capitals", roles, argv=["get-roles", "--output=JSON"], scene=COMMERCIAL)
    for name, template in TEMPLATES.items():
        argv = [*text] if name == "default" else [*text, f"--output-format={template}"]
        write_text(f"get-roles/text-{name}", roles, template, argv=argv, scene=COMMERCIAL)
    for name, delimiter in {"slash": "/", "words": "role/", "absent": "#"}.items():
        other = [tokens_of(*row, delimiter=delimiter) for row in ROLES[COMMERCIAL]]
        env = {"AWS_OKTA_ROLE_SUFFIX_DELIMITER": delimiter}
        write_text(f"get-roles/suffix-after-{name}", other, "{role_suffix}", argv=[*text, "--output-format={role_suffix}"], env=env, scene=COMMERCIAL)
        write_json(f"get-roles/json-suffix-after-{name}", other, argv=["get-roles"], env=env, scene=COMMERCIAL)
    profiles = "".join(profile(f"{tokens['account']}-{tokens['role_suffix'].lower()}", tokens) for tokens in roles)
    golden("get-roles/profiles", profiles, argv=["get-roles", "--output=profiles"], scene=COMMERCIAL)
    unique = "".join(profile(section, tokens_of(*row)) for *row, section in CLASHING)
    golden("get-roles/profiles-clashing", unique, argv=["get-roles", "--output=profiles"], scene="clashing")


def write_scenes():
    """The accounts, as a scenario of the sandbox has them."""
    for scene, rows in {**ROLES, "clashing": CLASHING}.items():
        accounts = {}
        for account_id, alias, role, *_ in rows:
            account = {"id": account_id, **({"alias": alias} if alias else {}), "partition": PARTITIONS.get(scene, "aws"), "roles": []}
            accounts.setdefault(account_id, account)["roles"].append({"name": role})
        yield {"scene": scene, "accounts": list(accounts.values())}


def write_lines(name, rows):
    (HERE / name).write_text("".join(json.dumps(row) + "\n" for row in rows))


for old in ("authenticate", "get-roles"):
    shutil.rmtree(HERE / old, ignore_errors=True)
write_credentials()
write_listings()
write_lines("scenes.jsonl", write_scenes())
write_lines("cases.jsonl", cases)
