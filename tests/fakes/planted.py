"""Secrets made up for tests: of the right form, of no use. None is written out, or scanners would stop at this file."""

from __future__ import annotations

import random
import string


def _letters(seed: int, count: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    return "".join(random.Random(seed).choices(alphabet, k=count))


GITHUB = "ghp" + "_" + _letters(11, 36)
SLACK = "xoxb" + "-" + _letters(2, 12, string.digits) + "-" + _letters(3, 12, string.digits) + "-" + _letters(4, 24)
STRIPE = "sk" + "_live_" + _letters(5, 24)
PASSWORD = _letters(6, 16)
ADDRESS = "postgres" + f"://admin:{PASSWORD}@db.internal.acme.io:5432/prod"
KEY = "\n".join(
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        *(_letters(seed, 64) for seed in range(20, 40)),
        "-----END RSA PRIVATE KEY-----",
    ]
)
EVERY = {"GITHUB": GITHUB, "SLACK": SLACK, "STRIPE": STRIPE, "PASSWORD": PASSWORD, "KEY": KEY.splitlines()[5]}
