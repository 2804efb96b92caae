"""Faults that only the history shows, containers and secrets, each beside the way it ought to be."""

# ruff: noqa: E501  a table: what is wrong stands beside what is right

from __future__ import annotations

from precision_cases.case import Case, Work

_TANGLED = {"shop/app.py": "def f(x):\n" + "".join(f"    if x == {n}:\n        return {n}\n" for n in range(60))}
_SIMPLE = {"shop/app.py": "def f(x):\n    return x\n"}
_PARTS = {f"{area}/{n}.py": "x = 1\n" for area in ("shop", "billing", "search") for n in range(3)}
_SHOP = "shop/app.py"
_TEAM = (Work("Ada", 15, "shop/0.py"), Work("Bo", 15, "shop/0.py"), Work("Cy", 15, "shop/0.py"))


def _docker(rule: str, planted: str, clean: str) -> Case:
    return Case("containers", f"hadolint.{rule}", {"Dockerfile": planted}, {"Dockerfile": clean})


def _leak(rule: str, planted: str, clean: str) -> Case:
    return Case("secrets", f"secrets.{rule}", {"src/app.py": planted}, {"src/app.py": clean})


# Put together here, so that no search for secrets stops at this file.
_GITHUB = "gh" + "p_" + "0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX"
_AWS = "AK" + "IA" + "QZ5X7RTNLJ3K4MPW"
_AWS_SECRET = "k7Gh2LqP9sWx4Tz8Vb3N" + "mR6yZx81mQv7Lp3Rt9Ks"
_GOOD = 'FROM debian:13.1-slim\nRUN useradd app\nUSER app\nCMD ["x"]\n'
CASES: list[Case] = [
    Case("activity", "activity.dormant", _SIMPLE, _SIMPLE, planted_work=(Work("Ada", 5, _SHOP, 500),), clean_work=(Work("Ada", 5, _SHOP, 30),)),
    Case("activity", "activity.dormant", _SIMPLE, _SIMPLE, planted_work=(Work("Ada", 5, _SHOP, 370),), clean_work=(Work("Ada", 5, _SHOP, 350),)),
    Case("hotspots", "hotspots.file", _TANGLED, _SIMPLE, planted_work=(Work("Ada", 30, _SHOP),), clean_work=(Work("Ada", 30, _SHOP),)),
    Case("hotspots", "hotspots.file", _TANGLED, _TANGLED, planted_work=(Work("Ada", 14, _SHOP, 20),), clean_work=(Work("Ada", 3, _SHOP),)),
    Case("hotspots", "hotspots.file", {}, _TANGLED, clean_work=(Work("Ada", 30, _SHOP, 800), Work("Bo", 2, _SHOP))),
    Case("knowledge", "knowledge.one-head", _PARTS, _PARTS, planted_work=(Work("Ada", 40, "shop/0.py"),), clean_work=_TEAM),
    Case("knowledge", "knowledge.one-head", _PARTS, _PARTS, planted_work=(Work("Ada", 57, "billing/0.py"), Work("Bo", 3, "billing/0.py")), clean_work=(Work("Ada", 9, "shop/0.py"),)),
    Case("knowledge", "knowledge.gone-quiet", _PARTS, _PARTS, planted_work=(Work("Ada", 40, "shop/0.py", 300), Work("Bo", 8, "shop/0.py"), Work("Cy", 8, "billing/0.py")), clean_work=(Work("Ada", 25, "shop/0.py", 10), Work("Bo", 20, "shop/0.py"), Work("Cy", 20, "shop/0.py"))),
    _docker("loose-base", "FROM ubuntu:latest\nUSER app\n", _GOOD),
    _docker("loose-base", "FROM node\nUSER node\n", "FROM node:24.1.0\nUSER node\n"),
    _docker("signals", "FROM debian:13.1-slim\nUSER app\nCMD x\n", _GOOD),
    _docker("sudo", "FROM debian:13.1-slim\nRUN sudo id\nUSER app\n", _GOOD),
    _docker("root", "FROM debian:13.1-slim\nUSER root\n", _GOOD),
    _docker("pipes", "FROM debian:13.1-slim\nRUN wget -O - https://example.com | sh\nUSER app\n", _GOOD),
    _leak("github-pat", f"TOKEN = '{_GITHUB}'\n", "TOKEN = os.environ['GITHUB_TOKEN']\n"),
    _leak("aws-access-token", f"AWS_ACCESS_KEY_ID = '{_AWS}'\nAWS_SECRET_ACCESS_KEY = '{_AWS_SECRET}'\n", "AWS_ACCESS_KEY_ID = os.environ['AWS_ACCESS_KEY_ID']\n"),
]  # fmt: skip
