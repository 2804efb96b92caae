from __future__ import annotations

from clientdesk.audit.data_facts import Import
from clientdesk.audit.manifests import Manifest
from clientdesk.audit.page_weight import weights
from clientdesk.audit.repository import Package


def manifest(*names, path="package.json"):
    return Manifest(path, "npm", tuple(Package("npm", name, "1.0.0", path) for name in names))


def rules(manifests, *imports):
    return [(one.rule, one.packages) for one in weights(manifests, [Import(path, 1, name) for path, name in imports])]


def test_a_heavy_package_of_pages_is_told_where_it_is_taken_in():
    assert rules([manifest("react-dom", "moment")], ("src/a.js", "moment")) == [("moment", ("moment",))]


def test_what_is_declared_and_never_taken_in_weighs_nothing():
    assert rules([manifest("react-dom", "moment")]) == []
    assert rules([manifest("react-dom", "moment")], ("test/a.js", "moment"), ("vite.config.js", "moment")) == []


def test_servers_are_passed_over():
    assert rules([manifest("express", "moment")], ("src/a.js", "moment")) == []
    assert rules([manifest("express", "react-dom", "moment")], ("src/a.js", "moment")) == []


def test_code_belongs_to_the_manifest_nearest_to_it():
    parts = [manifest("react-dom", "moment", path="web/package.json"), manifest("moment", path="api/package.json")]

    assert rules(parts, ("api/src/a.js", "moment")) == []
    assert rules(parts, ("web/src/a.js", "moment")) == [("moment", ("moment",))]


def test_two_kits_are_told_and_one_kit_in_two_packages_is_not():
    used = [("src/a.js", name) for name in ("antd", "bootstrap", "react-bootstrap")]
    declared = manifest("react-dom", "antd", "bootstrap", "react-bootstrap")

    assert rules([declared], *used) == [("several-kits", ("antd", "bootstrap", "react-bootstrap"))]
    assert rules([declared], *used[1:]) == []
