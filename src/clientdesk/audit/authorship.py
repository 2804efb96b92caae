"""Who works on the code: people told from programs, and names as they may be printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from clientdesk.audit.repository import Author, Commit, History

YEAR = timedelta(days=365)
_BOTS = ("[bot]", "dependabot", "renovate", "github-actions", "pre-commit-ci", "weblate", "crowdin")


def by_people(commits: Iterable[Commit]) -> list[Commit]:
    """Without those that programs made: proposed updates, translations, formatting."""
    return [commit for commit in commits if not is_bot(commit.author)]


def is_bot(author: Author) -> bool:
    name = author.name.lower()
    return any(bot in name for bot in _BOTS)


def since(commits: Iterable[Commit], start: datetime) -> list[Commit]:
    return [commit for commit in commits if commit.at >= start]


def reaches(history: History, start: datetime) -> bool:
    """Whether nothing after `start` is missing from what could be read."""
    return history.complete or (bool(history.commits) and history.commits[-1].at < start)


def shown_name(author: Author) -> str:
    """For print. Some people's name is their mail address, which is printed nowhere: it is cut before the `@`."""
    return author.name.partition("@")[0].strip() or "somebody without a name"
