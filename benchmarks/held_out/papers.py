"""Repositories whose papers are not in order: pipelines, images, versions, locks, monitoring, keys."""

# ruff: noqa: E501  lock files and pipelines as their tools write them

from __future__ import annotations

from held_out.kept import Kept, one_file

_README = "# Shop\n\n## Setup\n\n    docker compose up\n    bin/rails db:setup\n    bin/rails server\n\n## Tests\n\n    bin/rspec\n"
_GEMFILE = 'source "https://example.org"\n\ngem "rails", "~> 7.2"\ngem "pg"\n'
_WORKFLOW = """name: CI
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with:
          persist-credentials: false
      - uses: actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npm run lint
      - run: npm test
"""
_RENOVATE = '{"extends": ["config:recommended"]}\n'
_PACKAGE = '{"name": "shop", "private": true, "scripts": {"test": "vitest run", "lint": "eslint ."}, "dependencies": {"express": "^5.1.0"}}\n'
_CI = {".github/workflows/ci.yml": _WORKFLOW, "renovate.json": _RENOVATE, "package.json": _PACKAGE}
# Put together here, so that no secret stands in this file.
_STRIPE = "sk_" + "live_" + "51HCOXXAaVZwFy8mJt0dTq5Uu9YkZrWc2"
_SLACK = "https://hooks." + "slack.com/services/" + "T02AB9XQ1/B03KL8WPZ/" + "x7Qm2Rv9Lk4Tz1Wp8Yc3Hb6N"
_PEM = (
    "{} RSA PRIVATE KEY-----\n".format("-----BEGIN")
    + "MIIEpAIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gun\n" * 12
    + "-----END RSA PRIVATE KEY-----\n"
)

CASES: list[Kept] = [
    Kept(
        "a pipeline that only builds",
        "ci",
        "",
        {
            **_CI,
            ".github/workflows/ci.yml": _WORKFLOW.replace(
                "      - run: npm run lint\n      - run: npm test\n", "      - run: npm run build\n"
            ),
        },
        _CI,
    ),
    Kept(
        "GitLab deploys without a test",
        "ci",
        "",
        {
            ".gitlab-ci.yml": "stages: [deploy]\ndeploy:\n  stage: deploy\n  script:\n    - ./deploy.sh production\n  only: [main]\n",
            "renovate.json": _RENOVATE,
            "package.json": _PACKAGE,
        },
        {
            ".gitlab-ci.yml": "image: node:22\ncache:\n  paths: [node_modules/]\ntest:\n  timeout: 15 minutes\n  script:\n    - npm ci\n    - npx eslint .\n    - npx vitest run\n",
            "renovate.json": _RENOVATE,
            "package.json": _PACKAGE,
        },
    ),
    Kept(
        "a stranger's title in a shell",
        "ci",
        "github.event",
        {
            **_CI,
            ".github/workflows/greet.yml": 'name: Greet\non:\n  issues:\n    types: [opened]\npermissions: {}\njobs:\n  greet:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - run: |\n          echo "New issue: ${{ github.event.issue.title }}"\n',
        },
        {
            **_CI,
            ".github/workflows/greet.yml": 'name: Greet\non:\n  issues:\n    types: [opened]\npermissions: {}\njobs:\n  greet:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - env:\n          TITLE: ${{ github.event.issue.title }}\n        run: |\n          echo "New issue: $TITLE"\n',
        },
    ),
    Kept(
        "a stranger's branch with our secrets",
        "ci",
        "",
        {
            **_CI,
            ".github/workflows/preview.yml": "name: Preview\non: pull_request_target\npermissions:\n  contents: write\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: npm ci && npm run build\n",
        },
        {
            **_CI,
            ".github/workflows/preview.yml": "name: Preview\non: pull_request\npermissions:\n  contents: read\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683\n        with:\n          persist-credentials: false\n      - run: npm ci && npm run build\n",
        },
    ),
    Kept(
        "an action of somebody by its branch",
        "ci",
        "",
        {
            **_CI,
            ".github/workflows/ci.yml": _WORKFLOW.replace(
                "      - run: npm test\n",
                "      - run: npm test\n      - uses: someone/deploy-action@master\n        with:\n          token: ${{ secrets.DEPLOY_TOKEN }}\n",
            ),
        },
        {},
    ),
    Kept(
        "Jenkins tests and lints",
        "ci",
        "",
        {},
        {
            "Jenkinsfile": "pipeline {\n  agent { docker { image 'ruby:3.4' } }\n  options { timeout(time: 20, unit: 'MINUTES') }\n  stages {\n    stage('Test') { steps { sh 'bundle install && bundle exec rspec' } }\n    stage('Lint') { steps { sh 'bundle exec rubocop' } }\n  }\n}\n",
            "Gemfile": _GEMFILE,
            "renovate.json": _RENOVATE,
            "spec/models/order_spec.rb": "RSpec.describe Order do\nend\n",
        },
    ),
    Kept(
        "tests are run by a Makefile's target",
        "ci",
        "",
        {},
        {
            **_CI,
            ".github/workflows/ci.yml": _WORKFLOW.replace(
                "      - run: npm run lint\n      - run: npm test\n", "      - run: make lint test\n"
            ),
            "Makefile": "lint:\n\tnpx eslint .\n\ntest:\n\tnpx vitest run\n",
        },
    ),
    Kept(
        "an image of long ago that runs as root",
        "containers",
        "",
        {"Dockerfile": "FROM node:latest\nWORKDIR /app\nCOPY . .\nRUN npm install\nEXPOSE 3000\nCMD npm start\n"},
        {
            "Dockerfile": 'FROM node:22.14.0-bookworm-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY . .\nUSER node\nEXPOSE 3000\nCMD ["node", "server.js"]\n'
        },
    ),
    Kept(
        "the build's password stays in the image",
        "containers",
        "",
        {
            "Dockerfile": 'FROM ruby:3.4.2-slim\nENV DATABASE_PASSWORD=Sommer2019\nWORKDIR /app\nCOPY . .\nRUN bundle install\nUSER 1000\nCMD ["bin/rails", "server"]\n'
        },
        {
            "Dockerfile": 'FROM ruby:3.4.2-slim\nENV RAILS_ENV=production\nWORKDIR /app\nCOPY . .\nRUN bundle install\nUSER 1000\nCMD ["bin/rails", "server"]\n'
        },
    ),
    Kept(
        "a script of the network straight into a shell",
        "containers",
        "",
        {
            "Dockerfile": 'FROM python:3.13.2-slim\nRUN curl -sL https://example.com/setup.sh | bash -\nWORKDIR /app\nCOPY . .\nUSER app\nCMD ["gunicorn", "shop.wsgi"]\n'
        },
        {
            "Dockerfile": 'FROM python:3.13.2-slim AS build\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\nUSER 1000:1000\nCMD ["gunicorn", "shop.wsgi"]\n'
        },
    ),
    Kept(
        "Python 3.8 in the image",
        "runtime",
        "3.8",
        {"Dockerfile": "FROM python:3.8-slim\nCOPY . /app\n"},
        {"Dockerfile": "FROM python:3.13-slim\nCOPY . /app\n"},
    ),
    Kept(
        "Rails 6.0 in the lock",
        "runtime",
        "rails (6.0",
        {
            "Gemfile": 'gem "rails", "~> 6.0.3"\n',
            "Gemfile.lock": "GEM\n  remote: https://example.org/\n  specs:\n    rails (6.0.6.1)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  rails (~> 6.0.3)\n",
        },
        {
            "Gemfile": 'gem "rails", "~> 8.0"\n',
            "Gemfile.lock": "GEM\n  remote: https://example.org/\n  specs:\n    rails (8.0.2)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  rails (~> 8.0)\n",
        },
    ),
    Kept(
        "Node 14 for the version manager",
        "runtime",
        "14",
        {".nvmrc": "v14.17.0\n", "package.json": _PACKAGE},
        {".nvmrc": "v22.14.0\n", "package.json": _PACKAGE},
    ),
    Kept(
        "PostgreSQL 11 in the compose file",
        "runtime",
        "postgres:11",
        {
            "docker-compose.yml": "services:\n  db:\n    image: postgres:11-alpine\n    volumes:\n      - data:/var/lib/postgresql/data\nvolumes:\n  data:\n"
        },
        {
            "docker-compose.yml": "services:\n  db:\n    image: postgres:17-alpine\n    volumes:\n      - data:/var/lib/postgresql/data\nvolumes:\n  data:\n"
        },
    ),
    Kept(
        "Django 3.2 by requirements",
        "runtime",
        "3.2",
        {"requirements.txt": "Django==3.2.25\npsycopg2-binary==2.9.10\n"},
        {"requirements.txt": "Django==5.2.1\npsycopg2-binary==2.9.10\n"},
    ),
    Kept(
        "PHP 7.4 for composer",
        "runtime",
        "7.4",
        {
            "composer.json": '{"require": {"php": "^7.4", "laravel/framework": "^8.0"}, "config": {"platform": {"php": "7.4.33"}}}\n'
        },
        {
            "composer.json": '{"require": {"php": "^8.4", "laravel/framework": "^12.0"}, "config": {"platform": {"php": "8.4.2"}}}\n'
        },
    ),
    Kept(
        "AngularJS in the page",
        "runtime",
        "",
        {"package.json": '{"dependencies": {"angular": "1.6.9"}}\n'},
        {"package.json": '{"dependencies": {"react": "19.1.0", "react-dom": "19.1.0"}}\n'},
    ),
    Kept(
        "a Gemfile without its lock",
        "lockfiles",
        "",
        {"Gemfile": _GEMFILE},
        {
            "Gemfile": _GEMFILE,
            "Gemfile.lock": "GEM\n  remote: https://example.org/\n  specs:\n    pg (1.5.9)\n    rails (7.2.2.1)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  pg\n  rails (~> 7.2)\n",
        },
    ),
    Kept(
        "npm's lock beside yarn's",
        "lockfiles",
        "",
        {
            "package.json": '{"name": "a", "dependencies": {"left-pad": "^1.3.0"}}\n',
            "package-lock.json": '{"name": "a", "lockfileVersion": 3, "packages": {"": {"dependencies": {"left-pad": "^1.3.0"}}, "node_modules/left-pad": {"version": "1.3.0"}}}\n',
            "yarn.lock": '# yarn lockfile v1\n\n\nleft-pad@^1.3.0:\n  version "1.3.0"\n',
        },
        {
            "package.json": '{"name": "a", "dependencies": {"left-pad": "^1.3.0"}}\n',
            "yarn.lock": '# yarn lockfile v1\n\n\nleft-pad@^1.3.0:\n  version "1.3.0"\n',
        },
    ),
    Kept(
        "requirements without exact versions",
        "lockfiles",
        "",
        {"requirements.txt": "django>=4\ncelery\nredis\n"},
        {
            "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\ndependencies = ["django>=5"]\n',
            "uv.lock": 'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "django"\nversion = "5.2.1"\nsource = { registry = "https://example.org/simple" }\n\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "django" }]\n\n[package.metadata]\nrequires-dist = [{ name = "django", specifier = ">=5" }]\n',
        },
    ),
    Kept(
        "Sentry declared and never started",
        "monitoring",
        "",
        {
            "package.json": '{"dependencies": {"express": "^5.1.0", "@sentry/node": "^9.0.0"}}\n',
            "server.js": "const express = require('express')\nconst app = express()\napp.get('/health', (req, res) => res.json({ ok: true }))\napp.listen(3000)\n",
        },
        {
            "package.json": '{"dependencies": {"express": "^5.1.0", "@sentry/node": "^9.0.0"}}\n',
            "instrument.js": "const Sentry = require('@sentry/node')\n\nSentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: 0.1 })\n",
            "server.js": "require('./instrument')\nconst express = require('express')\nconst app = express()\napp.get('/health', (req, res) => res.json({ ok: true }))\napp.listen(3000)\n",
        },
    ),
    Kept(
        "a Rails shop nobody watches",
        "monitoring",
        "",
        {"Gemfile": _GEMFILE, "config/routes.rb": "Rails.application.routes.draw do\n  resources :orders\nend\n"},
        {
            "Gemfile": _GEMFILE + 'gem "honeybadger"\n',
            "config/honeybadger.yml": 'api_key: <%= ENV["HONEYBADGER_API_KEY"] %>\nexceptions:\n  ignore: []\n',
            "config/routes.rb": 'Rails.application.routes.draw do\n  get "up" => "rails/health#show"\n  resources :orders\nend\n',
        },
    ),
    Kept(
        "FastAPI without a health endpoint",
        "monitoring",
        "",
        {
            "requirements.txt": "fastapi==0.115.0\nsentry-sdk==2.20.0\n",
            "app/main.py": 'import os\n\nimport sentry_sdk\nfrom fastapi import FastAPI\n\nsentry_sdk.init(dsn=os.environ["SENTRY_DSN"])\napp = FastAPI()\n\n\n@app.get("/orders")\ndef orders():\n    return []\n',
        },
        {
            "requirements.txt": "fastapi==0.115.0\nsentry-sdk==2.20.0\n",
            "app/main.py": 'import os\n\nimport sentry_sdk\nfrom fastapi import FastAPI\n\nsentry_sdk.init(dsn=os.environ["SENTRY_DSN"])\napp = FastAPI()\n\n\n@app.get("/healthz")\ndef healthz():\n    return {"ok": True}\n',
        },
    ),
    Kept(
        "a README of one line and no test",
        "structure",
        "",
        {
            "README.md": "# Shop\n\nOur new shop.\n",
            "app/models/order.rb": "class Order < ApplicationRecord\n"
            + "  # what it is about\n  def total\n    lines.sum(&:price)\n  end\n" * 40
            + "end\n",
            "Gemfile": _GEMFILE,
        },
        {
            "README.md": _README,
            "LICENSE": "Copyright Example Ltd. All rights reserved.\n",
            "CODEOWNERS": "* @example/shop\n",
            "app/models/order.rb": "class Order < ApplicationRecord\n  def total\n    lines.sum(&:price)\n  end\nend\n",
            "spec/models/order_spec.rb": "RSpec.describe Order do\n  it 'adds up' do\n    expect(described_class.new.total).to eq(0)\n  end\nend\n",
            "Gemfile": _GEMFILE,
        },
    ),
    Kept(
        "a database's copy and an editor's leavings",
        "structure",
        "",
        {
            "README.md": _README,
            "CODEOWNERS": "* @example/shop\n",
            "LICENSE": "Copyright Example Ltd.\n",
            "db/backup.sql.swp": "b0VIM\n",
            ".DS_Store": "Bud1\n",
            "src/a.py": "x = 1\n",
            "tests/test_a.py": "def test_x():\n    assert True\n",
        },
        {
            "README.md": _README,
            "CODEOWNERS": "* @example/shop\n",
            "LICENSE": "Copyright Example Ltd.\n",
            "src/a.py": "x = 1\n",
            "tests/test_a.py": "def test_x():\n    assert True\n",
        },
    ),
    one_file(
        "secret-files",
        ".env.production",
        "the live environment",
        "",
        f"DATABASE_URL=postgres://shop:Zx81kq0pLm@db.example.com/shop\nSTRIPE_KEY={_STRIPE}\n",
        "",
    ),
    one_file(
        "secret-files",
        ".env.example",
        "a sample of the environment",
        "",
        "",
        "DATABASE_URL=postgres://user:password@localhost/shop\nSTRIPE_KEY=sk_test_xxx\nSECRET_KEY_BASE=changeme\n",
    ),
    one_file("secret-files", "deploy/id_rsa", "the key of the server", "", _PEM, ""),
    one_file(
        "secret-files",
        "deploy/server.pub",
        "only the public half",
        "",
        "",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ5 deploy@example.com\n",
    ),
    one_file(
        "secret-files",
        "config/secrets.yml",
        "Rails' old secrets",
        "",
        "production:\n  secret_key_base: 6f1ed0c2b8a94d7e3f5a9b1c0d2e4f6a8b9c1d3e5f7a9b0c2d4e6f8a1b3c5d7e6f1ed0c2b8a94d7e3f5a9b1c0d2e4f6a\n",
        'production:\n  secret_key_base: <%= ENV["SECRET_KEY_BASE"] %>\n',
    ),
    one_file(
        "secret-files",
        "shop/settings/production.py",
        "Django's key in the code",
        "SECRET_KEY",
        'SECRET_KEY = "django-prod-8w#k1v!z0q@m3n$c5x^r7t*y9u(i2o)p4a"\nDEBUG = False\n',
        'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\nDEBUG = False\n',
    ),
    one_file(
        "secrets",
        "lib/payments.js",
        "the till's key",
        "stripe",
        f"const stripe = require('stripe')('{_STRIPE}')\n\nmodule.exports = stripe\n",
        "const stripe = require('stripe')(process.env.STRIPE_KEY)\n\nmodule.exports = stripe\n",
    ),
    one_file(
        "secrets",
        "lib/notify.rb",
        "the door to a chat",
        "URL",
        f'class Notify\n  URL = "{_SLACK}".freeze\nend\n',
        'class Notify\n  URL = ENV.fetch("SLACK_URL")\nend\n',
    ),
    one_file(
        "secrets",
        "public/index.html",
        "a checksum is no secret",
        "",
        "",
        '<script src="/app.js" integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"></script>\n',
    ),
]
