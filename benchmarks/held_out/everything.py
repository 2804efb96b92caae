"""All cases kept apart."""

from __future__ import annotations

from held_out import code, papers, python, ruby, script
from held_out.kept import Kept

CASES: list[Kept] = [*ruby.CASES, *script.CASES, *python.CASES, *papers.CASES, *code.CASES]
