"""The glance at a list of files."""

from fakes.git_source import Link
from fakes.repository import RepositoryFromText

from clientdesk.adapters.sanity import ci_of, languages_of, lockfiles_of


def files(*paths):
    return RepositoryFromText(dict.fromkeys(paths, "x" * 10)).files


def test_languages_are_ordered_by_bytes():
    entries = RepositoryFromText({"a.rb": "x" * 10, "b.ts": "x" * 30, "c.TSX": "x", "README": "x" * 99}).files

    assert languages_of(entries) == ("TypeScript", "Ruby")


def test_other_peoples_code_and_links_do_not_count_as_languages():
    entries = RepositoryFromText({"node_modules/a.js": "x", "vendor/b.php": "x", "c.go": Link("a")}).files

    assert languages_of(entries) == ()


def test_lockfiles_are_found_in_folders_too():
    entries = files("Gemfile.lock", "web/yarn.lock", "node_modules/x/yarn.lock", "notes.lock")

    assert lockfiles_of(entries) == ("Gemfile.lock", "web/yarn.lock")


def test_ci_is_told_by_its_configuration():
    entries = files(".github/workflows/ci.yml", ".gitlab-ci.yml", ".github/workflows/README.md")

    assert ci_of(entries) == ("GitHub Actions", "GitLab CI")


def test_ci_file_below_the_root_is_none():
    assert ci_of(files("examples/.travis.yml", ".github/dependabot.yml", ".github/workflows/README.md")) == ()
