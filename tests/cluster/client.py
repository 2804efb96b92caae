"""A client of the agency for the cluster: code to clone over HTTP, advisories, and a mailbox that counts."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import trustme
from cluster.gate import Gate
from fakes.git_http import repositories_under
from fakes.git_source import GitSource
from fakes.mail_server import Inbox, mail_server
from fakes.osv_service import OsvService, serving

# Enough that the checks take some seconds, so that there is a middle to be killed in.
_FUNCTION = "def step_{0}(order, rate):\n    if order.net > {0}:\n        return order.net * rate\n    return {0}\n\n\n"
_MODULES, _FUNCTIONS = 250, 120


@dataclass
class Outside:
    """What lies outside the agency, and how the workers are told of it."""

    git: str
    inbox: Inbox
    settings: dict[str, str]

    def repository(self, name: str) -> str:
        return f"{self.git}/{name}"

    def mails_to(self, address: str) -> list[str]:
        """The subjects of what arrived there."""
        return [
            str(message_from_bytes(envelope.content)["Subject"])
            for envelope in self.inbox.received
            if address in envelope.rcpt_tos
        ]


@contextmanager
def outside(folder: Path, host: str) -> Iterator[Outside]:
    """The services listen on the loopback address, where the namespaces do not reach: a gate each leads there."""
    _write(folder)
    inbox = Inbox()
    with ExitStack() as kept:

        def opened(port: int) -> int:
            return kept.enter_context(Gate(host, [("127.0.0.1", port)])).port

        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "authority.pem"))
        git = kept.enter_context(_git_over_tls(folder, host, authority))
        advisories = kept.enter_context(serving(OsvService({})))
        osv, mail = opened(_port(advisories.address)), opened(kept.enter_context(mail_server(inbox)))
        path = advisories.address.split("/", 3)[3]
        settings = {
            "CLIENTDESK_OSV_URL": f"http://{host}:{osv}/{path}",
            "CLIENTDESK_SMTP_HOST": host,
            "CLIENTDESK_SMTP_PORT": str(mail),
            "CLIENTDESK_SMTP_TLS": "none",
            "CLIENTDESK_PACKAGE_INDEXES": "off",
            "GIT_SSL_CAINFO": str(folder / "authority.pem"),
        }
        yield Outside(f"https://{host}:{git}", inbox, settings)


@contextmanager
def _git_over_tls(folder: Path, host: str, authority: trustme.CA) -> Iterator[int]:
    """The port. Without TLS only the loopback address would be cloned from."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    server = ThreadingHTTPServer((host, 0), repositories_under(folder))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _write(folder: Path) -> None:
    small = GitSource(folder / "small")
    small.commit({"README.md": "# Shop\n", "shop.py": "def price(net):\n    return net * 119 / 100\n"})
    write_large(folder / "large")


def write_large(path: Path, first: int = 0) -> None:
    """Its audit takes long enough for something to happen in the middle of it; `first` makes its code another."""
    large = GitSource(path)
    large.commit(
        {
            f"shop/module_{number}.py": "".join(_FUNCTION.format(first + number + each) for each in range(_FUNCTIONS))
            for number in range(_MODULES)
        }
    )


def _port(address: str) -> int:
    return int(address.split(":")[2].split("/", maxsplit=1)[0])
