import pytest
from fakes.parsed import first, parsed

from clientdesk.adapters.analysers.rules.origin import Origin
from clientdesk.adapters.analysers.rules.ruby_code import RubyCode


def origin(source):
    """Of the first thing that is handed to `sink`."""
    root = parsed("ruby", source)
    calls = [root]
    while calls:
        node = calls.pop(0)
        if node.type == "call" and (node.child_by_field_name("method").text or b"") == b"sink":
            code = RubyCode(root)
            return code.origin(code.arguments(node)[0])
        calls += node.named_children
    raise AssertionError("no sink")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("sink 'a'", Origin.FIXED),
        ('sink "a#{1}#{NAME}"', Origin.FIXED),
        ("sink params[:a]", Origin.REQUEST),
        ("sink params.require(:a).fetch(:b).strip", Origin.REQUEST),
        ("sink params[:a].to_i", Origin.FIXED),
        ("sink request.headers['A']", Origin.REQUEST),
        ("sink request.path", Origin.UNKNOWN),
        ("sink @post.title", Origin.UNKNOWN),
        ("def a(b)\n sink b\nend", Origin.GIVEN),
        ("->(b, c = 1) { sink c }", Origin.GIVEN),
        ("def a\n b = params[:c]\n sink b\nend", Origin.REQUEST),
        ("def a\n b = 'c'\n sink b\nend\ndef d\n b = params[:c]\nend", Origin.FIXED),
        ("%w[a b].each { |c| sink c }", Origin.FIXED),
        ("def a\n return unless ALL.include?(params[:b])\n sink params[:b]\nend", Origin.FIXED),
        ("def a\n sink(%w[x].include?(params[:b]) ? params[:b] : 'x')\nend", Origin.FIXED),
        ("def a\n sink(order)\nend\ndef order\n ALL.include?(params[:b]) ? params[:b] : 'x'\nend", Origin.FIXED),
        ("sink NAMES[params[:a]]", Origin.FIXED),
        ("sink Post.find(params[:a])", Origin.FIXED),
        ("sink params[:a].gsub(/[^a-z]/, '')", Origin.FIXED),
        ("def a\n case params[:b]\n when 'x' then sink 'y'\n end\nend", Origin.FIXED),
        ("sink File.join('a', params[:b])", Origin.REQUEST),
        ("a = b\nb = a\nsink a", Origin.UNKNOWN),
    ],
)
def test_a_value_is_followed_to_where_it_comes_from(source, expected):
    assert origin(source) is expected


def test_a_heredoc_is_read_where_its_lines_stand():
    root = parsed("ruby", "run(<<~A, <<~B)\n  one\nA\n  two #{x}\nB\n")
    code = RubyCode(root)
    one, two = code.arguments(first(root, "call"))

    assert (code.written_part(one).split(), code.written_part(two).split()) == (["one"], ["two"])
    assert (code.origin(one), code.origin(two)) == (Origin.FIXED, Origin.UNKNOWN)


def test_names_made_of_many_names_are_each_judged_once():
    lines = [f'a{n} = "{f"#{{a{n + 1}}}" * 300}"' for n in range(3)]

    assert origin("\n".join([*lines, "a3 = params[:x]", "sink a0"])) is Origin.REQUEST
