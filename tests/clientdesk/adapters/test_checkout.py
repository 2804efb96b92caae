"""Getting code: the same promises kept by git and by the fake, then what only the real one can meet."""

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import psutil
import pytest
from fakes.checkouts import MemoryCheckouts
from fakes.git_http import repositories_under, served, status_only
from fakes.git_source import GIANT_BYTES, GitSource, Link, Submodule
from fakes.repository import RepositoryFromText

from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.adapters.git_clone import Limits
from clientdesk.audit.repository import Unreadable
from clientdesk.domain.intake import RepositoryAddress
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.checkouts import CheckoutRef, Checkouts

FILES = {"app.py": "x = 1\n", "Gemfile.lock": "GEM\n", ".github/workflows/ci.yml": "on: push\n"}


def no_tools(repository, key):
    raise AssertionError(f"{key.name} was not asked for")


@pytest.fixture
def root(tmp_path):
    return tmp_path / "clones"


@pytest.fixture
def checkouts(root):
    return GitCheckouts(root, no_tools, folders_allowed=True)


@pytest.fixture
def far(root):
    """Checkouts that take no folders, as on a server."""
    return GitCheckouts(root, no_tools, folders_allowed=False)


CLONING = """
import sys
from pathlib import Path
from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.domain.intake import RepositoryAddress
GitCheckouts(Path(sys.argv[1]), print, folders_allowed=False).fetch(RepositoryAddress(sys.argv[2]))
"""


class Silent(BaseHTTPRequestHandler):
    """Takes the request and never answers."""

    def do_GET(self):
        self.rfile.read(1)

    def log_message(self, *arguments):
        """Nothing on the terminal."""


def wait_until(is_so):
    until = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def git_processes_under(pid):
    return [child.pid for child in psutil.Process(pid).children(recursive=True) if child.name().startswith("git")]


def is_running(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def clones_in(root):
    return [path for path in root.iterdir() if path.is_dir()]


def refusal_of(checkouts, address, ref=""):
    with pytest.raises(Refusal) as refused:
        checkouts.fetch(RepositoryAddress(str(address), ref))
    return str(refused.value)


@pytest.fixture(params=["git", "memory"])
def kept(request, checkouts, repository_of):
    """Checkouts, and an address that they know."""
    source = repository_of(FILES)
    if request.param == "git":
        return checkouts, source.address
    return MemoryCheckouts({source.address: RepositoryFromText(FILES, address=source.address)}), source.address


def test_fetched_repository_can_be_opened_and_read(kept):
    checkouts, address = kept
    port: Checkouts = checkouts

    checkout = port.fetch(RepositoryAddress(address))
    repository = port.open(checkout)

    assert repository.text("app.py") == "x = 1\n"
    assert (checkout.address, checkout.ref) == (address, "main")
    assert (repository.address, repository.ref, repository.commit) == (address, "main", checkout.commit)


def test_same_clone_is_the_same_repository(kept):
    checkouts, address = kept
    checkout = checkouts.fetch(RepositoryAddress(address))

    assert checkouts.open(checkout) is checkouts.open(replace(checkout))


def test_discarded_clone_is_gone_and_discarding_again_is_no_error(kept):
    checkouts, address = kept
    checkout = checkouts.fetch(RepositoryAddress(address))
    checkouts.open(checkout).text("app.py")

    checkouts.discard(checkout)
    checkouts.discard(checkout)

    with pytest.raises(Refusal, match="fetch it again"):
        checkouts.open(checkout)


def test_address_that_leads_nowhere_is_refused_and_only_told_by_a_look(kept):
    checkouts, _ = kept

    assert "there is no" in refusal_of(checkouts, "./nowhere-at-all")
    assert "there is no" in checkouts.look(RepositoryAddress("./nowhere-at-all")).problem


def test_missing_branch_is_refused_with_one_that_exists(kept):
    checkouts, address = kept

    words = refusal_of(checkouts, address, "mian")

    assert '"mian"' in words
    assert "main" in words


def test_look_tells_what_is_there(kept):
    checkouts, address = kept

    seen = checkouts.look(RepositoryAddress(address))

    assert (seen.problem, seen.files, seen.bytes, seen.default_branch) == ("", 3, 19, "main")
    assert seen.last_commit_at == "2026-03-02T09:00:00+00:00"


# What follows is about git alone: names of commits.


def test_branch_tag_and_commit_are_read_as_they_were(checkouts, repository_of):
    source = repository_of({"v.txt": "1"})
    first = source.head
    source.tag("v1")
    source.annotated_tag(
        "v1-signed",
        "one",
    )
    source.commit({"v.txt": "2"})
    source.branch("feature/two")
    source.commit({"v.txt": "3"})

    def text(ref):
        return checkouts.open(checkouts.fetch(RepositoryAddress(source.address, ref))).text("v.txt")

    wanted = {"": "3", "feature/two": "2", "v1": "1", "v1-signed": "1", first: "1", first[:8]: "1", "refs/tags/v1": "1"}
    assert {ref: text(ref) for ref in wanted} == wanted


@pytest.mark.parametrize("filters", [True, False])
def test_branch_tag_and_commit_are_read_over_the_network(far, repository_of, filters):
    source = repository_of({"v.txt": "1"})
    first = source.head
    source.tag("v1")
    source.commit({"v.txt": "2"})
    source.branch("feature/two")
    source.commit({"v.txt": "3"})

    with served(repositories_under(source.path.parent, filters=filters)) as host:

        def seen(ref):
            repository = far.open(far.fetch(RepositoryAddress(f"{host}/app", ref)))
            return repository.text("v.txt"), len(repository.history().commits), repository.history().complete

        wanted = {
            "": ("3", 3, True),
            "feature/two": ("2", 2, True),
            "v1": ("1", 1, True),
            first: ("1", 1, True),
            first[:8]: ("1", 1, True),
        }
        assert {ref: seen(ref) for ref in wanted} == wanted


def test_tags_come_over_the_network_with_the_history(far, repository_of):
    source = repository_of({"v.txt": "1"})
    source.tag("v1")
    source.commit({"v.txt": "2"})
    source.annotated_tag("v2", "two")

    with served(repositories_under(source.path.parent)) as host:
        tags = far.open(far.fetch(RepositoryAddress(f"{host}/app"))).history().tags

    assert {name for name, _ in tags} == {"v1", "v2"}


def test_repository_is_read_over_ssh_without_a_terminal(far, repository_of, tmp_path, monkeypatch):
    """The far end of the connection is this machine; what ssh was called with is kept."""
    source = repository_of({"v.txt": "1"})
    source.commit({"v.txt": "2"})
    ssh, said = tmp_path / "ssh", tmp_path / "said"
    ssh.write_text(
        f'#!/bin/sh\necho "$*" >> {said}\nwhile [ "$1" != git@example.com ]; do shift; done\nshift\nexec sh -c "$*"\n'
    )
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))

    repository = far.open(far.fetch(RepositoryAddress(f"git@example.com:{source.path}")))

    assert (repository.text("v.txt"), len(repository.history().commits)) == ("2", 2)
    assert repository.address == f"example.com:{source.path}"
    assert all("-o BatchMode=yes" in line for line in said.read_text().splitlines())


def slow_from_the(number, root):
    """Serves repositories; that fetch and all after it take a second longer."""
    seen = []

    class Handler(repositories_under(root, seen=seen)):
        def do_POST(self):  # noqa: N802  # http.server's name
            if sum("git-upload-pack" in request and "POST" in request for request in seen) >= number:
                time.sleep(1)
            super().do_POST()

    return Handler


def with_an_old_file(repository_of, content):
    source = repository_of({"old.txt": content})
    first = source.head
    source.commit({"old.txt": None, "new.txt": "new\n"})
    return source, first


def old_text(repository, commit):
    old = next(one for one in repository.old_contents("", 30.0) if (one.path, one.commit) == ("old.txt", commit))
    return next(repository.contents([old.blob]))


def test_old_contents_come_over_the_network_with_the_history(far, repository_of):
    source, first = with_an_old_file(repository_of, "old\n")

    with served(repositories_under(source.path.parent)) as host:
        repository = far.open(far.fetch(RepositoryAddress(f"{host}/app")))

    assert repository.why_no_old_contents() == ""
    assert old_text(repository, first) == b"old\n"
    assert [one.path for one in repository.old_contents("", 30.0)] == ["old.txt", "new.txt"]
    assert len(repository.history().commits) == 2


@pytest.mark.parametrize(
    ("limits", "why_not"),
    [
        (Limits(old_contents=False), "switched off"),
        (Limits(contents_seconds=0.0), "longer than 0 seconds"),
        (Limits(contents_bytes=-1), "larger than"),
    ],
)
def test_without_old_contents_the_history_comes_all_the_same_and_says_so(root, repository_of, limits, why_not):
    source, first = with_an_old_file(repository_of, os.urandom(30_000).hex())
    far = GitCheckouts(root, no_tools, folders_allowed=False, limits=limits)

    with served(slow_from_the(4, source.path.parent)) as host:
        repository = far.open(far.fetch(RepositoryAddress(f"{host}/app")))

    assert why_not in repository.why_no_old_contents()
    assert old_text(repository, first) is None
    assert len(repository.history().commits) == 2
    assert repository.history().complete
    assert "promisor" not in (repository.bare_folder / "config").read_text()


def test_large_old_files_stay_away(root, repository_of):
    source, first = with_an_old_file(repository_of, "x" * 1_001)
    far = GitCheckouts(root, no_tools, folders_allowed=False, limits=Limits(old_file_bytes=1_000))

    with served(repositories_under(source.path.parent)) as host:
        repository = far.open(far.fetch(RepositoryAddress(f"{host}/app")))

    assert old_text(repository, first) is None


def test_folder_lends_its_old_contents(checkouts, repository_of):
    source, first = with_an_old_file(repository_of, "old\n")

    repository = checkouts.open(checkouts.fetch(RepositoryAddress(source.address)))

    assert (repository.why_no_old_contents(), old_text(repository, first)) == ("", b"old\n")


def test_without_history_only_the_commit_comes(far, repository_of):
    source = repository_of({"v.txt": "1"})
    source.commit({"v.txt": "2"})

    with served(repositories_under(source.path.parent)) as host:
        repository = far.open(far.fetch(RepositoryAddress(f"{host}/app"), history=False))

    history = repository.history()
    assert (len(history.commits), history.complete) == (1, False)
    assert "not fetched" in repository.why_no_old_contents()


def test_detached_head_is_read_under_its_commit(checkouts, repository_of):
    source = repository_of({"v.txt": "1"}, bare=False)
    first = source.head
    source.commit({"v.txt": "2"})
    source.git("checkout", "--quiet", "--detach", first)

    checkout = checkouts.fetch(RepositoryAddress(source.address))

    assert (checkout.ref, checkout.commit) == (first[:12], first)


def test_repository_with_sha256_ids_is_read(checkouts, tmp_path):
    source = GitSource(tmp_path / "new")
    source.git("init", "--quiet", "--bare", "--initial-branch=main", "--object-format=sha256", str(tmp_path / "sha256"))
    source.path = tmp_path / "sha256"
    source.commit({"a.txt": "a"})

    assert checkouts.open(checkouts.fetch(RepositoryAddress(source.address))).text("a.txt") == "a"


# Refusals: each its own sentence.


def test_folder_without_git_is_refused(checkouts, root, tmp_path):
    (tmp_path / "plain").mkdir()

    assert "is not a git repository" in refusal_of(checkouts, tmp_path / "plain")
    assert clones_in(root) == []


def test_folder_inside_a_repository_is_refused_with_what_to_name(checkouts, repository_of):
    source = repository_of({"src/app.py": ""}, bare=False)

    assert "the folder that holds .git" in refusal_of(checkouts, source.path / "src")


def test_repository_without_commits_is_refused(checkouts, repository_of):
    assert "no commits yet" in refusal_of(checkouts, repository_of().path)


def test_default_branch_without_commits_names_the_others(checkouts, repository_of):
    source = repository_of()
    source.commit({"a": "a"}, branch="develop")

    assert '"develop"' in refusal_of(checkouts, source.path)


def test_commit_that_is_not_there_is_refused(checkouts, far, repository_of):
    source = repository_of({"a": "a"})

    assert "has no commit" in refusal_of(checkouts, source.path, "1" * 40)
    assert "has no commit" in refusal_of(checkouts, source.path, "1234567")
    with served(repositories_under(source.path.parent)) as host:
        assert "has no commit" in refusal_of(far, f"{host}/app", "1" * 40)
        assert "has no commit" in refusal_of(far, f"{host}/app", "1234567")


@pytest.mark.parametrize("ref", ["--upload-pack=touch x", "-q", "a\nb", "../main", "main^{tree}", "$(touch x)"])
def test_name_of_a_branch_is_never_taken_for_an_option_or_an_expression(checkouts, repository_of, ref):
    assert "has no branch or tag" in refusal_of(checkouts, repository_of({"a": "a"}).path, ref)


def test_tag_on_a_file_is_no_commit(checkouts, repository_of):
    source = repository_of({"a": "a"})
    source.tag("just-a-file", source.git("rev-parse", "HEAD:a"))

    assert "not a commit" in refusal_of(checkouts, source.path, "just-a-file")


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (404, {}, "there is no repository at"),
        (401, {"WWW-Authenticate": 'Basic realm="x"'}, "asks for credentials"),
        (403, {}, "asks for credentials"),
        (200, {"Content-Type": "text/html"}, "is not a git repository"),
        (500, {}, "did not answer to the end"),
    ],
)
def test_answers_of_a_web_server_are_told_in_words(far, root, status, headers, words):
    with served(status_only(status, headers)) as host:
        assert words in refusal_of(far, f"{host}/app")
        assert words in far.look(RepositoryAddress(f"{host}/app")).problem
    assert clones_in(root) == []


def test_port_where_nobody_listens_is_told_as_unreachable(far):
    with served(status_only(200)) as host:
        pass

    assert "can't be reached" in refusal_of(far, f"{host}/app")


def test_host_that_does_not_exist_is_told_as_such(far):
    assert "can't be found" in refusal_of(far, "https://no-such-host.invalid/app")


def test_redirect_to_another_kind_of_address_is_not_followed(far):
    with served(status_only(302, {"Location": "ftp://127.0.0.1:9/app/info/refs"})) as host:
        assert refusal_of(far, f"{host}/app")


def test_clone_that_takes_too_long_is_stopped_and_removed(root):
    impatient = GitCheckouts(root, no_tools, folders_allowed=False, limits=Limits(seconds=0.3))
    with served(Silent) as host:
        assert "took longer than 0.3 seconds" in refusal_of(impatient, f"{host}/app")
    assert clones_in(root) == []


def test_clone_that_grows_too_large_is_stopped_and_removed(root, repository_of):
    source = repository_of({f"{number}.bin": os.urandom(100_000) for number in range(40)})
    frugal = GitCheckouts(root, no_tools, folders_allowed=False, limits=Limits(clone_bytes=1_000_000))

    with served(repositories_under(source.path.parent)) as host:
        assert "grew larger than 1 MB" in refusal_of(frugal, f"{host}/app")
    assert clones_in(root) == []


def test_interrupted_clone_is_removed_with_its_processes(root):
    """Ctrl-C in a real process, while git waits for a server that never answers."""
    with served(Silent) as host:
        process = subprocess.Popen([sys.executable, "-c", CLONING, str(root), f"{host}/app"], stderr=subprocess.PIPE)
        wait_until(lambda: root.is_dir() and len(clones_in(root)) == 1 and git_processes_under(process.pid))
        started = git_processes_under(process.pid)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=20)

    assert b"KeyboardInterrupt" in complaint
    assert clones_in(root) == []
    wait_until(lambda: not any(is_running(pid) for pid in started))


def test_clone_of_another_root_is_neither_opened_nor_removed(checkouts, tmp_path):
    (tmp_path / "clone-mine").mkdir()
    foreign = CheckoutRef(str(tmp_path / "clone-mine"), "somewhere", "main", "1" * 40)

    checkouts.discard(foreign)

    assert (tmp_path / "clone-mine").is_dir()
    with pytest.raises(Refusal):
        checkouts.open(foreign)


# The look.


def test_look_is_reused_by_the_fetch_that_follows(far, root, repository_of):
    source, requests = repository_of(FILES), []
    source.commit({"app.py": "x = 2\n"})

    with served(repositories_under(source.path.parent, seen=requests)) as host:
        address = RepositoryAddress(f"{host}/app")
        seen = far.look(address)
        looked = clones_in(root)
        checkout = far.fetch(address)

    assert [str(path) for path in looked] == [checkout.folder]
    assert checkout.commit == seen.commit
    assert len(far.open(checkout).history().commits) == 2


def test_look_is_not_reused_when_the_branch_has_moved_on(checkouts, root, repository_of):
    source = repository_of(FILES)
    checkouts.look(RepositoryAddress(source.address))
    newest = source.commit({"app.py": "x = 2\n"})

    checkout = checkouts.fetch(RepositoryAddress(source.address))

    assert checkout.commit == newest
    assert [str(path) for path in clones_in(root)] == [checkout.folder]


def test_look_names_languages_lockfiles_and_ci(checkouts, repository_of):
    seen = checkouts.look(RepositoryAddress(repository_of(FILES).address))

    assert (seen.languages, seen.lockfiles, seen.ci) == (("Python",), ("Gemfile.lock",), ("GitHub Actions",))


# Folders: what lies beside the commits is not read, and nothing of it is obeyed.


def test_uncommitted_changes_are_not_read(checkouts, repository_of):
    source = repository_of({"app.py": "committed\n"}, bare=False)
    (source.path / "app.py").write_text("changed\n")
    (source.path / "new.py").write_text("new\n")
    source.git("add", "new.py")

    repository = checkouts.open(checkouts.fetch(RepositoryAddress(source.address)))

    assert [(entry.path, repository.text(entry.path)) for entry in repository.files] == [("app.py", "committed\n")]


def test_linked_work_tree_is_read_at_its_own_commit(checkouts, repository_of, tmp_path):
    source = repository_of({"app.py": "1"}, bare=False)
    source.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))

    repository = checkouts.open(checkouts.fetch(RepositoryAddress(str(tmp_path / "linked"))))

    assert (repository.text("app.py"), repository.ref) == ("1", "side")


def test_shallow_folder_is_read_and_its_history_marked_incomplete(checkouts, repository_of, tmp_path):
    source = repository_of({"app.py": "1"})
    source.commit({"app.py": "2"})
    source.git("clone", "--quiet", "--bare", "--depth=1", f"file://{source.path}", str(tmp_path / "shallow"))

    repository = checkouts.open(checkouts.fetch(RepositoryAddress(str(tmp_path / "shallow"))))

    assert repository.text("app.py") == "2"
    assert (len(repository.history().commits), repository.history().complete) == (1, False)


def test_shallow_repository_is_read_over_the_network_too(far, repository_of):
    source = repository_of({"app.py": "1"})
    source.commit({"app.py": "2"})
    source.git("clone", "--quiet", "--bare", "--depth=1", f"file://{source.path}", str(source.path.parent / "shallow"))

    with served(repositories_under(source.path.parent)) as host:
        repository = far.open(far.fetch(RepositoryAddress(f"{host}/shallow")))

    assert (repository.text("app.py"), repository.history().complete) == ("2", False)


def trap(tmp_path, name):
    """A program that leaves a trace when it is run."""
    program, trace = tmp_path / f"{name}.sh", tmp_path / f"{name}.was-run"
    program.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program, trace


@pytest.mark.parametrize("bare", [True, False])
def test_settings_of_a_folder_start_nothing(checkouts, repository_of, tmp_path, bare):
    source = repository_of(FILES | {".gitattributes": "* filter=evil diff=evil\n"}, bare=bare)
    program, trace = trap(tmp_path, "setting")
    settings = (
        "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy",
        "core.alternateRefsCommand", "uploadpack.packObjectsHook", "alias.ls-tree", "alias.log", "alias.cat-file",
        "alias.rev-parse", "filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "diff.evil.command",
        "diff.evil.textconv", "diff.external", "log.showSignature", "gpg.program", "credential.helper",
    )  # fmt: skip
    for setting in settings:
        source.git("config", setting, "true" if setting == "log.showSignature" else str(program))

    seen = checkouts.look(RepositoryAddress(source.address))
    repository = checkouts.open(checkouts.fetch(RepositoryAddress(source.address)))
    repository.history()

    assert seen.problem == ""
    assert repository.text("app.py") == "x = 1\n"
    assert not trace.exists()


def test_hooks_of_a_folder_are_not_run(checkouts, repository_of, tmp_path):
    source = repository_of(FILES, bare=False)
    program, trace = trap(tmp_path, "hook")
    hooks = source.path / ".git" / "hooks"
    hooks.mkdir()
    for hook in ("post-checkout", "post-upload-pack", "pre-upload", "reference-transaction", "fsmonitor-watchman"):
        (hooks / hook).symlink_to(program)

    checkouts.open(checkouts.fetch(RepositoryAddress(source.address))).history()

    assert not trace.exists()


def test_folder_that_lacks_contents_does_not_fetch_them_from_where_it_says(checkouts, repository_of, tmp_path):
    source = repository_of({"a.txt": "a", "b.txt": "b"})
    program, trace = trap(tmp_path, "promisor")
    blob = source.git("rev-parse", "HEAD:b.txt")
    (source.path / "objects" / blob[:2] / blob[2:]).unlink()
    for name, value in {"url": f"ext::{program}", "promisor": "true", "uploadpack": str(program)}.items():
        source.git("config", f"remote.origin.{name}", value)

    repository = checkouts.open(checkouts.fetch(RepositoryAddress(source.address)))
    history = repository.history()

    assert repository.text("a.txt") == "a"
    assert [entry.path for entry in repository.files if repository.why_unread(entry)] == ["b.txt"]
    assert len(history.commits) == 1
    assert not trace.exists()


def test_variables_of_a_git_hook_we_run_in_do_not_lead_us_astray(checkouts, repository_of, monkeypatch):
    right, wrong = repository_of({"a": "right"}), repository_of({"a": "wrong"}, name="wrong")
    monkeypatch.setenv("GIT_DIR", str(wrong.path))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(wrong.path / "objects"))
    monkeypatch.setenv("GIT_NAMESPACE", "elsewhere")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.bare'='nonsense'")

    assert checkouts.open(checkouts.fetch(RepositoryAddress(right.address))).text("a") == "right"


# Contents made to harm.


def test_nothing_of_the_clients_tree_is_written_to_disk(far, root, repository_of):
    hostile = {
        "passwd": Link("/etc/passwd"),
        "out": Link("../../../.."),
        ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::touch x\n',
        "x": Submodule(),
        ".gitattributes": "* filter=lfs text=auto\n",
        "film.mp4": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5000000000\n",
        "inner/config": "[core]\n\tfsmonitor = touch x\n",
        "inner/HEAD": "ref: refs/heads/main\n",
    }
    source = repository_of(hostile)

    with served(repositories_under(source.path.parent)) as host:
        checkout = far.fetch(RepositoryAddress(f"{host}/app"))
    repository = far.open(checkout)

    assert repository.text("film.mp4").startswith("version https://git-lfs")
    assert sorted(path.name for path in clones_in(root)[0].iterdir()) == ["old-contents", "repository.git", "settings"]
    assert not any(path.is_symlink() for path in clones_in(root)[0].rglob("*"))


def test_submodule_with_an_address_like_an_option_is_refused_over_the_network(far, repository_of):
    modules = '[submodule "x"]\n\tpath = x\n\turl = --upload-pack=touch x\n'
    source = repository_of({".gitmodules": modules, "x": Submodule()})

    with served(repositories_under(source.path.parent)) as host:
        assert "damaged or forged" in refusal_of(far, f"{host}/app")


def forged(source, names):
    """A commit whose tree holds names that git itself would not write."""
    blob = source.git("hash-object", "-w", "--stdin", stdin=b"forged")
    entries = b"".join(b"100644 " + name + b"\0" + bytes.fromhex(blob) for name in names)
    tree = source.git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", stdin=entries)
    commit = source.git("commit-tree", tree, "-m", "forged", GIT_AUTHOR_NAME="x", GIT_AUTHOR_EMAIL="x@example.com")
    source.git("update-ref", "refs/heads/main", commit)


@pytest.mark.parametrize("name", [b"..", b".git", b".GIT", b"a/../../b"])
def test_forged_names_are_refused_from_a_folder_and_over_the_network(checkouts, far, root, repository_of, name):
    source = repository_of({"a": "a"})
    forged(source, [name])

    assert "forged" in refusal_of(checkouts, source.path)
    with served(repositories_under(source.path.parent)) as host:
        assert "forged" in refusal_of(far, f"{host}/app")
    assert clones_in(root) == []


@pytest.mark.parametrize("name", [b"a", b".git"])
def test_flaws_of_old_tools_are_borne_with_but_open_no_door(far, repository_of, name):
    """Modes padded with a zero stand in the history of many old repositories."""
    source = repository_of({"a": "a"})
    blob = source.git("hash-object", "-w", "--stdin", stdin=b"old")
    tree = source.git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", stdin=zero_padded(blob, name))
    who = {"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.com"}
    source.git("update-ref", "refs/heads/main", source.git("commit-tree", tree, "-p", "HEAD", "-m", "old", **who))

    with served(repositories_under(source.path.parent)) as host:
        if name == b"a":
            repository = far.open(far.fetch(RepositoryAddress(f"{host}/app")))
            assert (repository.text("a"), len(repository.history().commits)) == ("old", 2)
        else:
            assert "forged" in refusal_of(far, f"{host}/app")


def zero_padded(blob, name):
    return b"0100644 " + name + b"\0" + bytes.fromhex(blob)


def test_tree_that_unfolds_to_billions_of_files_is_refused_in_a_moment(root, repository_of):
    checkouts = GitCheckouts(root, no_tools, folders_allowed=True, limits=Limits(files=20_000))
    source = repository_of({"a": "a"})
    source.commit_bomb()

    assert "more than 20000 files" in refusal_of(checkouts, source.path)
    assert clones_in(root) == []


def test_two_hundred_thousand_files_are_read(checkouts, repository_of):
    source = repository_of({f"d{number // 500}/f{number}": "same" for number in range(200_000)})

    assert len(checkouts.open(checkouts.fetch(RepositoryAddress(source.address))).files) == 200_000


def memory_of(who):
    return resource.getrusage(who).ru_maxrss * 1024


def test_file_of_five_gigabytes_is_listed_and_never_unpacked(checkouts, repository_of):
    source = repository_of({"a.txt": "a"})
    source.commit_giant("giant.bin")
    before = memory_of(resource.RUSAGE_SELF)

    repository = checkouts.open(checkouts.fetch(RepositoryAddress(source.address)))

    assert {entry.path: entry.size for entry in repository.files} == {"a.txt": 1, "giant.bin": GIANT_BYTES}
    assert list(repository.blob_bytes(["a.txt", "giant.bin"])) == [("a.txt", b"a")]
    with pytest.raises(Unreadable, match="larger than"):
        repository.text("giant.bin")
    assert memory_of(resource.RUSAGE_SELF) - before < 100e6
    assert memory_of(resource.RUSAGE_CHILDREN) < 1e9


def test_file_of_five_gigabytes_does_not_come_over_the_network(far, root, repository_of):
    source = repository_of({"a.txt": "a"})
    source.commit_giant("giant.bin")

    with served(repositories_under(source.path.parent)) as host:
        repository = far.open(far.fetch(RepositoryAddress(f"{host}/app")))

    assert repository.text("a.txt") == "a"
    assert list(repository.blob_bytes(["giant.bin"])) == []
    assert sum(file.stat().st_size for file in root.rglob("*") if file.is_file()) < 2e6
