"""Reads both caches as the original does, and prints what it makes of them.

stdin: {"home": …, "now": …, "given": [{"organization": …, "user": …, "key": …}, …]}
stdout: for each given the session (its id, its end, whose it is) and what is printed for the kept credentials; null where it fetches anew.
What the original cannot read ends this with a traceback, as it ends the original.
"""

import datetime
import hashlib
import json
import pathlib
import sys


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def read_credentials(home, now, given):
    key = json.dumps({"Organization": given["organization"], "User": given["user"], "Key": given["key"]}, sort_keys=True)
    path = home / ".aws" / "boto" / "cache" / f"{hashlib.sha1(key.encode('utf-8')).hexdigest()}.json"
    if not path.is_file():
        return None
    kept = json.loads(path.read_text())["Credentials"]
    if (instant(kept["Expiration"]) - now).total_seconds() < 600:
        return None
    printed = {name: kept[name] for name in ("AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration")}
    return json.dumps({**printed, "Version": 1}) + "\n"


def read_session(home, now, given):
    path = home / ".aws-okta-processor" / "cache" / f"{given['user']}-{given['organization']}-session.json"
    if not path.is_file():
        return None
    kept = json.loads(path.read_text())
    if now >= instant(kept["expiresAt"]) - datetime.timedelta(seconds=30):
        return None
    owner = kept["aws-okta-processor"]
    return {"id": kept["id"], "expiresAt": kept["expiresAt"], "user": owner["user_name"], "organization": owner["organization"]}


query = json.load(sys.stdin)
where = (pathlib.Path(query["home"]), instant(query["now"]))
json.dump([{"credentials": read_credentials(*where, given), "session": read_session(*where, given)} for given in query["given"]], sys.stdout)
