from __future__ import annotations

import random
import subprocess
import sys
from array import array

import pytest

from clientdesk.adapters.analysers.history_passages import LEFT, PASSED_OVER, WHOLE
from clientdesk.adapters.analysers.passage_files import owners_of, passages_of

MARK = "5ca1ab1e"


def version(number):
    chance = random.Random(3)
    lines = [f"line {chance.random()}\n" for _ in range(300)]
    lines[number * 20] = f"new in {number}\n"
    return "".join(lines)


@pytest.fixture
def source(repository_of):
    built = repository_of({"a.txt": version(0)})
    for number in range(1, 8):
        built.commit({"a.txt": version(number)})
    built.git("repack", "-adfq")
    return built


def blobs(source, path="a.txt", count=8):
    """Of the versions, the oldest first."""
    return [source.git("rev-parse", f"HEAD~{count - 1 - number}:{path}") for number in range(count)]


def numbers(file):
    return array("i", file.read_bytes())


def passages_in(folder, shares):
    """Texts by the folder and the path in its repository."""
    git = ["git", f"--git-dir={folder}/repository.git"]
    for share in range(shares):
        listed = subprocess.run([*git, "ls-tree", "-rz", "--name-only", str(share)], capture_output=True, check=True)
        for path in listed.stdout.decode().split("\0")[:-1]:
            shown = subprocess.run([*git, "show", f"{share}:{path}"], capture_output=True, check=True)
            yield (folder, path), shown.stdout


@pytest.fixture
def written(tmp_path):
    """Bases and files by name, for contents of these ids."""

    def run(source, ids, shares=1):
        folder = tmp_path / f"in-{shares}"
        folder.mkdir(exist_ok=True)
        (folder / "contents").write_text("".join(f"{one} src/a.txt\n" for one in ids))
        module = "clientdesk.adapters.analysers.history_passages"
        command = [sys.executable, "-I", "-m", module, str(source.path / "objects"), ".", MARK, str(shares)]
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        return list(numbers(folder / "bases")), dict(passages_in(folder, shares))

    return run


def numbers_with(files, word):
    """Of the contents in whose passages the word stands."""
    found = set()
    for (folder, _), text in files.items():
        lines = {number for number, line in enumerate(text.split(b"\n"), start=1) if word in line}
        for owners in folder.glob("owners-*"):
            found |= owners_of(passages_of(text, lines, MARK), numbers(owners))
    return found


def test_each_version_gives_what_is_new_in_it(source, written):
    bases, files = written(source, blobs(source))

    assert bases.count(WHOLE) == 1
    assert all(base in {WHOLE, *range(8)} for base in bases)
    for number in range(8):
        assert number in numbers_with(files, b"new in %d" % number)
    assert sum(map(len, files.values())) < 0.5 * sum(len(version(number)) for number in range(8))


def test_version_whose_base_is_of_no_interest_is_written_whole(source, written):
    ids = blobs(source)
    _, first_files = written(source, ids[2:3])

    assert version(2).encode() in b"".join(first_files.values())


def test_what_is_in_no_pack_is_left(source, written):
    loose = source.git("hash-object", "-w", "--stdin", stdin=b"loose\n")

    bases, files = written(source, [*blobs(source), loose, "1" * 40])

    assert bases[8:] == [LEFT, LEFT]
    assert b"loose" not in b"".join(files.values())


def test_damaged_family_is_left_to_git(source, written):
    ids = blobs(source)
    [pack] = (source.path / "objects" / "pack").glob("*.pack")
    pack.chmod(0o600)
    data = pack.read_bytes()
    pack.write_bytes(data[: len(data) // 4] + b"\xff" * (len(data) - len(data) // 4))

    bases, _ = written(source, ids)

    assert set(bases) == {LEFT}


def test_pictures_are_passed_over_and_text_made_of_them_is_whole(repository_of, written):
    noise = random.Random(5).randbytes(3_000)
    source = repository_of({"a.txt": bytes(99) + noise})
    source.commit({"a.txt": b"now text\n" + noise.replace(b"\0", b"0")})
    source.git("repack", "-adfq")

    bases, files = written(source, blobs(source, count=2))

    assert bases == [PASSED_OVER, WHOLE]
    assert b"now text" in b"".join(files.values())


@pytest.fixture
def families(repository_of):
    """Nine files with two versions each, and their contents."""
    texts = {f"{number}.txt": "".join(f"{number} {line}\n" for line in range(200)) for number in range(9)}
    built = repository_of(texts)
    built.commit({name: f"new in {name}\n{text}" for name, text in texts.items()})
    built.git("repack", "-adfq")
    return built, [blob for name in texts for blob in blobs(built, name, count=2)]


def test_shares_give_together_what_one_gives(families, written):
    bases, files = written(*families)
    shared_bases, shared_files = written(*families, shares=3)

    assert shared_bases == bases
    assert {path.partition("-")[0] for _, path in shared_files} == {"0", "1", "2"}
    for number in range(9):
        word = b"new in %d" % number
        assert numbers_with(shared_files, word) == numbers_with(files, word) != set()


def test_share_that_fails_fails_the_whole(families, written, tmp_path):
    packs = tmp_path / "in-3" / "repository.git" / "objects" / "pack"
    packs.mkdir(parents=True)
    (packs / "pack-1.pack").write_text("where the second share would write")

    with pytest.raises(subprocess.CalledProcessError):
        written(*families, shares=3)
