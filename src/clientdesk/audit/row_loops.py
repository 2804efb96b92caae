"""Loops that ask the database once for each record, joined from facts of models, controllers, views and functions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clientdesk.audit.classify import is_own_code
from clientdesk.audit.data_facts import Answer, Association, DataReport, RowLoop, Rows

_VIEW = re.compile(r"^(.*)app/views/(.+)/(_?)([^/.]+)\.[^/]*$")
_SERVES_PAGES = re.compile(r"(^|/)app/(controllers|views|helpers|serializers|components|presenters|decorators)/")
_BATCH_WORK = re.compile(r"(^|/)(migrations|management|commands|scripts?|tasks|jobs|admin)(/|\.py$)")
# Tables of a few dozen records at most, by what they are called.
_FEW_RECORDS = re.compile(
    r"(?i)(countr|currenc|language|locale|timezone|role|permission|status|plan|setting|type$|kind$|categor|^tag$|state$|unit$)"
)


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A loop over records of `model` that loads `read` anew for each."""

    loop: RowLoop
    model: str
    read: str


def asked_again(report: DataReport, counted_columns: str) -> Iterator[AskedAgain]:
    """`counted_columns` is the schema's text: a column `comments_count` spares the question."""
    models = _associations(report.associations)
    rows: dict[str, list[Rows]] = defaultdict(list)
    for row in report.rows:
        rows[row.name].append(row)
    for loop in report.loops:
        if not _is_on_the_way_to_a_page(loop.path):
            continue
        model = _model_of(loop, rows)
        known = models.get(model, {})
        for read in loop.reads:
            if read in known and "*" not in known and not (known[read] and f'"{read}_count"' in counted_columns):
                yield AskedAgain(loop, model, read)


def _associations(found: Sequence[Association]) -> dict[str, dict[str, bool]]:
    """By model. Two models of one name may differ: then only what both say counts."""
    by_model: dict[str, dict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    for one in found:
        if is_own_code(one.path):
            by_model[one.model][one.path][one.name] = one.many
    return {model: next(iter(places.values())) for model, places in by_model.items() if len(places) == 1}


def _is_on_the_way_to_a_page(path: str) -> bool:
    if not is_own_code(path):
        return False
    if path.endswith(".py"):
        return _BATCH_WORK.search(path) is None
    return _SERVES_PAGES.search(path) is not None


def _model_of(loop: RowLoop, rows: dict[str, list[Rows]]) -> str:
    """The one model that the rows looped over are of; "" where that is not sure, or where more is loaded with them."""
    if loop.source[:1].isupper():
        return loop.source
    kept = [row for row in rows.get(loop.source, ()) if _is_seen(row, loop)]
    models = {row.model for row in kept if row.model}
    return models.pop() if len(models) == 1 and not any(row.eager for row in kept) else ""


def _is_seen(row: Rows, loop: RowLoop) -> bool:
    if row.path == loop.path:
        return row.scope == loop.scope
    view = _VIEW.match(loop.path)
    if view is None or not row.name.startswith("@"):
        return False
    is_its_controller = row.path == f"{view[1]}app/controllers/{view[2]}_controller.rb"
    return is_its_controller and (bool(view[3]) or row.scope == view[4])


def given_out_whole(report: DataReport) -> Iterator[tuple[Answer, str]]:
    """Lists that answer with every record of a table, and the model."""
    for answer in report.answers:
        if not is_own_code(answer.path) or (answer.scope != "index" and answer.path.endswith(".rb")):
            continue
        model = answer.source if answer.whole else _whole_rows(answer, report.rows)
        if model and not _FEW_RECORDS.search(model):
            yield answer, model


def _whole_rows(answer: Answer, rows: Sequence[Rows]) -> str:
    kept = [row for row in rows if (row.path, row.scope, row.name) == (answer.path, answer.scope, answer.source)]
    return kept[0].model if len(kept) == 1 and kept[0].whole else ""
