from __future__ import annotations

import json

from clientdesk.audit.formats.composer import composer_json, composer_lock

MANIFEST = json.dumps({"require": {"php": "^8.1", "ext-json": "*", "Laravel/Framework": "^10"}})
LOCK = json.dumps(
    {
        "packages": [{"name": "laravel/framework", "version": "v10.1.0"}, {"name": "psr/log", "version": "3.0.0"}],
        "packages-dev": [{"name": "phpunit/phpunit", "version": "10.0.1"}],
    },
    indent=4,
)


def test_php_and_its_extensions_are_no_packages():
    assert [p.name for p in composer_json("composer.json", MANIFEST)] == ["laravel/framework"]


def test_lock_tells_direct_development_and_line():
    found = composer_lock("composer.lock", LOCK, composer_json("composer.json", MANIFEST))

    assert [(p.name, p.version, p.direct, p.development, p.line) for p in found] == [
        ("laravel/framework", "10.1.0", True, False, 4),
        ("psr/log", "3.0.0", False, False, 8),
        ("phpunit/phpunit", "10.0.1", False, True, 14),
    ]
