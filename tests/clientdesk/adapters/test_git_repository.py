"""What checks may rely on: the same promises, kept by a real clone and by the fake."""

import os
import threading
import time
from datetime import UTC, datetime

import pytest
from fakes.git_http import repositories_under, served
from fakes.git_source import Executable, Link, Submodule
from fakes.repository import RepositoryFromText

from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.adapters.git_clone import Limits
from clientdesk.audit.repository import Repository, ToolFailed, ToolKey, Unreadable
from clientdesk.audit.result import Tool
from clientdesk.domain.intake import RepositoryAddress

GREETING: ToolKey[str] = ToolKey("greeting")
BROKEN: ToolKey[str] = ToolKey("broken")
HOSTILE_NAMES = ("a\nb.py", "tab\there", "bell\x07", '"quoted"', " leading", "$(touch x)", "-rf", "naïve ünïcode.py")


class Tools:
    """Two tools, one of which fails, and how often each was run."""

    def __init__(self):
        self.runs = []

    def __call__(self, repository, key):
        self.runs.append(key.name)
        time.sleep(0.05)
        if key == BROKEN:
            raise ToolFailed("it crashed", Tool("broken", "1.0"))
        return f"hello from {repository.ref}"


@pytest.fixture
def tools():
    return Tools()


@pytest.fixture
def checkouts(tmp_path, tools):
    return GitCheckouts(tmp_path / "clones", tools, folders_allowed=True)


@pytest.fixture
def real(checkouts, repository_of):
    def build(files):
        source = repository_of(files)
        return checkouts.open(checkouts.fetch(RepositoryAddress(source.address)))

    return build


@pytest.fixture(params=["real", "fake"])
def made_of(request, real):
    """Builds a repository from a dictionary: a real clone, and the fake."""
    if request.param == "real":
        return real
    broken = ToolFailed("it crashed", Tool("broken", "1.0"))
    return lambda files: RepositoryFromText(files, {GREETING: "hello from main", BROKEN: broken})


def test_both_are_repositories(made_of):
    repository: Repository = made_of({"app.py": "x = 1\n"})

    assert repository.ref == "main"
    assert len(repository.commit) == 40
    assert repository.committed_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_files_are_sorted_and_tell_size_and_kind(made_of):
    repository = made_of({"b/run.sh": Executable("#!/bin/sh\n"), "a.py": "x = 1\n", "z": Link("a.py")})

    assert [entry.path for entry in repository.files] == ["a.py", "b/run.sh", "z"]
    assert [entry.size for entry in repository.files] == [6, 10, 4]
    assert [entry.is_link for entry in repository.files] == [False, False, True]
    assert [entry.is_executable for entry in repository.files] == [False, True, False]


def test_blob_ids_are_those_of_git(made_of):
    assert made_of({"a.py": "x = 1\n"}).files[0].blob == "7d4290a117a4ddcc11daae7ea675841033830c8f"


def test_submodules_are_left_out(made_of):
    repository = made_of({"app.py": "", "vendor/other": Submodule(), ".gitmodules": '[submodule "x"]\n'})

    assert [entry.path for entry in repository.files] == [".gitmodules", "app.py"]


def test_text_replaces_what_cannot_be_decoded_and_drops_a_byte_order_mark(made_of):
    repository = made_of({"latin.py": b"name = '\xe9'\n", "marked.py": b"\xef\xbb\xbfx = 1\n"})

    assert repository.text("latin.py") == "name = '�'\n"
    assert repository.text("marked.py") == "x = 1\n"


def test_line_ends_are_left_as_they_are(made_of):
    assert made_of({"dos.txt": "a\r\nb\r\n"}).text("dos.txt") == "a\r\nb\r\n"


@pytest.mark.parametrize("target", ["/etc/passwd", "../../../../etc/passwd", "/dev/zero", "app.py", "."])
def test_link_is_not_followed_wherever_it_points(made_of, target):
    repository = made_of({"app.py": "", "link": Link(target)})

    with pytest.raises(Unreadable, match="link is a link"):
        repository.text("link")
    assert [path for path, _ in repository.blob_bytes(["app.py", "link"])] == ["app.py"]


def test_binary_content_has_no_text_but_bytes(made_of):
    repository = made_of({"logo.png": b"\x89PNG\0\0"})

    with pytest.raises(Unreadable, match=r"logo\.png is binary"):
        repository.text("logo.png")
    assert list(repository.blob_bytes(["logo.png"])) == [("logo.png", b"\x89PNG\0\0")]


def test_text_of_more_than_a_megabyte_is_not_read(made_of):
    repository = made_of({"at.txt": b"x" * 1_000_000, "over.txt": b"x" * 1_000_001})

    assert len(repository.text("at.txt")) == 1_000_000
    with pytest.raises(Unreadable, match=r"over\.txt is larger than 1 MB"):
        repository.text("over.txt")
    assert [path for path, _ in repository.blob_bytes(["over.txt", "at.txt"])] == ["at.txt"]


def test_path_that_is_not_there_is_a_key_error(made_of):
    repository = made_of({"app.py": ""})

    with pytest.raises(KeyError):
        repository.text("nowhere.py")
    with pytest.raises(KeyError):
        list(repository.blob_bytes(["nowhere.py"]))


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_odd_names_are_read_as_they_are(made_of, name):
    repository = made_of({name: "content\n"})

    assert [entry.path for entry in repository.files] == [name]
    assert repository.text(name) == "content\n"


def test_names_that_differ_in_case_are_two_files(made_of):
    repository = made_of({"Readme": "upper", "readme": "lower"})

    assert [repository.text("Readme"), repository.text("readme")] == ["upper", "lower"]


def test_bytes_come_in_the_order_asked_for(made_of):
    repository = made_of({f"{number:04}.txt": f"{number}" for number in range(1200)})
    paths = [entry.path for entry in repository.files][::-1]

    assert [int(content) for _, content in repository.blob_bytes(paths)] == list(range(1200))[::-1]


def test_tool_answers_with_its_report_or_fails_with_its_reason(made_of):
    repository = made_of({"app.py": ""})

    assert repository.tool(GREETING) == "hello from main"
    with pytest.raises(ToolFailed, match="it crashed"):
        repository.tool(BROKEN)


# What follows is about the real thing alone.


def test_bytes_that_are_no_utf8_in_a_name_are_spelled_out(real):
    repository = real({b"\xff.py": "x", b"\xfe.py": "y"})

    assert [entry.path for entry in repository.files] == ["\\xfe.py", "\\xff.py"]
    assert repository.text("\\xff.py") == "x"


def test_two_names_with_one_spelling_are_both_kept(real):
    repository = real({b"\xff.py": "x", b"\\xff.py": "y"})

    assert len(repository.files) == 2
    assert {repository.text(entry.path) for entry in repository.files} == {"x", "y"}


def test_history_and_old_contents_hold_no_path_that_the_files_have_a_second_time(real):
    repository = real({"a/b.py": "1\n", "é.txt": "2\n", "c": "3\n"})
    held = {id(entry.path) for entry in repository.files}

    told = [path for commit in repository.history().commits for path in commit.paths]
    told += [one.path for one in repository.old_contents("", 30)]

    assert len(told) == 6
    assert {id(path) for path in told} == held


def test_each_tool_runs_once_however_many_ask_at_once(real, tools):
    repository = real({"app.py": ""})
    answers = []

    def ask():
        answers.append(repository.tool(GREETING))
        try:
            repository.tool(BROKEN)
        except ToolFailed as failed:
            answers.append(failed.reason)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["hello from main"] * 8 + ["it crashed"] * 8
    assert sorted(tools.runs) == ["broken", "greeting"]


def test_texts_are_not_mixed_up_when_read_from_several_threads(real):
    repository = real({f"{number}.txt": f"{number}" * 5000 for number in range(40)})
    wrong = []

    def read(step):
        for number in range(40):
            wanted = str((number * step) % 40)
            if repository.text(f"{wanted}.txt") != wanted * 5000:
                wrong.append(wanted)

    threads = [threading.Thread(target=read, args=(step,)) for step in (1, 3, 7, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_reading_goes_on_after_git_was_killed(real):
    repository = real({"a.txt": "a", "b.txt": "b"})
    repository.text("a.txt")
    repository._blobs._held[0].process.kill()
    repository._blobs._held[0].process.wait()

    assert repository.text("b.txt") == "b"


def test_no_git_process_is_left_behind(real):
    repository = real({"a.txt": "a"})
    repository.text("a.txt")
    process = repository._blobs._held[0].process.pid

    repository.close()

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_file_that_was_too_large_to_fetch_says_so(tmp_path, repository_of):
    source = repository_of({"film.mp4": os.urandom(40_000), "app.py": "x = 1\n"})
    checkouts = GitCheckouts(tmp_path / "c", Tools(), folders_allowed=False, limits=Limits(file_bytes=20_000))
    with served(repositories_under(source.path.parent)) as address:
        repository = checkouts.open(checkouts.fetch(RepositoryAddress(f"{address}/app")))

    assert {entry.path: entry.size for entry in repository.files} == {"film.mp4": 20_001, "app.py": 6}
    assert repository.text("app.py") == "x = 1\n"
    with pytest.raises(Unreadable, match=r"larger than 0\.02 MB"):
        repository.text("film.mp4")
    assert [path for path, _ in repository.blob_bytes(["film.mp4", "app.py"])] == ["app.py"]
