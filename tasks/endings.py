"""Why a run ended, in the words of its error: Prefect's frame around them and a refusal's class say nothing more."""

import re

_FRAME = re.compile(r"^.*?encountered an exception: ")
_CLASS = re.compile(r"^(?:Refusal|Unreachable|StoreUnavailable): ")


def why(message: str) -> str:
    """`message` is a state's; "" stays ""."""
    return _CLASS.sub("", _FRAME.sub("", message, count=1), count=1)
