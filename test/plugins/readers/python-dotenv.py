"""Prints what python-dotenv reads in a file: NAME=value, each with a NUL behind it."""
import sys

import dotenv

for name, value in dotenv.dotenv_values(sys.argv[1]).items():
    sys.stdout.buffer.write(f"{name}={value}\0".encode())
