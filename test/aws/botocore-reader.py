"""Reads AWS config files as botocore does.

stdin: a list of texts
stdout: for each its sections with their settings; null where botocore refuses the file
"""

import configparser
import io
import json
import sys


def read(text):
    parser = configparser.RawConfigParser()
    try:
        parser.read_file(io.StringIO(text, newline=None))
    except configparser.Error:
        return None
    sections = {name: dict(parser.items(name)) for name in parser.sections()}
    values = [value for settings in sections.values() for value in settings.values()]
    nested = [line for value in values if value.startswith("\n") for line in value.splitlines() if line.strip()]
    return None if any("=" not in line for line in nested) else sections


print(json.dumps([read(text) for text in json.load(sys.stdin)]))
