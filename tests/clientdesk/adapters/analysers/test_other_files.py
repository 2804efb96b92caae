from __future__ import annotations

from fakes.git_source import Link
from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers import other_files
from clientdesk.adapters.analysers.limits import Limits

FILES = {
    "app/a.rb": "def a\nend\n",
    "Rakefile": "def b\nend\n",
    "web/c.TS": "function c() {}\n",
    "d.jsx": "const d = () => <b/>;\n",
    "e.min.js": "a=function(){return 1};" * 500,
    "f.py": "def f(): pass\n",
    "g.rb": Link("app/a.rb"),
    "h.go": "package h\nfunc h() {}\n",
    "i.html.erb": "<%= i %>",
}


def complexity(files):
    return other_files.complexity(other_files.results(RepositoryFromText(files), Limits(), None))


def test_each_language_is_reported_under_its_name_and_nothing_else_is_read():
    report = complexity(FILES)

    assert {one.path: one.language for one in report.files} == {
        "Rakefile": "Ruby",
        "app/a.rb": "Ruby",
        "d.jsx": "JavaScript",
        "h.go": "Go",
        "web/c.TS": "TypeScript",
    }
    assert sorted(function.name for function in report.functions) == ["a", "b", "c", "d", "h"]
    assert [unread.path for unread in report.unread] == ["e.min.js"]
    assert report.files[0].maintainability is None


def test_repository_without_these_languages_starts_no_worker():
    report = complexity({"a.py": ""})

    assert (report.files, report.functions, report.unread) == ((), (), ())
