import pytest
from fakes.parsed import parsed

from clientdesk.adapters.analysers.rules.origin import Origin
from clientdesk.adapters.analysers.rules.script_code import ScriptCode, arguments, callee


def origin(source, kind="typescript"):
    """Of the first thing that is handed to `sink`."""
    root = parsed(kind, source)
    nodes = [root]
    while nodes:
        node = nodes.pop(0)
        if node.type == "call_expression" and callee(node) == "sink":
            return ScriptCode(root, kind).origin(arguments(node)[0])
        nodes += node.named_children
    raise AssertionError("no sink")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("sink('a' + `b${1}`)", Origin.FIXED),
        ("sink(req.query.a)", Origin.REQUEST),
        ("sink(req.query['a'])", Origin.REQUEST),
        ("sink(req.get('Host'))", Origin.REQUEST),
        ("sink(Number(req.query.a))", Origin.FIXED),
        ("sink(String(req.query.a).trim())", Origin.REQUEST),
        ("sink(encodeURIComponent(req.query.a))", Origin.FIXED),
        ("function a(b) { sink(b) }", Origin.GIVEN),
        ("function a({ b }: P) { sink(b.c) }", Origin.GIVEN),
        ("const { a, b: c } = req.body; sink(c)", Origin.REQUEST),
        ("const a = 'x'; function b(a) { sink(a) }", Origin.GIVEN),
        ("const a = req.query.x; function b() { const a = 'y'; sink(a) }", Origin.FIXED),
        ("let a = 'x'; a = location.hash; sink(a)", Origin.REQUEST),
        ("sink(new URLSearchParams(location.search).get('a'))", Origin.REQUEST),
        ("sink(NAMES[req.query.a])", Origin.FIXED),
        ("sink(process.env.A)", Origin.FIXED),
        ("sink(this.a)", Origin.UNKNOWN),
        ("sink(load())", Origin.UNKNOWN),
        ("sink(await load() as string)", Origin.UNKNOWN),
        ("(req) => { if (!OK.includes(req.query.a)) return; sink(req.query.a) }", Origin.FIXED),
        ("sink(OK.has(req.query.a) ? req.query.a : 'x')", Origin.FIXED),
        ("sink(req.query.a === 'x' ? 'y' : 'z')", Origin.FIXED),
        ("sink(list.map((a) => `<b>${req.query.x}</b>`).join(''))", Origin.REQUEST),
        ("sink(req.query.a.replace(/[^a-z]/g, ''))", Origin.FIXED),
        ("const a = b; const b = a; sink(a)", Origin.UNKNOWN),
        ("import page from './page.html'; sink(page)", Origin.FIXED),
    ],
)
def test_a_value_is_followed_to_where_it_comes_from(source, expected):
    assert origin(source) is expected


def test_names_made_of_many_names_are_each_judged_once():
    lines = [f"const a{n} = `{f'${{a{n + 1}}}' * 300}`;" for n in range(3)]

    assert origin("\n".join([*lines, "const a3 = req.query.x;", "sink(a0)"])) is Origin.REQUEST
