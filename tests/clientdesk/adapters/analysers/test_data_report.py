from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers import other_files, python_files
from clientdesk.adapters.analysers.data_report import data_report
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.audit.data_facts import Association, Import, RowLoop


def test_rows_of_the_passes_become_facts_with_their_paths():
    files = {
        "app/models/post.rb": "class Post\n  belongs_to :author\nend\n",
        "app/views/a.html.erb": "<% @posts.each do |p| %>\n<%= p.author.name %><% end %>\n",
        "a.ts": "import m from 'moment'\n",
        "b.js": "a\0b",
    }

    report = data_report(other_files.results(RepositoryFromText(files), Limits(), None))

    assert report.associations == (Association("app/models/post.rb", 2, "Post", "author", False),)
    assert report.loops == (RowLoop("app/views/a.html.erb", 1, "", "@posts", ("author",)),)
    assert report.imports == (Import("a.ts", 1, "moment"),)
    assert [file.path for file in report.unread] == ["b.js"]


def test_python_gives_the_same_kinds_of_facts():
    files = {"models.py": "class Post:\n    author = ForeignKey('User')\n"}

    report = data_report(python_files.results(RepositoryFromText(files), Limits(), None))

    assert report.associations == (Association("models.py", 2, "Post", "author", False),)
