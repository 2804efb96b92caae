"""All cases, whatever check they are for."""

from __future__ import annotations

from precision_cases import data, learned, packages, papers, people, ruby, script, variants
from precision_cases.case import Case

CASES: list[Case] = [
    *ruby.CASES,
    *script.CASES,
    *data.CASES,
    *papers.CASES,
    *people.CASES,
    *variants.CASES,
    *learned.CASES,
    *packages.CASES,
]
