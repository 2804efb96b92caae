from __future__ import annotations

from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers import other_files, other_security
from clientdesk.adapters.analysers.limits import Limits

FILES = {
    "app/views/a.html.erb": "<p>\n<%= raw params[:a] %>\n",
    "config/initializers/secret_token.rb": f'App.config.secret_key_base = "{"0f" * 32}"\n',
    "lib/tasks/a.rake": 'def a(b)\n  system("ls #{b}")\nend\n',
    "a.ts": "export const a = eval(req.body.b)\n",
    "a.go": "package a\n",
    "b.js": "a\0b",
}


def report():
    repository = RepositoryFromText(FILES)
    return other_security.security(repository, other_files.results(repository, Limits(), None))


def test_each_place_has_the_words_of_its_rule_and_its_own_line():
    issues = {issue.path: issue for issue in report().issues}

    assert sorted(issues) == ["a.ts", "app/views/a.html.erb", "config/initializers/secret_token.rb"]
    template = issues["app/views/a.html.erb"]
    assert (template.test_id, template.line, template.code) == ("rb-html-input", 2, "2 <%= raw params[:a] %>\n")
    assert (template.severity, template.confidence, template.cwe) == ("HIGH", "HIGH", 79)


def test_a_key_in_the_code_is_not_carried_on():
    (issue,) = [issue for issue in report().issues if issue.test_id == "rb-key-in-code"]

    assert issue.code == ""


def test_only_languages_with_rules_are_counted_and_unread_files_are_named():
    assert report().files == 4
    assert [(file.path, file.reason) for file in report().unread] == [("b.js", "binary")]
