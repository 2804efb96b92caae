"""The languages read with tree-sitter: their files, their grammars, and what counts as a decision in each.

Cyclomatic complexity is one for the function and one for each place where its flow divides. Common to all languages:
`if` and its further branches, loops, each `case` but the default one, each handler of an exception, the conditional
expression, and each operator that may leave its right side out (`&&`, `||` and their kin). A function inside a function
is counted for itself and not for the one around it; a Ruby block belongs to its method. In particular:

- Ruby: also `unless`, `until`, the modifier forms, `when` and `in`, `and` and `or`;
- JavaScript and TypeScript: also `??` and the assignments `&&=`, `||=`, `??=`; optional chaining is not counted;
- Go: each case of `switch` and `select`, as gocyclo counts;
- PHP: also `foreach`, each arm of `match` but the default one, `and`, `or`, `??`;
- Java: each `case` label, each handler, lambdas for themselves.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tree_sitter import Language, Query


@dataclass(frozen=True, slots=True)
class Rules:
    """`package` and `grammar` say where the compiled grammar is; the rest are names of node kinds."""

    language: str
    package: str
    grammar: str
    functions: tuple[str, ...]
    methods: tuple[str, ...]
    classes: tuple[str, ...]
    decisions: tuple[str, ...]
    operators: tuple[tuple[str, tuple[str, ...]], ...]
    comments: tuple[str, ...] = ("comment",)


_SCRIPT_DECISIONS = (
    *("if_statement", "for_statement", "for_in_statement", "while_statement", "do_statement"),
    *("switch_case", "catch_clause", "ternary_expression"),
)
_SCRIPT_FUNCTIONS = (
    *("function_declaration", "function_expression", "arrow_function"),
    *("generator_function", "generator_function_declaration"),
)
_SCRIPT_OPERATORS = (
    ("binary_expression", ("&&", "||", "??")),
    ("augmented_assignment_expression", ("&&=", "||=", "??=")),
)


def _script(language: str, package: str, grammar: str, *classes: str) -> Rules:
    return Rules(
        language,
        package,
        grammar,
        _SCRIPT_FUNCTIONS,
        ("method_definition",),
        ("class_declaration", "class", *classes),
        _SCRIPT_DECISIONS,
        _SCRIPT_OPERATORS,
    )


RULES: Mapping[str, Rules] = {
    "ruby": Rules(
        "Ruby",
        "tree_sitter_ruby",
        "language",
        ("lambda",),
        ("method", "singleton_method"),
        ("class", "module"),
        (
            *("if", "elsif", "unless", "if_modifier", "unless_modifier", "conditional"),
            *("while", "until", "while_modifier", "until_modifier", "for"),
            *("when", "in_clause", "rescue", "rescue_modifier"),
        ),
        (("binary", ("&&", "||", "and", "or")), ("operator_assignment", ("&&=", "||="))),
    ),
    "javascript": _script("JavaScript", "tree_sitter_javascript", "language"),
    "typescript": _script("TypeScript", "tree_sitter_typescript", "language_typescript", "abstract_class_declaration"),
    "tsx": _script("TypeScript", "tree_sitter_typescript", "language_tsx", "abstract_class_declaration"),
    "go": Rules(
        "Go",
        "tree_sitter_go",
        "language",
        ("function_declaration", "func_literal"),
        ("method_declaration",),
        (),
        ("if_statement", "for_statement", "expression_case", "type_case", "communication_case"),
        (("binary_expression", ("&&", "||")),),
    ),
    "php": Rules(
        "PHP",
        "tree_sitter_php",
        "language_php",
        ("function_definition", "anonymous_function", "arrow_function"),
        ("method_declaration",),
        ("class_declaration", "trait_declaration", "interface_declaration", "enum_declaration"),
        (
            *("if_statement", "else_if_clause", "while_statement", "do_statement", "for_statement"),
            *("foreach_statement", "case_statement", "catch_clause", "conditional_expression"),
            "match_conditional_expression",
        ),
        (("binary_expression", ("&&", "||", "and", "or", "??")),),
    ),
    "java": Rules(
        "Java",
        "tree_sitter_java",
        "language",
        ("lambda_expression",),
        ("method_declaration", "constructor_declaration", "compact_constructor_declaration"),
        ("class_declaration", "interface_declaration", "enum_declaration", "record_declaration"),
        (
            *("if_statement", "for_statement", "enhanced_for_statement", "while_statement", "do_statement"),
            *("catch_clause", "ternary_expression"),
        ),
        (("binary_expression", ("&&", "||")), ("switch_label", ("case",))),
        ("line_comment", "block_comment"),
    ),
}

KIND_BY_ENDING: Mapping[str, str] = {
    **dict.fromkeys((".rb", ".rake", ".gemspec", ".ru", ".jbuilder"), "ruby"),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx"), "javascript"),
    **dict.fromkeys((".ts", ".mts", ".cts"), "typescript"),
    ".tsx": "tsx",
    ".go": "go",
    **dict.fromkeys((".php", ".phtml"), "php"),
    ".java": "java",
    ".erb": "erb",
}
KIND_BY_NAME: Mapping[str, str] = dict.fromkeys(("Rakefile", "Gemfile", "Capfile", "Guardfile", "Vagrantfile"), "ruby")


@cache
def grammar(kind: str) -> Language:
    rules = RULES[kind]
    return Language(getattr(importlib.import_module(rules.package), rules.grammar)())


@cache
def query(kind: str) -> Query:
    """Captures `function`, `class`, `decision`, `comment` and `error`."""
    rules = RULES[kind]
    patterns = [_any(rules.functions + rules.methods, "function"), _any(rules.decisions, "decision")]
    patterns += [_any(rules.comments, "comment"), "(ERROR) @error"]
    patterns += [_any(rules.classes, "class")] if rules.classes else []
    for node, words in rules.operators:
        field = "" if node == "switch_label" else "operator: "
        choices = " ".join(f'"{word}"' for word in words)
        patterns.append(f"({node} {field}[{choices}]) @decision")
    return Query(grammar(kind), "\n".join(patterns))


def _any(nodes: tuple[str, ...], capture: str) -> str:
    return f"[{' '.join(f'({node})' for node in nodes)}] @{capture}"
