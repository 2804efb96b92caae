"""Faults of manifests, pipelines, keys, versions, structure and Python code, each beside the way it ought to be."""

# ruff: noqa: E501  a table: what is wrong stands beside what is right

from __future__ import annotations

from precision_cases.case import Case

_KEY = "-----BEGIN {} PRIVATE KEY-----\n" + "MIIEow" + "A" * 60 + "\n-----END {} PRIVATE KEY-----\n"
_RSA, _OPENSSH = _KEY.format("RSA", "RSA"), _KEY.format("OPENSSH", "OPENSSH")


def _one(check: str, rule: str, planted: dict[str, str], clean: dict[str, str], *, strict: bool = True) -> Case:
    return Case(check, rule, planted, clean, strict)


def _secret(rule: str, path: str, planted: str, clean: str) -> Case:
    return _one("secret-files", rule, {path: planted}, {path: clean})


def _version(path: str, over: str, supported: str) -> Case:
    return _one("runtime", "runtime.end-of-life", {path: over}, {path: supported})


def _tangled(language: str) -> tuple[str, str, str]:
    """Path, a function with far too many paths, and one that is easy to follow."""
    if language == "python":
        return (
            "app.py",
            "def f(x):\n" + "".join(f"    if x == {n}:\n        return {n}\n" for n in range(30)),
            "def f(x):\n    return x\n",
        )
    if language == "ruby":
        return (
            "app/a.rb",
            "def f(x)\n" + "".join(f"  return {n} if x == {n}\n" for n in range(30)) + "end\n",
            "def f(x)\n  x\nend\n",
        )
    return (
        f"src/a.{language}",
        "function f(x) {\n" + "".join(f"  if (x == {n}) return {n};\n" for n in range(30)) + "}\n",
        "function f(x) { return x; }\n",
    )


def _bandit(rule: str, planted: str, clean: str) -> Case:
    return _one("security", f"bandit.{rule}", {"app.py": planted}, {"app.py": clean})


def _workflow(steps: str, *, on: str = "push", extra: str = "") -> dict[str, str]:
    return {
        ".github/workflows/ci.yml": f"on: [{on}]\npermissions:\n  contents: read\njobs:\n  a:\n    runs-on: ubuntu-latest\n    timeout-minutes: 10\n    steps:\n{steps}",
        ".github/dependabot.yml": "version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /\n    schedule:\n      interval: monthly\n",
        **({"extra": extra} if extra else {}),
    }


_TESTED = "      - run: ruff check .\n      - run: pytest\n"
_WITHOUT_UPDATES = {path: text for path, text in _workflow(_TESTED).items() if "dependabot" not in path}
_MANIFEST, _YARN = '{"dependencies": {"a": "^1"}}', 'a@^1:\n  version "1.0.0"\n'
_LOCK = '{"packages": {"node_modules/a": {"version": "1.0.0"}}}'
_DJANGO = {"requirements.txt": "django==5.2\nsentry-sdk==2.1\n", "urls.py": "path('health/', ok)\n"}
_WIRED = {**_DJANGO, "settings.py": "import sentry_sdk\nsentry_sdk.init(dsn=env('SENTRY_DSN'))\n"}
_EXPRESS = '{"dependencies": {"express": "5.0.0", "@sentry/node": "9.0.0"}}'
_README = "# Shop\n\n## Install\n\n    pip install -r requirements.txt\n"
_CODE = "x = 1\n" * 5000
CASES: list[Case] = [
    _secret("secret.private-key", "deploy/server.pem", _RSA, "-----BEGIN CERTIFICATE-----\nMII\n"),
    _secret("secret.private-key", "id_rsa", _OPENSSH, "see the vault\n"),
    _secret("secret.rails-key", "config/master.key", "0123456789abcdef" * 2, "see the vault\n"),
    _secret("secret.environment", ".env", "STRIPE_SECRET_KEY=sk_live_4eC39HqLyjWDarj\n", "STRIPE_SECRET_KEY=\nSECRET_KEY=changeme-please\n"),
    _secret("secret.environment", ".env.production", "export DB_PASSWORD='p9#kd83jKq2'\n", "export DB_PASSWORD=${DB_PASSWORD}\n"),
    _secret("secret.django-key", "shop/settings.py", "SECRET_KEY = 'k3j4h5k3j4h5k3j4h5k3'\n", "SECRET_KEY = os.environ['SECRET_KEY']\n"),
    _secret("secret.login", ".npmrc", "//registry.example/:_authToken=npm_a8s7d6f8a7s6df\n", "//registry.example/:_authToken=${NPM_TOKEN}\n"),
    _version(".ruby-version", "ruby-2.7.8\n", "ruby-3.4.1\n"),
    _version(".nvmrc", "v16\n", "v24\n"),
    _version("Dockerfile", "FROM python:3.7-slim\n", "FROM python:3.13-slim\n"),
    _version("requirements.txt", "Django==3.2.20\n", "Django==5.2.1\n"),
    _version("compose.yaml", "services:\n  db:\n    image: postgres:11.4\n", "services:\n  db:\n    image: postgres:17\n"),
    _version("Gemfile.lock", "GEM\n  specs:\n    rails (6.1.7)\n\nDEPENDENCIES\n  rails\n", "GEM\n  specs:\n    rails (8.0.1)\n\nDEPENDENCIES\n  rails\n"),
    _version(".python-version", "3.8.10\n", "3.13.1\n"),
    _one("lockfiles", "lockfiles.missing", {"package.json": _MANIFEST}, {"package.json": _MANIFEST, "yarn.lock": _YARN}),
    _one("lockfiles", "lockfiles.missing", {"Gemfile": "source 'x'\ngem 'rails'\n"}, {"Gemfile": "source 'x'\ngem 'rails'\n", "Gemfile.lock": "GEM\n  specs:\n    rails (8.0.1)\n\nDEPENDENCIES\n  rails\n"}),
    _one("lockfiles", "lockfiles.missing", {"requirements.txt": "django\n"}, {"requirements.txt": "django==5.2\n"}),
    _one("lockfiles", "lockfiles.rivals", {"package.json": _MANIFEST, "yarn.lock": _YARN, "package-lock.json": _LOCK}, {"package.json": _MANIFEST, "package-lock.json": _LOCK}),
    _one("lockfiles", "lockfiles.stale", {"package.json": '{"dependencies": {"a": "^1", "b": "^2"}}', "yarn.lock": _YARN}, {"package.json": _MANIFEST, "yarn.lock": _YARN}),
    *(_one("complexity", "complexity.function", {path: bad}, {path: good}) for path, bad, good in map(_tangled, ("python", "ruby", "js", "ts", "tsx"))),
    *(_one("complexity", "complexity.function", {}, {f"tests/{path}": bad, path: good}) for path, bad, good in map(_tangled, ("python", "ruby"))),
    _one("ci", "ci.none", {"app.py": "x = 1\n"}, {"app.py": "x = 1\n", **_workflow(_TESTED)}),
    _one("ci", "ci.no-tests", _workflow("      - run: ruff check .\n"), _workflow(_TESTED)),
    _one("ci", "ci.no-lint", _workflow("      - run: pytest\n"), _workflow("      - run: npm run lint\n      - run: npm test\n")),
    _one("ci", "ci.no-tests", _workflow(_TESTED, on="workflow_dispatch"), _workflow("      - run: bundle exec rubocop\n      - run: bundle exec rspec\n")),
    _one("ci", "ci.no-updates", _WITHOUT_UPDATES, {**_WITHOUT_UPDATES, "renovate.json": '{"extends": ["config:base"]}'}),
    _one("monitoring", "monitoring.none", {**_WIRED, "requirements.txt": "django==5.2\n", "settings.py": "DEBUG = False\n"}, _WIRED),
    _one("monitoring", "monitoring.not-wired", _DJANGO, _WIRED),
    _one("monitoring", "monitoring.no-health", {**_WIRED, "urls.py": "path('shop/', shop)\n"}, _WIRED),
    _one("monitoring", "monitoring.not-wired", {"package.json": _EXPRESS, "index.js": "app.get('/health', ok)\n"}, {"package.json": _EXPRESS, "index.js": "Sentry.init({ dsn: process.env.SENTRY_DSN })\napp.get('/health', ok)\n"}),
    _one("structure", "structure.no-readme", {"a.py": "x"}, {"a.py": "x", "README.md": _README}, strict=False),
    _one("structure", "structure.readme-silent", {"README.md": "# Shop\n\nSells things.\n"}, {"README.md": _README}, strict=False),
    _one("structure", "structure.no-tests", {"app.py": _CODE}, {"app.py": _CODE, "tests/test_app.py": _CODE}, strict=False),
    _one("structure", "structure.few-tests", {"app.py": _CODE, "tests/test_app.py": "x = 1\n"}, {"app.py": _CODE, "tests/test_app.py": _CODE}, strict=False),
    _one("structure", "structure.rubbish", {".DS_Store": "x", "README.md": _README}, {"README.md": _README}, strict=False),
    _bandit("B602", "import subprocess\ndef run(x):\n    subprocess.run(f'ls {x}', shell=True)\n", "import subprocess\ndef run(x):\n    subprocess.run(['ls', x], check=True)\n"),
    _bandit("B608", "def find(db, name):\n    return db.execute(\"SELECT * FROM posts WHERE name = '%s'\" % name)\n", "def find(db, name):\n    return db.execute('SELECT * FROM posts WHERE name = ?', (name,))\n"),
    _bandit("B301", "import pickle\ndef load(data):\n    return pickle.loads(data)\n", "import json\ndef load(data):\n    return json.loads(data)\n"),
    _bandit("B506", "import yaml\ndef load(data):\n    return yaml.load(data)\n", "import yaml\ndef load(data):\n    return yaml.safe_load(data)\n"),
    _bandit("B501", "import requests\nrequests.get('https://x', verify=False, timeout=3)\n", "import requests\nrequests.get('https://x', timeout=3)\n"),
    _bandit("B307", "def run(x):\n    return eval(x)\n", "import ast\ndef run(x):\n    return ast.literal_eval(x)\n"),
    _bandit("B201", "from flask import Flask\napp = Flask(__name__)\napp.run(debug=True)\n", "from flask import Flask\napp = Flask(__name__)\napp.run()\n"),
    _bandit("B202", "import tarfile\ndef unpack(name):\n    with tarfile.open(name) as archive:\n        archive.extractall()\n", "import tarfile\ndef unpack(name):\n    with tarfile.open(name) as archive:\n        return archive.getnames()\n"),
    _bandit("B113", "import requests\nrequests.get('https://x')\n", "import requests\nrequests.get('https://x', timeout=3)\n"),
    _one("security", "bandit.B602", {}, {"tests/test_app.py": "import subprocess\nsubprocess.run('ls $X', shell=True)\n", "app.py": "x = 1\n"}),
]  # fmt: skip
