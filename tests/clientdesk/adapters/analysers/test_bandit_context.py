from __future__ import annotations

import ast

from clientdesk.adapters.analysers.bandit_context import Imports, NotedContext


def context_of(source, imports=()):
    call = ast.parse(source).body[0].value
    known = Imports()
    for name in imports:
        known.add(name)
    return NotedContext({"node": call, "call": call, "name": "f", "qualname": "a.f"}, known)


def test_names_and_imports_are_no_reading_of_the_call():
    context = context_of("a.f(1)", ["django.db.models"])

    assert (context.call_function_name, context.call_function_name_qual) == ("f", "a.f")
    assert context.is_module_imported_like("django")
    assert not context.is_module_imported_exact("django")
    assert not context.was_read


def test_that_there_are_no_keywords_is_no_reading_of_the_call():
    context = context_of("a.f(1)")

    assert (context.call_keywords, context.node.keywords) == ({}, [])
    assert (context.call_args_count, len(context.call_args)) == (1, 1)
    assert not context.was_read


def test_whatever_else_is_looked_at_is_noted_and_true():
    for look in (
        lambda one: one.node.args[0].value == 1,
        lambda one: one.call_args[0] == 1,
        lambda one: one.get_call_arg_at_position(0) == 1,
        lambda one: isinstance(one.node, ast.Call) and one.node.lineno == 1,
    ):
        context = context_of("a.f(1)")
        assert look(context)
        assert context.was_read


def test_keywords_are_read_where_there_are_some():
    context = context_of("a.f(shell=True)")

    assert context.call_keywords == {"shell": "True"}
    assert context.was_read


def test_import_changes_what_was_answered_before():
    imports = Imports()
    assert not imports.has_like("django")

    imports.add("django.db")

    assert imports.has_like("django")
