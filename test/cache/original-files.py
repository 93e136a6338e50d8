"""Writes original-files.jsonl: the two caches as the original writes them, made by Python's own json.dumps, hashlib and isoformat.

Run it with Python 3: python3 test/cache/original-files.py
Each line is a file below the home, what was given on the command line, and what the original makes of it at 2030-01-01T00:00:00Z:
for credentials what it prints, for a session whose it is; null where it fetches anew.
"""

import datetime
import hashlib
import json
import pathlib

NOW = datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc)
ORGANIZATION, USER = "mycompany.okta.com", "jdoe"

GIVEN = [
    (ORGANIZATION, USER, None),
    (ORGANIZATION, USER, "role_one"),
    (ORGANIZATION, USER, ""),
    (None, None, None),
    (ORGANIZATION, None, "k"),
    (None, USER, None),
    ("localhost:8443", "j.doe+aws@example.com", "a key with spaces"),
    (ORGANIZATION, "j\u00fcrgen\U0001f600", 'a"b\\c\u007f/\u00e9'),
    (ORGANIZATION, USER, "\x01\b\f\n\r\t\u2028\uffff"),
]


def saml_response(expiration, number):
    return {
        "Credentials": credentials(expiration, number),
        "Subject": "jdoe@example.com",
        "SubjectType": "unspecified",
        "Issuer": "http://www.okta.com/exk1",
        "Audience": "https://signin.aws.amazon.com/saml",
        "NameQualifier": "abc=",
        **assumed("Developer", number),
    }


def chained_response(expiration, number):
    return {"Credentials": credentials(expiration, number), **assumed("Deployer", number)}


def credentials(expiration, number):
    return {"AccessKeyId": f"ASIA{number}", "SecretAccessKey": f"s/{number}+=", "SessionToken": f"t{number}" * 40 + "==", "Expiration": expiration}


def assumed(role, number):
    return {
        "AssumedRoleUser": {"AssumedRoleId": f"AROA{number}:jdoe", "Arn": f"arn:aws:sts::111122223333:assumed-role/{role}/jdoe"},
        "ResponseMetadata": {
            "RequestId": f"request-{number}",
            "HTTPStatusCode": 200,
            "HTTPHeaders": {"content-type": "text/xml", "date": "Tue, 01 Jan 2030 00:00:00 GMT"},
            "RetryAttempts": 0,
        },
    }


def kept_credentials(given, response, seconds, number):
    organization, user, key = given
    expiration = (NOW + datetime.timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")
    content = response(expiration, number)
    name = hashlib.sha1(json.dumps({"Organization": organization, "User": user, "Key": key}, sort_keys=True).encode()).hexdigest()
    printed = json.dumps({**content["Credentials"], "Version": 1}) + "\n"
    return {
        "kind": "credentials",
        "given": dict(zip(("organization", "user", "key"), given)),
        "name": f".aws/boto/cache/{name}.json",
        "content": json.dumps(content),
        "read": None if seconds < 600 else printed,
    }


def kept_session(given, seconds):
    organization, user, _ = given
    effective = {"user_name": user or "asked", "organization": organization or "asked.okta.com"}
    session = {
        "id": "102abc",
        "login": "jdoe@example.com",
        "userId": "00u1",
        "expiresAt": (NOW + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "status": "ACTIVE",
        "lastFactorVerification": None,
        "amr": ["pwd"],
        "idp": {"id": "00o1", "type": "OKTA"},
        "mfaActive": False,
        "_links": {"self": {"href": "https://mycompany.okta.com/api/v1/sessions/me"}},
        "aws-okta-processor": effective,
    }
    return {
        "kind": "session",
        "given": {"organization": organization, "user": user},
        "name": f".aws-okta-processor/cache/{user}-{organization}-session.json",
        "content": json.dumps(session),
        "read": None if seconds <= 30 else {"id": "102abc", **effective},
    }


rows = [kept_credentials(given, response, 3600, f"{i}{j}") for i, given in enumerate(GIVEN) for j, response in enumerate((saml_response, chained_response))]
rows += [kept_credentials(GIVEN[0], saml_response, seconds, seconds) for seconds in (43200, 640, 601, 600, 599, 598, 1, 0, -1, -86400)]
# Where the offset was left as isoformat has it, the same instant is printed as everywhere else.
unreplaced = kept_credentials(GIVEN[0], saml_response, 3600, "offset")
rows.append({**unreplaced, "content": unreplaced["content"].replace("01:00:00Z", "01:00:00+00:00")})
rows += [kept_session(given, 7200) for given in GIVEN if given[2] is None or given[2] == "k" or "@" in str(given[1])]
rows += [kept_session(GIVEN[0], seconds) for seconds in (86400, 31, 30, 29, 0, -1)]
pathlib.Path(__file__).with_suffix(".jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
