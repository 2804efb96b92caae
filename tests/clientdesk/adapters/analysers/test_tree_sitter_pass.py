from __future__ import annotations

import pytest

from clientdesk.adapters.analysers.tree_sitter_pass import analyse


def functions(kind, source):
    return {name: complexity for name, _, _, _, complexity in analyse(kind, source.encode())["functions"]}


@pytest.mark.parametrize(
    ("kind", "source", "expected"),
    [
        ("ruby", "class A\n def b\n  return 1 if x && y\n  z.each { |q| q ? 1 : 2 }\n end\nend\n", {"A.b": 4}),
        ("ruby", "def self.c\n case x\n when 1 then 2\n when 3 then 4\n else 5\n end\nrescue E\n 6\nend\n", {"c": 4}),
        ("ruby", "def d = 1\ndef e\nend\n", {"d": 1, "e": 1}),
        ("javascript", "function a(x) { if (x) { for (;;) {} } else if (y ?? z) {} }", {"a": 5}),
        ("javascript", "const b = (x) => x ? 1 : 2; class C { d() { x ||= 1 } }", {"b": 2, "C.d": 2}),
        (
            "javascript",
            "const e = debounce(() => { while (1) {} }); on('x', function () {})",
            {"e": 2, "(callback of on)": 1},
        ),
        ("javascript", "function f() { switch (x) { case 1: case 2: break; default: } }", {"f": 3}),
        (
            "typescript",
            "interface I { a(): void }\nabstract class J { abstract b(): void; c(): number { return 1 } }",
            {"J.c": 1},
        ),
        ("tsx", "export const App = () => <div>{ok && <b/>}</div>;", {"App": 2}),
        ("go", "package m\nfunc (s *Server) Run() { if a || b {} ; switch x { case 1: default: } }", {"Server.Run": 4}),
        ("php", "<?php class A { function b($x) { return match(true) { $x => 1, default => 2 }; } }", {"A.b": 2}),
        ("php", "<?php function c() { foreach ($a as $b) { if ($b and $d) {} elseif ($e ?? 1) {} } }", {"c": 6}),
        ("java", "class A { int b(int x) { switch (x) { case 1: return 2; default: return 3; } } }", {"A.b": 2}),
        ("java", "interface I { void a(); }\nclass B { B() { try {} catch (E e) {} } }", {"B.B": 2}),
    ],
)
def test_decisions_are_counted_for_the_innermost_function(kind, source, expected):
    assert functions(kind, source) == expected


def test_inner_function_is_counted_for_itself():
    assert functions("javascript", "function a() { const b = () => { if (x) {} }; }") == {"a": 1, "b": 2}


def test_lines_are_told_apart():
    source = "// one\nlet a = 1; // two\n\n/* three\n\nfour */\nlet s = '// five';\n"

    assert analyse("javascript", source.encode())["figures"] == [7, 2, 3, 2]


def test_lines_of_a_function_count_from_one_with_both_ends():
    assert analyse("ruby", b"x = 1\ndef a\n  1\nend\n")["functions"] == [["a", "method", 2, 4, 1]]


def test_minified_and_binary_files_are_unread():
    assert "minified" in analyse("javascript", b"a=function(){return 1};" * 500)["unread"]
    assert analyse("ruby", b"x\0") == {"unread": "binary"}


def test_text_that_is_not_the_language_is_said_to_be_not_understood():
    assert "not understood" in analyse("go", b"This is a letter,\nand no program at all.\n" * 30)["unmeasured"]


def test_nesting_of_a_hundred_thousand_levels_does_not_crash():
    result = analyse("javascript", b"(" * 100_000 + b"a" + b")" * 100_000 + b"\n" * 1000)

    assert "figures" in result
    assert "unmeasured" not in result


def test_brackets_around_nothing_are_not_understood_and_do_not_crash():
    # No tree grows of them but one row of errors, and time with its square.
    result = analyse("javascript", b"(" * 10_000 + b")" * 10_000 + b"\n" * 1000)

    assert "not understood" in result["unmeasured"]


def test_name_in_another_encoding_is_readable():
    assert list(functions("ruby", "def größe\nend\n")) == ["größe"]
