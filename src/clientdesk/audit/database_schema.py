"""What Rails' own record of the database says: tables, columns, indexes, foreign keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_RUBY_TABLE = re.compile(r'^\s*create_table "([^"]+)"(.*)$')
_RUBY_COLUMN = re.compile(r'^\s*t\.(\w+) "([^"]+)"')
_RUBY_INDEX = re.compile(r'^\s*(?:t\.index|add_index "([^"]+)",) (\[[^\]]*\]|"[^"]*")')
_RUBY_REFERENCE = re.compile(r'^\s*t\.(?:references|belongs_to) "([^"]+)"(.*)$')
_RUBY_KEY = re.compile(r'^\s*add_foreign_key "([^"]+)", "([^"]+)"(?:.*\bcolumn: "([^"]+)")?')
_NAMES = re.compile(r'"([^"]+)"')
_SQL_TABLE = re.compile(r"^CREATE TABLE (?:IF NOT EXISTS )?(?:\w+\.)?[`\"]?(\w+)[`\"]?", re.IGNORECASE)
_SQL_COLUMN = re.compile(r"^\s+[`\"]?(\w+)[`\"]? (bigint|integer|int|uuid|character|varchar|text|\w+)", re.IGNORECASE)
_SQL_INDEX = re.compile(
    r"^CREATE (?:UNIQUE )?INDEX \S+ ON (?:ONLY )?(?:\w+\.)?[`\"]?(\w+)[`\"]?(?: USING \w+)? \(([^)]*)\)", re.IGNORECASE
)
_SQL_ALTERED = re.compile(r"^ALTER TABLE (?:ONLY )?(?:\w+\.)?[`\"]?(\w+)[`\"]?", re.IGNORECASE)
_SQL_CONSTRAINT = re.compile(r"(PRIMARY KEY|UNIQUE(?: KEY)?|FOREIGN KEY|\bKEY)[^(]{0,200}\(([^)]*)\)", re.IGNORECASE)
_KEY_TYPES = {"integer", "bigint", "uuid", "int", "references", "belongs_to"}


@dataclass(slots=True)
class Table:
    """`columns` maps names to type and line; `indexes` are columns in their order; `keys` the declared foreign keys."""

    name: str
    columns: dict[str, tuple[str, int]] = field(default_factory=dict)
    indexes: list[tuple[str, ...]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Unindexed:
    """A column that leads to other records, and that the database can only look up by reading the whole table."""

    table: str
    column: str
    line: int


def tables_of(path: str, text: str) -> dict[str, Table]:
    """By name. `path` tells the form: `schema.rb` or `structure.sql`."""
    return _from_sql(text) if path.endswith(".sql") else _from_ruby(text)


def unindexed(tables: dict[str, Table]) -> Iterator[Unindexed]:
    """Foreign keys, declared or told by their name, type and the table they lead to, that begin no index."""
    for table in tables.values():
        for column, (kind, line) in table.columns.items():
            if _is_key(table, column, kind, tables) and not _is_indexed(table, column):
                yield Unindexed(table.name, column, line)


def _is_key(table: Table, column: str, kind: str, tables: dict[str, Table]) -> bool:
    if column in table.keys:
        return True
    if not column.endswith("_id") or kind.lower() not in _KEY_TYPES:
        return False
    name = column.removesuffix("_id")
    return f"{name}_type" in table.columns or name == "parent" or any(one in tables for one in _plurals(name))


def _plurals(name: str) -> tuple[str, ...]:
    return (f"{name}s", f"{name}es", f"{name.removesuffix('y')}ies", name)


def _is_indexed(table: Table, column: str) -> bool:
    kind = f"{column.removesuffix('_id')}_type"
    return any(index[0] == column or index[:2] == (kind, column) for index in table.indexes if index)


def _from_ruby(text: str) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    current = Table("")
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _RUBY_TABLE.match(line):
            current = tables.setdefault(found[1], Table(found[1]))
            key = re.search(r"primary_key: (\[[^\]]*\])", found[2])
            current.indexes += [tuple(_NAMES.findall(key[1]))] if key else []
        elif found := _RUBY_INDEX.match(line):
            owner = tables.setdefault(found[1], Table(found[1])) if found[1] else current
            owner.indexes.append(tuple(_NAMES.findall(found[2])))
        elif found := _RUBY_REFERENCE.match(line):
            current.columns[f"{found[1]}_id"] = ("references", number)
            if "index: false" not in found[2]:
                current.indexes.append((f"{found[1]}_id",))
        elif found := _RUBY_COLUMN.match(line):
            current.columns[found[2]] = (found[1], number)
        elif found := _RUBY_KEY.match(line):
            column = found[3] or f"{_singular(found[2])}_id"
            tables.setdefault(found[1], Table(found[1])).keys.add(column)
    return tables


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name.removesuffix('ies')}y"
    return re.sub(r"(ss|x|ch|sh)es$", r"\1", name) if re.search(r"(ss|x|ch|sh)es$", name) else name.removesuffix("s")


def _from_sql(text: str) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    current, is_open = Table(""), False
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _SQL_TABLE.match(line):
            current, is_open = tables.setdefault(found[1], Table(found[1])), True
        elif found := _SQL_ALTERED.match(line):
            current, is_open = tables.setdefault(found[1], Table(found[1])), False
        elif found := _SQL_INDEX.match(line):
            tables.setdefault(found[1], Table(found[1])).indexes.append(_columns(found[2]))
            continue
        if found := _SQL_CONSTRAINT.search(line):
            _constrain(current, found[1].upper(), _columns(found[2]))
        elif is_open and (found := _SQL_COLUMN.match(line)):
            current.columns[found[1]] = (found[2].lower(), number)
        is_open = is_open and not line.startswith(")")
    return tables


def _constrain(table: Table, kind: str, columns: tuple[str, ...]) -> None:
    if kind == "FOREIGN KEY":
        table.keys.update(columns[:1])
    else:
        table.indexes.append(columns)


def _columns(inside: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[`\"]|\s.*", "", part.strip()) for part in inside.split(","))
