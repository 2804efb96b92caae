"""What bandit's tests find, in words that a client understands; bandit speaks to whoever wrote the line."""

from __future__ import annotations

from collections.abc import Mapping

_SQL = "A database query is put together as text"
_HASH = "An outdated hash (MD5 or SHA-1) is used"
_CIPHER = "An outdated encryption is used"
_PICKLE = "Data is unpacked into objects that can run code"
_XML = "XML is read by a parser that crafted files can overload"
_MARKUP = "Text goes into a page unescaped"
_COMMAND = "A command goes through a shell"
_PASSWORD = "A password may be written in the code"  # noqa: S105  a title
_TLS = "Encrypted connections accept outdated protocols"

TITLES: Mapping[str, str] = {
    "B102": "Text is executed as code",
    "B103": "A file is made readable or writable by everybody",
    "B104": "A service listens on every network of its machine",
    "B105": _PASSWORD,
    "B106": _PASSWORD,
    "B107": _PASSWORD,
    "B108": "A temporary file has a name that others can foresee",
    "B113": "A request to another system has no time limit",
    "B201": "Flask's debugger is switched on",
    "B202": "An archive is unpacked without a check of where its files go",
    "B301": _PICKLE,
    "B302": _PICKLE,
    "B303": _HASH,
    "B304": _CIPHER,
    "B305": _CIPHER,
    "B306": "A temporary file has a name that others can foresee",
    "B307": "Text is executed as code",
    "B308": _MARKUP,
    "B310": "An address is opened whatever its kind",
    "B312": "Telnet is used, which encrypts nothing",
    "B313": _XML,
    "B314": _XML,
    "B315": _XML,
    "B316": _XML,
    "B317": _XML,
    "B318": _XML,
    "B319": _XML,
    "B320": _XML,
    "B321": "FTP is used, which encrypts nothing",
    "B323": "Certificates are not checked",
    "B324": _HASH,
    "B501": "Certificates are not checked",
    "B502": _TLS,
    "B503": _TLS,
    "B504": _TLS,
    "B505": "A key is too short to be safe",
    "B506": _PICKLE,
    "B507": "The identity of a server is not checked before logging in",
    "B508": "Devices are asked over an unencrypted protocol",
    "B509": "Devices are asked over an unencrypted protocol",
    "B601": _COMMAND,
    "B602": _COMMAND,
    "B604": _COMMAND,
    "B605": _COMMAND,
    "B608": _SQL,
    "B609": "A command is given a pattern that file names can misuse",
    "B610": _SQL,
    "B611": _SQL,
    "B612": "Settings of the log can be sent over the network and run as code",
    "B614": "A model is loaded from a file that can run code",
    "B615": "A model is loaded without a fixed version",
    "B701": "Templates escape nothing",
    "B702": "Templates escape nothing",
    "B703": _MARKUP,
    "B704": _MARKUP,
}
