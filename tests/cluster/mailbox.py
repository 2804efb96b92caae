"""A mailbox on a real IMAP server (Dovecot) on loopback, over TLS; mails are put into its folder as its post would."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import trustme
from cluster.services import MissingService, free_port, wait_for_port

from clientdesk.cli.child import Child

USER, PASSWORD = "desk", "s3cret"
_SETTINGS = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = required
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{mails}
first_valid_uid = 1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Mailbox:
    port: int
    mails: Path

    def arrives(self, mail: bytes) -> None:
        """Written beside and moved, as Maildir wants it."""
        written = self.mails / "tmp" / uuid4().hex
        written.write_bytes(mail)
        written.chmod(0o644)
        written.rename(self.mails / "new" / written.name)

    @property
    def seen(self) -> list[str]:
        """Mails that somebody has marked as read."""
        return [path.name for path in (self.mails / "cur").iterdir() if "S" in path.name.partition(":2,")[2]]


@contextmanager
def mailbox(authority: trustme.CA) -> Iterator[Mailbox]:
    """In a temporary folder of its own: its processes give up their rights, and others' folders are closed to them."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise MissingService("Dovecot is not installed: apt-get install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    here = Mailbox(free_port("127.0.0.1"), folder / "mails")
    _write(folder, here, authority)
    child = Child([program, "-F", "-c", str(folder / "settings")], {"PATH": os.defpath}, folder / "said", folder)
    try:
        wait_for_port("127.0.0.1", here.port)
        yield here
    finally:
        child.stop(10)
        shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, here: Mailbox, authority: trustme.CA) -> None:
    internal, login = ("dovecot", "dovenull") if os.geteuid() == 0 else (_own_name(), _own_name())
    issued = authority.issue_cert("127.0.0.1")
    issued.cert_chain_pems[0].write_to_path(str(folder / "certificate.pem"))
    issued.private_key_pem.write_to_path(str(folder / "key.pem"))
    for name in ("cur", "new", "tmp"):
        (here.mails / name).mkdir(parents=True)
    user = pwd.getpwnam(internal)
    for path in (here.mails, *here.mails.iterdir()):
        os.chown(path, user.pw_uid, user.pw_gid)
    settings = _SETTINGS.format(
        folder=folder,
        mails=here.mails,
        internal=internal,
        login=login,
        owner=internal,
        group=grp.getgrgid(user.pw_gid).gr_name,
        password=PASSWORD,
        port=here.port,
    )
    (folder / "settings").write_text(settings)


def _own_name() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name
