"""Against indexes on the loopback address."""

from __future__ import annotations

import json

import pytest
from fakes.web_server import answering

from clientdesk.adapters.indexes.index_addresses import Index
from clientdesk.adapters.indexes.package_indexes import PackageIndexes
from clientdesk.audit.repository import Package, ToolFailed

FLASK = Package("PyPI", "Flask", "3.0", "requirements.txt", 1, direct=True)
REACT = Package("npm", "@x/react", "18.0.0", "package.json", 1, direct=True)
SIMPLE = {"files": [{"filename": "flask-3.0.tar.gz", "upload-time": "2024-05-01T10:00:00Z"}]}
DOCUMENT = {"versions": {"18.0.0": {}}, "time": {"18.0.0": "2022-03-29T00:00:00Z"}, "dist-tags": {"latest": "18.0.0"}}
ANSWERS = {
    "/simple/flask/": (200, {}, json.dumps(SIMPLE).encode()),
    "/npm/@x/react": (200, {}, json.dumps(DOCUMENT).encode()),
}


def asking(server, cache=None, **more):
    places = {"PyPI": Index(f"{server}/simple"), "npm": Index(f"{server}/npm")}
    return PackageIndexes(cache, addresses=lambda: places, **more)


def test_direct_dependencies_are_asked_about_by_name_alone():
    deep = Package("npm", "deep", "1.0.0", "package-lock.json", 1, direct=False)
    with answering(ANSWERS) as server:
        report = asking(server.address).report([FLASK, REACT, deep])

    assert sorted(server.asked) == ["/npm/@x/react", "/simple/flask/"]
    assert {package.name: [each.version for each in known.releases] for package, known in report.packages} == {
        "Flask": ["3.0"],
        "@x/react": ["18.0.0"],
    }
    assert (report.not_asked, report.source) == ((), "127.0.0.1")


def test_one_name_in_many_files_is_one_question():
    twice = [FLASK, Package("PyPI", "flask", "3.0", "b.txt", 1, direct=True)]
    with answering(ANSWERS) as server:
        report = asking(server.address).report(twice)

    assert (len(server.asked), len(report.packages)) == (1, 2)


def test_answers_are_kept_for_a_day(tmp_path):
    with answering(ANSWERS) as server:
        first = asking(server.address, tmp_path / "cache").report([FLASK, REACT])
        second = asking(server.address, tmp_path / "cache").report([FLASK, REACT])
        asking(server.address, tmp_path / "cache", kept_days=0.0).report([FLASK])

    assert first == second
    assert len(server.asked) == 3


def test_what_could_not_be_asked_is_named_and_costs_no_other():
    private = Package("PyPI", "private", "1.0", "requirements.txt", 1, direct=True)
    module = Package("NuGet", "example.a", "8.0.0", "a.csproj", 1, direct=True)
    broken = {**ANSWERS, "/npm/@x/react": (500, {}, b"")}
    with answering(broken) as server:
        report = asking(server.address).report([FLASK, private, module, REACT])

    assert [package for package, _ in report.packages] == [FLASK]
    assert dict(report.not_asked) == {
        private: "127.0.0.1 does not list it",
        module: "the index of NuGet is not asked",
        REACT: "127.0.0.1 answered with status 500",
    }


def test_an_index_that_is_not_there_is_asked_few_times_and_fails_the_tool():
    many = [Package("PyPI", f"name-{number}", "1.0", "r.txt", 1, direct=True) for number in range(50)]

    with pytest.raises(ToolFailed, match="could not be reached"):
        asking("http://127.0.0.1:9").report(many)


def test_an_index_that_asks_for_long_patience_is_left_in_peace():
    many = [Package("PyPI", f"name-{number}", "1.0", "r.txt", 1, direct=True) for number in range(50)]
    busy = {f"/simple/name-{number}/": (429, {"Retry-After": "999"}, b"") for number in range(50)}
    with answering(busy) as server, pytest.raises(ToolFailed, match="too busy"):
        asking(server.address).report(many)

    assert len(server.asked) <= 4  # one for each of those who ask at the same time


def test_no_address_is_a_reason():
    places = {"npm": Index("", "npm is not installed")}

    with pytest.raises(ToolFailed, match="npm is not installed"):
        PackageIndexes(addresses=lambda: places).report([REACT])


def test_more_names_than_a_light_audit_asks_about_are_counted():
    many = [Package("PyPI", f"name-{number}", "1.0", "r.txt", 1, direct=True) for number in range(301)]
    with answering(ANSWERS) as server:
        report = asking(server.address).report([FLASK, *many])

    assert len(server.asked) == 300
    assert sum("more than 300" in reason for _, reason in report.not_asked) == 2


def test_nothing_to_ask_asks_nobody():
    assert PackageIndexes(addresses=dict).report([]).packages == ()


PSR = Package("Packagist", "Psr/Log", "1.0.0", "composer.lock", 1, direct=True)
MINIFIED = {
    "minified": "composer/2.0",
    "packages": {
        "psr/log": [
            {"version": "3.0.2", "time": "2024-09-11T13:17:53+00:00", "abandoned": "psr/other"},
            {"version": "dev-master", "time": "2025-01-01T00:00:00+00:00"},
            {"version": "v1.0.0", "time": "2012-12-21T11:40:51+00:00", "abandoned": "__unset"},
        ]
    },
}
CHI = Package("Go", "github.com/Go-chi/chi", "4.1.0", "go.mod", 1, direct=True)
MODULES = {
    "/packages/p2/psr/log.json": (200, {}, json.dumps(MINIFIED).encode()),
    "/go/github.com/!go-chi/chi/@latest": (
        200,
        {},
        b'{"Version": "v4.1.2+incompatible", "Time": "2020-06-01T00:00:00Z"}',
    ),
    "/go/github.com/!go-chi/chi/@v/v4.1.0+incompatible.info": (
        200,
        {},
        b'{"Version": "v4.1.0+incompatible", "Time": "2020-04-01T00:00:00Z"}',
    ),
}


def elsewhere(server, cache=None):
    places = {"Packagist": Index(f"{server}/packages"), "Go": Index(f"{server}/go")}
    return PackageIndexes(cache, addresses=lambda: places)


def test_php_and_go_are_asked_where_they_are_listed(tmp_path):
    with answering(MODULES) as server:
        first = elsewhere(server.address, tmp_path / "cache").report([PSR, CHI])
        second = elsewhere(server.address, tmp_path / "cache").report([PSR, CHI])

    known = {package.name: known for package, known in first.packages}
    assert first == second
    assert len(server.asked) == 3
    assert [(each.version, str(each.on)) for each in known["Psr/Log"].releases] == [
        ("3.0.2", "2024-09-11"),
        ("1.0.0", "2012-12-21"),
    ]
    assert known["Psr/Log"].abandoned == "use psr/other instead"
    assert [each.version for each in known["github.com/Go-chi/chi"].releases] == ["4.1.2", "4.1.0"]


def test_module_that_a_proxy_does_not_know_is_named():
    with answering({}) as server, pytest.raises(ToolFailed, match="does not list it"):
        elsewhere(server.address).report([CHI])


@pytest.mark.parametrize(
    "answer", [b"[]", b'{"packages": 3}', b'{"packages": {"psr/log": ["x", {"version": 3}]}}', b"{}"]
)
def test_answer_of_another_shape_lists_nothing(answer):
    with (
        answering({"/packages/p2/psr/log.json": (200, {}, answer)}) as server,
        pytest.raises(ToolFailed, match="no release"),
    ):
        elsewhere(server.address).report([PSR])
