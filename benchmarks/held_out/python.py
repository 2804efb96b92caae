"""Django, Flask and FastAPI as they are found in the wild."""

from __future__ import annotations

from functools import partial

from held_out.kept import Kept, one_file

_view = partial(one_file, "security", "shop/views.py")

CASES: list[Kept] = [
    _view(
        "a cursor with an f-string",
        "SELECT",
        """from django.db import connection
from django.http import JsonResponse


def search(request):
    term = request.GET.get("q", "")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, name FROM shop_product WHERE name ILIKE '%{term}%'")
        rows = cursor.fetchall()
    return JsonResponse({"rows": rows})
""",
        """from django.db import connection
from django.http import JsonResponse


def search(request):
    term = request.GET.get("q", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM shop_product WHERE name ILIKE %s", [f"%{term}%"])
        rows = cursor.fetchall()
    return JsonResponse({"rows": rows})
""",
    ),
    _view(
        "extra() with a formatted condition",
        "extra",
        """from shop.models import Product


def listing(request):
    return Product.objects.extra(where=["price > %s" % request.GET["min"]])
""",
        """from shop.models import Product


def listing(request):
    return Product.objects.filter(price__gt=request.GET["min"])
""",
    ),
    _view(
        "a search term marked as safe",
        "mark_safe",
        """from django.shortcuts import render
from django.utils.safestring import mark_safe


def results(request):
    heading = mark_safe("<h1>%s</h1>" % request.GET.get("q"))
    return render(request, "results.html", {"heading": heading})
""",
        """from django.shortcuts import render
from django.utils.html import format_html


def results(request):
    heading = format_html("<h1>{}</h1>", request.GET.get("q"))
    return render(request, "results.html", {"heading": heading})
""",
    ),
    _view(
        "a shell with the file's name",
        "subprocess.run",
        """import subprocess

from django.http import HttpResponse


def convert(request):
    name = request.POST["name"]
    done = subprocess.run(f"libreoffice --headless --convert-to pdf {name}", shell=True, capture_output=True)
    return HttpResponse(done.stdout)
""",
        """from django.http import HttpResponse

from shop.conversion import to_pdf


def convert(request):
    return HttpResponse(to_pdf(request.FILES["document"].read()))
""",
    ),
    _view(
        "a pickled basket",
        "pickle.loads",
        """import base64
import pickle

from django.shortcuts import render


def basket(request):
    items = pickle.loads(base64.b64decode(request.COOKIES.get("basket", "")))
    return render(request, "basket.html", {"items": items})
""",
        """import json

from django.shortcuts import render


def basket(request):
    items = json.loads(request.get_signed_cookie("basket", "[]"))
    return render(request, "basket.html", {"items": items})
""",
    ),
    one_file(
        "security",
        "app/main.py",
        "a formula by eval",
        "eval",
        """from fastapi import FastAPI

app = FastAPI()


@app.get("/price")
def price(formula: str, amount: int) -> float:
    return eval(formula, {"amount": amount})
""",
        """import ast

from fastapi import FastAPI

app = FastAPI()


@app.get("/price")
def price(factor: str, amount: int) -> float:
    return ast.literal_eval(factor) * amount
""",
    ),
    one_file(
        "security",
        "sync/client.py",
        "no certificate is looked at",
        "verify",
        """import requests


def orders(token):
    answer = requests.get("https://erp.example.com/orders", headers={"Authorization": token}, verify=False, timeout=30)
    answer.raise_for_status()
    return answer.json()
""",
        """import requests


def orders(token):
    answer = requests.get("https://erp.example.com/orders", headers={"Authorization": token}, timeout=30)
    answer.raise_for_status()
    return answer.json()
""",
    ),
    one_file(
        "security",
        "app/accounts.py",
        "passwords by MD5",
        "md5",
        """import hashlib


def check_password(user, password):
    return hashlib.md5(password.encode()).hexdigest() == user.password_hash
""",
        """from argon2 import PasswordHasher

_HASHER = PasswordHasher()


def check_password(user, password):
    return _HASHER.verify(user.password_hash, password)
""",
    ),
    one_file(
        "security",
        "app/settings_loader.py",
        "a file that makes objects",
        "yaml.load",
        """import yaml


def load(path):
    with open(path) as stream:
        return yaml.load(stream, Loader=yaml.Loader)
""",
        """import yaml


def load(path):
    with open(path) as stream:
        return yaml.load(stream, Loader=yaml.CSafeLoader)
""",
    ),
    one_file(
        "security",
        "app/pages.py",
        "templates that escape nothing",
        "Environment(",
        """from jinja2 import Environment, FileSystemLoader

pages = Environment(loader=FileSystemLoader("templates"))


def show(name, **values):
    return pages.get_template(name).render(**values)
""",
        """from jinja2 import Environment, FileSystemLoader, select_autoescape

pages = Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape())


def show(name, **values):
    return pages.get_template(name).render(**values)
""",
    ),
    one_file(
        "security",
        "app/tokens.py",
        "an invitation from dice",
        "random",
        """import random
import string


def invitation_token():
    return "".join(random.choice(string.ascii_letters) for _ in range(24))
""",
        """import secrets


def invitation_token():
    return secrets.token_urlsafe(24)
""",
    ),
    one_file(
        "security",
        "backup/restore.py",
        "an archive unpacked wherever it wants",
        "extractall",
        """import tarfile


def restore(path, target):
    with tarfile.open(path) as archive:
        archive.extractall(target)
""",
        """import tarfile


def restore(path, target):
    with tarfile.open(path) as archive:
        archive.extractall(target, filter="data")
""",
    ),
    one_file(
        "security",
        "wsgi.py",
        "the debugger goes live",
        "debug=True",
        """from shop import create_app

app = create_app()

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000, debug=True)
""",
        """from shop import create_app

app = create_app()

if __name__ == "__main__":
    app.run(port=8000)
""",
    ),
    one_file(
        "security",
        "shop/settings.py",
        "Django shows its errors to everybody",
        "DEBUG",
        """from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.admin", "shop"]
ROOT_URLCONF = "shop.urls"
""",
        """import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
ALLOWED_HOSTS = os.environ["DJANGO_ALLOWED_HOSTS"].split(",")
INSTALLED_APPS = ["django.contrib.admin", "shop"]
ROOT_URLCONF = "shop.urls"
""",
    ),
    one_file(
        "security",
        "deploy/hosts.py",
        "any host's key is taken",
        "AutoAddPolicy",
        """import paramiko


def connect(host):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(host, username="deploy")
    return client
""",
        """import paramiko


def connect(host):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect(host, username="deploy")
    return client
""",
    ),
]
