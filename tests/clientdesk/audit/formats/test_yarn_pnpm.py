from __future__ import annotations

import pytest

from clientdesk.audit.formats.npm import package_json
from clientdesk.audit.formats.yarn_pnpm import pnpm, yarn

DECLARED = package_json("package.json", '{"dependencies": {"a": "^1"}, "devDependencies": {"@s/b": "^2"}}')
CLASSIC = """# yarn lockfile v1

"@s/b@^2.0.0", "@s/b@^2.1.0":
  version "2.1.3"
  resolved "https://example.com/b.tgz"

a@^1:
  version "1.0.5"
  dependencies:
    c "^3"

c@^3:
  version "3.0.0"

alias@npm:real@^4:
  version "4.0.0"
"""
BERRY = """__metadata:
  version: 8

"@s/b@npm:^2.0.0":
  version: 2.1.3
  resolution: "@s/b@npm:2.1.3"

"a@npm:^1":
  version: 1.0.5
  resolution: "a@npm:1.0.5"

"c@npm:^3":
  version: 3.0.0
  resolution: "c@npm:3.0.0"

"alias@npm:real@^4":
  version: 4.0.0
  resolution: "real@npm:4.0.0"

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
"""
TOLD = [("@s/b", "2.1.3", True, True), ("a", "1.0.5", True, False), ("c", "3.0.0", False, None)]


@pytest.mark.parametrize("text", [CLASSIC, BERRY], ids=["classic", "berry"])
def test_both_kinds_of_yarn_tell_the_same(text):
    found = [(p.name, p.version, p.direct, p.development) for p in yarn("yarn.lock", text, DECLARED)]

    assert found == [*TOLD, ("real", "4.0.0", False, None)]


def test_yarn_entries_have_the_line_of_their_heading():
    assert [p.line for p in yarn("yarn.lock", CLASSIC, DECLARED)] == [3, 7, 12, 15]


PNPM_5 = """lockfileVersion: 5.4

dependencies:
  a: 1.0.5
devDependencies:
  '@s/b': 2.1.3

packages:

  /@s/b/2.1.3:
    dev: true

  /a/1.0.5:
    dev: false

  /c/3.0.0_react@18.0.0:
    dev: false
"""
PNPM_6 = (
    PNPM_5.replace("b/2.1", "b@2.1").replace("a/1.0", "a@1.0").replace("c/3.0.0_react@18.0.0", "c@3.0.0(react@18.0.0)")
)
PNPM_9 = """lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1
        version: 1.0.5
    devDependencies:
      '@s/b':
        specifier: ^2
        version: 2.1.3

packages:

  '@s/b@2.1.3':
    resolution: {integrity: sha512-x}

  a@1.0.5:
    resolution: {integrity: sha512-x}

  c@3.0.0:
    resolution: {integrity: sha512-x}

snapshots:

  c@3.0.0(a@1.0.5):
    dependencies:
      a: 1.0.5
"""


@pytest.mark.parametrize("text", [PNPM_5, PNPM_6, PNPM_9], ids=["5", "6", "9"])
def test_pnpm_is_read_in_all_its_versions(text):
    found = [(p.name, p.version, p.direct) for p in pnpm("pnpm-lock.yaml", text, ())]

    assert found == [("@s/b", "2.1.3", True), ("a", "1.0.5", True), ("c", "3.0.0", False)]


@pytest.mark.parametrize("text", [PNPM_5, PNPM_9], ids=["5", "9"])
def test_pnpm_tells_development_packages(text):
    found = {p.name: p.development for p in pnpm("pnpm-lock.yaml", text, ())}

    assert (found["@s/b"], found["a"]) == (True, False)
