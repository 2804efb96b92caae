"""Places of real repositories where a rule was once wrong, written anew and shorter, beside a fault of the kind."""

# ruff: noqa: E501  a table: what is wrong stands beside what is right

from __future__ import annotations

from precision_cases.case import Case, snippets

_WORKFLOW = """on: [push, pull_request]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 9
    steps:
      - run: {}
      - run: ruff check .
"""
_PATH = ".github/workflows/test.yml"
_UPDATES = {
    ".github/dependabot.yml": "version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /\n    schedule:\n      interval: monthly\n    cooldown:\n      default-days: 7\n"
}


def _ci(command: str, planted: dict[str, str], clean: dict[str, str]) -> Case:
    """The same command: what stands behind it decides."""
    flow = {_PATH: _WORKFLOW.format(command), **_UPDATES}
    return Case("ci", "ci.no-tests", {**flow, **planted}, {**flow, **clean})


def _docker(rule: str, planted: str, clean: str) -> Case:
    return Case("containers", rule, {"Dockerfile": planted}, {"Dockerfile": clean})


_RAILS = {"Gemfile": 'gem "rails"\ngem "dotenv", path: "vendor/dotenv"\ngem "tzinfo-data", platforms: %i[windows]\n'}
_LOCK = "GEM\n  remote: https://example.com/\n  specs:\n    rails (8.0.2)\n\nDEPENDENCIES\n  dotenv!\n  rails\n"

CASES: list[Case] = [
    _ci("npm run coverage", {"package.json": '{"scripts": {"coverage": "echo none"}}'}, {"package.json": '{"scripts": {"coverage": "nyc jasmine"}}'}),
    _ci("npm test", {"package.json": '{"scripts": {"test": "echo \\"Error: no test specified\\" && exit 1"}}'}, {"package.json": '{"scripts": {"test": "vitest run"}}'}),
    _ci("bundle exec rake", {"Rakefile": "task default: :build\n"}, {"Rakefile": "require_relative 'config/application'\nRails.application.load_tasks\n", "config/application.rb": "module Shop\nend\n"}),
    _ci("make verify", {"Makefile": "verify:\n\techo fine\n"}, {"Makefile": "verify: unit\nunit:\n\tpytest -q\n"}),
    _ci("./ci/verify.sh", {"ci/verify.sh": "#!/bin/sh\necho fine\n"}, {"ci/verify.sh": "#!/bin/sh\ngo test ./...\n"}),
    _docker("hadolint.signals", "FROM node:22.14.0-slim\nUSER node\nCMD npm start\n", 'FROM node:22.14.0-slim\nUSER node\nHEALTHCHECK CMD curl -f http://localhost || exit 1\nCMD ["node", "a.js"]\n'),
    _docker("hadolint.secret", "FROM node:22.14.0-slim\nENV API_TOKEN=k3J9x2Qp7Lm\nUSER node\n", 'FROM node:22.14.0-slim\nENV API_TOKEN="" PASSWORD_LOGIN_ENABLED=true\nUSER node\n'),
    _docker("hadolint.loose-base", "ARG KIND=git\nFROM node AS live\nUSER node\n", "ARG KIND=git\nFROM node:22.14.0-slim AS build_git\nFROM node:22.14.0-slim AS build_copy\nFROM build_${KIND} AS live\nUSER node\n"),
    Case("lockfiles", "lockfiles.stale", {"Gemfile": _RAILS["Gemfile"] + 'gem "pg"\n', "Gemfile.lock": _LOCK}, {**_RAILS, "Gemfile.lock": _LOCK}),
    Case("lockfiles", "lockfiles.stale", {}, {"package.json": '{"dependencies": {"es6": "npm:@elastic/elasticsearch@6"}}', "yarn.lock": '# yarn lockfile v1\n\n\n"es6@npm:@elastic/elasticsearch@6":\n  version "6.8.8"\n'}),
    Case("monitoring", "monitoring.not-wired", {"Gemfile": 'gem "rails"\ngem "honeybadger"\n', "config/routes.rb": 'get "up"\nget "/health"\n'}, {"Gemfile": 'gem "rails"\ngem "honeybadger"\n', "config/honeybadger.yml": "api_key: x\n", "config/routes.rb": 'get "/health"\n'}),
    Case("structure", "structure.readme-silent", {"README.md": "# Shop\n"}, {"README.md": "# Shop\n", "doc/INSTALL": "Run it.\n"}),
    Case("secret-files", "secret.environment", {".env.production": "DATABASE_URL=postgres://shop:Zx81kq0pLm@db.example.com/shop\n"}, {".env": "DATABASE_URL=postgres://shop:shop@localhost/shop\n"}),
    *snippets("secret-files", "secret.rails-token", "config/secrets.yml", ("production:\n  secret_key_base: " + "3eb6db5a90" * 12 + "\n", "development:\n  secret_key_base: " + "3eb6db5a90" * 12 + '\n\nproduction:\n  secret_key_base: <%= ENV["KEY"] %>\n')),
    *snippets("security", "rules.rb-password-in-code", "app/controllers/admin_controller.rb", ('class AdminController < ApplicationController\n  http_basic_authenticate_with name: "a", password: "Sommer2019"\nend\n', 'class AdminController < ApplicationController\n  http_basic_authenticate_with name: "a", password: ENV.fetch("ADMIN")\nend\n')),
    *snippets("security", "rules.rb-token-unverified", "app/services/tokens.rb", ("claims = JWT.decode(token, nil, false).first\n", 'claims = JWT.decode(token, KEY, true, algorithm: "HS256").first\n')),
    *snippets("security", "rules.rb-sql", "app/models/search.rb", ("def self.by(name)\n  connection.execute(\"DELETE FROM notes WHERE name = '#{name}'\")\nend\n", 'def self.fill(table_name, column_list)\n  connection.execute("INSERT INTO #{table_name} (#{column_list}) VALUES (1)")\nend\n')),
    *snippets("security", "rules.js-message-unchecked", "src/embed.ts", ("window.addEventListener('message', (event) => { show(JSON.parse(event.data)) })\n", "window.addEventListener('message', (event) => { if (event.origin === OWN) show(JSON.parse(event.data)) })\n")),
    *snippets("security", "rules.js-sql-input", "src/routes/list.js", ("app.get('/x', (req, res) => { knex('users').orderByRaw(`${req.query.sort} ${req.query.dir}`) })\n", "app.get('/x', (req, res) => { knex('users').orderBy('id', 'desc') })\n")),
    *snippets("security", "rules.js-query-input", "src/routes/login.js", ("app.post('/x', async (req, res) => { const u = await User.findOne({ email: req.body.email, password: req.body.password }) })\n", "app.post('/x', async (req, res) => { const u = await User.findOne({ email: String(req.body.email) }) })\n")),
    *snippets("security", "rules.js-path-input", "src/pages.js", ("const path = require('path')\napp.get('/p', (req, res) => { send(path.resolve(pages, req.params.name)) })\n", "const path = require('path')\napp.get('/p', (req, res) => { send(path.resolve(pages, req.params.name)) })\nfunction send(file) { if (!path.normalize(file).startsWith(pages)) throw new Error('no') }\n")),
    *snippets("runtime", "runtime.end-of-life", "package.json", ('{"dependencies": {"angular": "1.6.9"}}', '{"dependencies": {"react": "19.1.0"}}')),
]  # fmt: skip
