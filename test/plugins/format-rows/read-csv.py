# What Python's csv module reads in each of some texts.
import csv
import io
import json
import sys

json.dump([list(csv.DictReader(io.StringIO(text, newline=""))) for text in json.load(sys.stdin)], sys.stdout)
