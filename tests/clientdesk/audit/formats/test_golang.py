from __future__ import annotations

from clientdesk.audit.formats.golang import go_mod, go_version

TEXT = """module example.com/shop

go 1.22

require github.com/gin-gonic/gin v1.9.1

require (
	golang.org/x/net v0.10.0 // indirect
	github.com/old/thing v2.0.0+incompatible
	example.com/local v0.0.0
	example.com/fork v1.0.0
)

replace example.com/local => ./local

replace example.com/fork => example.com/better v1.2.0
"""


def test_modules_are_told_as_they_are_built():
    assert [(p.name, p.version, p.direct) for p in go_mod("go.mod", TEXT)] == [
        ("github.com/gin-gonic/gin", "1.9.1", True),
        ("golang.org/x/net", "0.10.0", False),
        ("github.com/old/thing", "2.0.0", True),
        ("example.com/better", "1.2.0", True),
    ]


def test_the_language_version_is_told():
    assert (go_version(TEXT), go_version("module x\n")) == ("1.22", "")
