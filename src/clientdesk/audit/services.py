"""Whether the repository is something that runs for its users, told from the frameworks it declares."""

from __future__ import annotations

from collections.abc import Iterable

from clientdesk.audit.repository import Package

_FRAMEWORKS = {
    "PyPI": {
        "django", "flask", "fastapi", "starlette", "tornado", "sanic", "pyramid", "aiohttp", "bottle", "falcon",
        "litestar", "quart", "celery", "streamlit", "wagtail", "odoo", "connexion", "gunicorn", "uvicorn",
    },
    "npm": {
        "express", "koa", "fastify", "@nestjs/core", "next", "nuxt", "@remix-run/node", "@sveltejs/kit", "@hapi/hapi",
        "@angular/core", "react-dom", "vue", "svelte", "gatsby", "astro", "meteor", "@apollo/server", "apollo-server",
    },
    "RubyGems": {"rails", "sinatra", "hanami", "roda", "grape", "puma", "unicorn", "sidekiq"},
    "Packagist": {"laravel/framework", "symfony/framework-bundle", "slim/slim", "drupal/core", "cakephp/cakephp"},
    "Go": {
        "github.com/gin-gonic/gin", "github.com/labstack/echo/v4", "github.com/gofiber/fiber/v2",
        "github.com/go-chi/chi/v5", "github.com/gorilla/mux",
    },
}  # fmt: skip
_PAGES_ONLY = {"@angular/core", "react-dom", "vue", "svelte", "gatsby", "astro"}


def frameworks_of(packages: Iterable[Package]) -> tuple[str, ...]:
    """The frameworks that what is shipped rests on, directly."""
    return tuple(
        sorted(
            {
                package.name
                for package in packages
                if package.name.lower() in _FRAMEWORKS.get(package.ecosystem, set())
                and package.direct is not False
                and not package.development
            }
        )
    )


def has_server(frameworks: Iterable[str]) -> bool:
    """Whether one of them answers requests; pages alone run in the browser."""
    return any(framework not in _PAGES_ONLY for framework in frameworks)
