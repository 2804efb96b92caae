from __future__ import annotations

import random
import time
from itertools import count

import pytest
from fakes.planted import EVERY, GITHUB, KEY
from fakes.scanner_rules import reach, rules, words

from clientdesk.adapters.analysers import deltas
from clientdesk.adapters.analysers.history_suspects import suspects
from clientdesk.adapters.analysers.kingfisher import Kingfisher, _binary
from clientdesk.adapters.analysers.secret_history import SecretHistory
from clientdesk.adapters.checkout import GitCheckouts
from clientdesk.domain.intake import RepositoryAddress

# Of these, `FAR_SIGHTED` finds a part without which none of them finds anything.
_FAR = {
    "betterleaks.curl-auth-header",
    "betterleaks.curl-auth-user",
    "betterleaks.gcp-application-default-credentials",
    "betterleaks.gcp-service-account",
    "betterleaks.jwt-base64",
    "betterleaks.kubernetes-secret-yaml",
    "betterleaks.nuget-config-password",
    "betterleaks.private-key",
    "veles.secrets/codecatalystcredentials",
}


@pytest.fixture(scope="module")
def kingfisher(rules):
    return Kingfisher(rules)


@pytest.fixture
def opened(tmp_path):
    def open_it(source):
        checkouts = GitCheckouts(tmp_path / "clones", print, folders_allowed=True)
        return checkouts.open(checkouts.fetch(RepositoryAddress(source.address)))

    return open_it


def text(seed, lines=120):
    chance = random.Random(seed)
    return [f"    value_{chance.randrange(10**6)} = {chance.random()}" for _ in range(lines)]


def joined(lines):
    return "\n".join(lines) + "\n"


def both(kingfisher, repository):
    """What is found by way of passages, and by scanning every content whole."""
    return tuple(SecretHistory(kingfisher, many=many).report(repository).leaks for many in (1, 10**9))


def test_no_rule_sees_farther_than_a_passage_but_those_that_are_seen_to():
    far = {name for name, pattern in rules(_binary()).items() if reach(pattern) > deltas._REACH}

    assert far == _FAR


def test_what_any_rule_finds_is_found_by_passages_too(kingfisher, opened, repository_of):
    planted = {name: words(pattern, name) for name, pattern in rules(_binary()).items()}
    names = {name: f"src/{name.replace('/', '-')}.py" for name in planted}
    source = repository_of({names[name]: joined(text(name)) for name in planted})
    for place in (60, 90):
        versions = {}
        for name, secret in planted.items():
            lines = text(name)
            lines[place:place] = [f"x = {secret} "]
            versions[names[name]] = joined(lines)
        source.commit(versions)
    source.commit({names[name]: joined(text(name)[:40]) for name in planted})
    source.git("repack", "-adfq")

    passages, whole = both(kingfisher, opened(source))

    assert passages == whole
    assert len({leak.rule for leak in whole}) > 250


def history_of(repository_of, path, *versions):
    source = repository_of({path: joined(versions[0]), "filler.py": joined(text("filler"))})
    for version in versions[1:]:
        source.commit({path: joined(version)})
    source.git("repack", "-adfq")
    return source


def test_key_is_found_however_much_of_it_was_there_before(kingfisher, opened, repository_of):
    lines, key = text("key"), KEY.splitlines()
    begun = [*lines[:60], *key[:4], *lines[60:]]
    whole = [*lines[:60], *key, *lines[60:]]
    changed = [*lines[:60], *key[:12], *key[13:], *lines[60:]]
    source = history_of(repository_of, "deploy.txt", begun, whole, changed, [*lines, "end"])

    passages, every = both(kingfisher, opened(source))

    assert passages == every
    assert {leak.rule for leak in every} == {"private-key"}
    assert len(every) == 2


def test_parts_that_count_together_are_found_though_each_came_alone(kingfisher, opened, repository_of):
    lines = text("manifest")
    manifest = ["apiVersion: v1", "kind: Secret", *[f"# {line}" for line in lines[:15]], "data:"]
    value = "  password: " + "c3VwZXJzZWNyZXRwYXNzd29yZDEyMw=="
    source = history_of(
        repository_of,
        "secret.yaml",
        ["apiVersion: v1", *manifest[2:], value],
        [*manifest, value],
        [*manifest, value, "# more"],
        ["gone: true"],
    )

    passages, every = both(kingfisher, opened(source))

    assert passages == every
    assert "kubernetes-secret-yaml" in {leak.rule for leak in every}


def test_secret_that_two_lines_make_together_is_found_where_the_lines_between_went(kingfisher, opened, repository_of):
    lines = text("gap")
    apart = [*lines[:50], "github_token =", *lines[50:60], f"    '{GITHUB}x'", *lines[60:]]
    together = [*lines[:50], "github_token =", f"    '{GITHUB}x'", *lines[60:]]
    source = history_of(repository_of, "app.py", lines, apart, together, lines)

    passages, every = both(kingfisher, opened(source))

    assert passages == every


def test_name_decides_in_passages_as_it_does_in_files(kingfisher, opened, repository_of):
    line = 'resource "x" {\n  administrator_login_password = "' + "kT8vQ2zL9mXw" + '"\n}'
    versions = [text("tf"), [*text("tf")[:50], line, *text("tf")[50:]], text("tf")]
    source = history_of(repository_of, "deploy/main.tf", *versions)

    passages, every = both(kingfisher, opened(source))

    assert passages == every


def test_old_text_in_other_encodings_and_odd_places_is_scanned(kingfisher, opened, repository_of):
    line = f"token = '{GITHUB}'\n"
    source = repository_of({"a": line, "wide.txt": line.encode("utf-16"), "some.html": f"<p>{line}</p>\n"})
    source.commit({"a": None, "a/b": line.replace("token", "other"), "wide.txt": None, "some.html": None})
    source.commit({"a/b": None, "some zeros.txt": f"\0{line}".encode(), "picture.png": b"\0" * 99 + line.encode()})
    source.commit({"some zeros.txt": None, "picture.png": None, "z": "z\n"})
    source.git("repack", "-adfq")

    passages, every = both(kingfisher, opened(source))

    assert passages == every
    assert [(leak.path, leak.digest) for leak in every] == [("a", every[0].digest)]


def test_random_histories_give_the_same_either_way(kingfisher, opened, repository_of):
    chance, numbers = random.Random(7), count()
    files = {f"m{n % 3}/f{n}.py": text(n, 80) for n in range(8)}
    source = repository_of({path: joined(lines) for path, lines in files.items()})
    secrets = [f"t{next(numbers)} = '{secret}'" for secret in (*EVERY.values(), GITHUB[::-1])]
    for _ in range(40):
        path = chance.choice(list(files))
        lines = files[path]
        for _ in range(chance.randrange(1, 5)):
            at = chance.randrange(len(lines))
            lines[at : at + chance.randrange(3)] = chance.choices(
                [*secrets, *text(next(numbers), 9)], k=chance.randrange(3)
            )
        source.commit({path: joined(lines)})
    source.git("repack", "-adfq")

    passages, every = both(kingfisher, opened(source))

    assert passages == every
    assert len(every) >= 3


def test_only_what_holds_something_is_suspect(kingfisher, opened, repository_of):
    lines = text("few")
    versions = [[*lines, f"step {n}"] for n in range(30)]
    versions[12] = [*lines[:50], f"token = '{GITHUB}'", *lines[50:], "step 12"]
    source = history_of(repository_of, "app.py", *versions)
    for n in range(30):
        source.commit({"other.py": joined([*text("other"), f"step {n}"])})
    source.git("repack", "-adfq")
    repository = opened(source)
    listed = repository.old_contents("", 30)

    told = suspects(kingfisher, repository.bare_folder / "objects", listed, time.monotonic() + 60)

    assert {listed[number].path for number in told} == {"app.py"}
    blobs = [listed[number].blob for number in told]
    assert any(GITHUB.encode() in content for content in repository.contents(blobs) if content)
