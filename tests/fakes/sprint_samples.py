"""Sprints as real ones look: late, with updates, secrets, what rolled and what became a project."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from fakes.samples import OFFER, second_audit

from clientdesk.audit.library_survey import Care, LibrarySurvey, LibraryUpdate, Moved, Step, Unmeasured
from clientdesk.documents.sprint_facts import (
    Approved,
    AuditedRepository,
    Doubt,
    Late,
    LateBecause,
    LeftItem,
    OutcomeFacts,
    SeenOtherwise,
    SprintFacts,
    Target,
)
from clientdesk.domain.money import Money
from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import Done, Item, ItemState, Priority, Source, Work

START = OFFER.first.starts_at
BOOKING = "https://git.example.com/harbour/booking.git"
DASH = "\N{EN DASH}"
STRIPE = RegisteredSecret("STRIPE_SECRET_KEY", "Heroku, shop-production", "Nora Feld", 90, date(2025, 12, 20))
SENTRY = RegisteredSecret("SENTRY_DSN", "Kubernetes, namespace production", "Ada Engineer", 365)


def survey(said: str = "", *, asked: bool = True) -> LibrarySurvey:
    updates = (
        LibraryUpdate(
            "PyPI", f"click{said}", "requirements.txt", "8.0.1", "8.1.8", "8.1.8", (Step("8.1.8", Care.SAFE),)
        ),
        LibraryUpdate(
            "PyPI",
            "django",
            "requirements.txt",
            "3.2.18",
            "3.2.25",
            "5.2.1",
            (
                Step("3.2.25", Care.SAFE, ("CVE-2024-27351", "CVE-2024-24680", "CVE-2023-46695")),
                Step("5.2.1", Care.PROJECT, ("CVE-2024-27351", "CVE-2024-24680", "CVE-2023-46695", "A", "B")),
            ),
            ends_on=date(2024, 4, 1),
            has_ended=True,
            unmended=("CVE-2025-1111",),
        ),
        LibraryUpdate(
            "PyPI",
            "stripe",
            "requirements.txt",
            "7.1.0",
            "7.14.0",
            "8.2.0",
            (Step("7.14.0", Care.SAFE), Step("8.2.0", Care.CARE)),
            changelog="https://github.com/stripe/stripe-python/releases",
        ),
        LibraryUpdate("PyPI", "nose", "dev.txt", "1.3.7", "1.3.7", "1.3.7", (), True, given_up=f"archived{said}"),
    )
    not_asked = "" if asked else "Package indexes are not asked (CLIENTDESK_PACKAGE_INDEXES)."
    return LibrarySurvey(
        BOOKING,
        "c0ffee",
        START,
        (),
        updates,
        14 if asked else 0,
        (Unmeasured(not_asked or "no exact version is written", ("celery", f"redis{said}")),),
        "the index" if asked else "",
        not_asked,
    )


def item(number: int, title: str, minutes: int, **more: object) -> Item:
    source = more.pop("source", Source.PROPOSAL)
    priority = more.pop("priority", Priority.NORMAL)
    work = Work(f"k:{number}", source, title, minutes, priority, number, note=str(more.pop("note", "")))
    return Item(f"i{number}", "client", "proposal", work, **{"state": ItemState.IN_SPRINT, "window": "w", **more})


def items(said: str = "") -> tuple[Item, ...]:
    standing = {"source": Source.STANDING, "priority": Priority.STANDING, "is_planned": True}
    return (
        item(1, "Take the safe library updates of booking", 60, **standing),
        item(2, "Rotate 2 secrets", 75, **standing),
        item(3, "Security scan of booking", 30, **standing),
        item(4, "Pass arguments as a list, without a shell", 180, is_planned=True, rolls=1, note=f"1.5{DASH}6 h"),
        item(5, f"The logo is blurred on phones{said}", 30, is_planned=True, source=Source.TICKET, note="From Nora."),
        item(6, "Upgrade Django 3.2 → 5.2", 960, rolls=1, note=f"8{DASH}32 h"),
        item(7, "Split settle_invoice", 420, note=f"2{DASH}12 h"),
    )


def sheet_facts(locale: str = "en_IE", said: str = "", **more: object) -> SprintFacts:
    report = second_audit(BOOKING, said)
    facts = SprintFacts(
        company=f"Harbour Bookings GmbH{said}",
        contact=f"Nora Feld{said}",
        locale=locale,
        window=OFFER.first,
        started_at=START + timedelta(hours=3, minutes=4),
        late=Late(timedelta(hours=3, minutes=4), LateBecause.DOWN, START - timedelta(minutes=10)),
        box_minutes=480,
        items=items(said),
        repositories=(
            AuditedRepository(BOOKING, report, survey(said)),
            AuditedRepository(f"https://git.example.com/harbour/old.git{said}", None, problem="it asks for a login"),
        ),
        secrets=(STRIPE, SENTRY),
        next_window=OFFER.following[0],
    )
    return replace(facts, **more)


def outcome_facts(locale: str = "en_IE", said: str = "", **more: object) -> OutcomeFacts:
    everything = items(said)
    moved = (
        Moved("PyPI", "click", "8.0.1", "8.1.8", is_direct=True),
        Moved("PyPI", f"django{said}", "3.2.18", "3.2.25", is_direct=True),
        Moved("PyPI", "sqlparse", "", "0.5.3", is_direct=False),
    )
    sprint = sheet_facts(locale, said)
    seen = (replace(sprint.repositories[0], moved=moved), sprint.repositories[1])
    done = tuple(
        replace(each, state=ItemState.DONE, done=Done("Ada Engineer", START, f"merge request {n}{said}"))
        for n, each in enumerate(everything[:4], start=41)
    )
    facts = OutcomeFacts(
        sprint=replace(sprint, items=done, repositories=seen),
        closed_at=datetime(2026, 4, 7, 16, tzinfo=UTC),
        left=(
            LeftItem(everything[4], "not_reached", 1, is_project=False),
            LeftItem(everything[6], "no_room", 1, is_project=False),
            LeftItem(replace(everything[5], rolls=2), "no_room", 2, is_project=True, price=Money(Decimal(1760), "EUR")),
        ),
        spent={"i1": 60, "i2": 45, "i3": 30, "i4": 380, "i6": 0},
        extensions=(Approved(60, f"Nora Feld{said}", "phone"),),
        targets=(
            Target("planned", 7, 0, 4),
            Target("urgent", 5, 1, 3, doubts=(Doubt(SeenOtherwise.LESS, ("security", "dependencies")),)),
            Target("not_run", 2, 0, 1, doubts=(Doubt(SeenOtherwise.IN_PART, ("secrets",)),)),
            Target("speed", None, None, None, "speed"),
        ),
        rotated=(replace(STRIPE, rotated_on=date(2026, 4, 7)),),
        hourly=Money(Decimal(110), "EUR"),
    )
    return replace(facts, **more)
