"""Audits and proposals as real ones look: small, of any size, and hostile."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from fakes.agency import AGENCY, RATES

from clientdesk.audit.assembling import with_changes, with_profile
from clientdesk.audit.check import Area
from clientdesk.audit.comparing import earlier
from clientdesk.audit.metric_rows import as_metrics
from clientdesk.audit.profile import Acceptance, IgnoredPath, Profile
from clientdesk.audit.report import AreaScore, AuditReport, Score, SignOff, numbered
from clientdesk.audit.result import (
    CheckResult,
    Confidence,
    Finding,
    Outcome,
    Severity,
    Tool,
    could_not_run,
    judged,
    not_applicable,
)
from clientdesk.documents.portfolio import Movement, Portfolio, PortfolioLine
from clientdesk.domain.estimating import NO_HOURS, Estimate, Hours, WorkItem
from clientdesk.domain.intake import Contact, Expectation, Interest, IntroCall, RepositoryAddress, judge_fit
from clientdesk.domain.maintenance import Offer, Window
from clientdesk.domain.notices import Notice, Trouble, TroubleKind
from clientdesk.domain.pricing import PlanKind, PriceList, Quote, Tax, TaxCase
from clientdesk.domain.proposal import Proposal
from clientdesk.domain.waiting import Wait

AUDITED_AT = datetime(2026, 3, 18, 13, 5, 9, tzinfo=UTC)  # a Wednesday
MADE_AT = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)  # a Friday
COMMIT = "6f1c2d9e8b7a4530f1e2d3c4b5a697887766554f"
HOSTILE = (
    'ACME <script>alert(1)</script> {{ 7*7 }} {% raw %} <img src="file:///etc/passwd"> '
    '<link rel="attachment" href="http://169.254.169.254/latest"> </style> '
    "\u202eevil\u202c 🚀👩\u200d💻 \x1b[31mred\x07"
)
_KINDS = (
    (
        "security",
        "bandit.B602",
        Severity.HIGH,
        "A shell is started with text that comes from outside",
        "Whoever can send this text can run programs on your server.",
        "Pass the arguments as a list and leave the shell out.",
        "security.code",
        'subprocess.Popen("convert " + name, shell=True)',
    ),
    (
        "dependencies",
        "osv.GHSA",
        Severity.CRITICAL,
        "Django 3.2.18 has published vulnerabilities and gets no fixes any more",
        "Known attacks on this version are public; nobody will mend it for you.",
        "Upgrade to Django 5.2, in two steps by way of 4.2.",
        "dependencies.upgrade",
        "Django==3.2.18",
    ),
    (
        "complexity",
        "radon.cc",
        Severity.MEDIUM,
        "The function settle_invoice decides too much in one place",
        "Changes here take long, and each may break billing without anyone noticing.",
        "Put tests around it, then split it by kind of invoice.",
        "complexity.split",
        "def settle_invoice(invoice, customer, options=None):  # complexity 38",
    ),
    (
        "ci",
        "ci.no-tests",
        Severity.LOW,
        "Changes reach the main branch without the tests having run",
        "A mistake is found by your customers instead of by a machine.",
        "Run the test suite on every pull request.",
        "ci.setup",
        "",
    ),
)


def finding(place: int, kind: int | None = None) -> Finding:
    check, rule, severity, title, consequence, fix, effort, evidence = _KINDS[(place if kind is None else kind) % 4]
    variant = place // 40
    return Finding(
        check=check,
        rule=rule if variant == 0 else f"{rule}.{variant}",
        severity=severity,
        confidence=Confidence.HIGH if place % 3 else Confidence.MEDIUM,
        title=title if variant == 0 else f"{title} (kind {variant})",
        consequence=consequence,
        fix_now=fix,
        fix_later="Make the machine check it, so that it stays mended." if place % 2 else "",
        path="" if check == "ci" else f"src/billing/area_{place % 7}/module_{place}.py",
        line=0 if check == "ci" else 10 + place,
        evidence=evidence,
        snippet=f"{evidence}{place}",
        cause="" if variant == 0 else f"{rule}-{variant}",
        effort=effort,
    )


def audit(count: int = 9, *, name: str = "https://git.example.com/harbour/booking.git") -> AuditReport:
    """A report with `count` findings, a check that could not run, gaps and strengths."""
    by_check: dict[str, list[Finding]] = defaultdict(list)
    for place in range(count):
        each = finding(place)
        by_check[each.check].append(each)
    results = (
        _result(
            "complexity",
            by_check,
            Tool("radon", "6.0.1"),
            metrics={"complexity.functions": 1482, "complexity.share.A": 0.87},
        ),
        _result("security", by_check, Tool("bandit", "1.9.4"), gaps=("2 files could not be parsed: Python 3.13.",)),
        _result(
            "dependencies",
            by_check,
            Tool("pip-audit", "2.10.1"),
            metrics={"packages.total": 64, "packages.source": "OSV"},
        ),
        _result("ci", by_check, Tool("clientdesk", "0.1.0")),
        could_not_run("secrets", "The history holds more than 200,000 files; the limit was reached after 60 s."),
        not_applicable("docker", "There is no Dockerfile."),
        judged("lockfiles", (), "Every manifest has a lockfile.", strengths=("Every dependency is pinned.",)),
    )
    return AuditReport(
        repository=name,
        ref="main",
        commit=COMMIT,
        committed_at=datetime(2026, 3, 17, 22, 40, tzinfo=UTC),
        audited_at=AUDITED_AT,
        files=1342,
        bytes=18_734_112,
        results=tuple(replace(result, seconds=0.4 + place) for place, result in enumerate(results)),
        findings=numbered(results),
        score=_score(),
        sign_off=SignOff("Ada Engineer", MADE_AT, "I read the worst ten findings in the code.\nAll are real."),
    )


def _result(check: str, found: dict[str, list[Finding]], tool: Tool, **more) -> CheckResult:
    findings = tuple(found[check])
    strengths = ("The code is covered by 412 tests, and they ran within two minutes.",) if check == "ci" else ()
    return judged(check, findings, f"{len(findings)} findings.", tool=tool, strengths=strengths, **more)


def _score() -> Score:
    return Score(
        points=61,
        grade="C",
        verdict="Sound at heart, with one unsupported framework that should not wait.",
        areas=(
            AreaScore(Area.MAINTAINABILITY, 74, "B", "Most functions are small; three decide too much."),
            AreaScore(Area.SECURITY, 52, "D", "Two places start a shell with text from outside."),
            AreaScore(Area.DEPENDENCIES, 38, "E", "Django 3.2 gets no security fixes any more."),
            AreaScore(Area.DELIVERY, 66, "C", "There is a pipeline, yet it does not run the tests on changes."),
            AreaScore(Area.OPERATIONS, None, "", "Nothing in this area could be assessed."),
            AreaScore(Area.PROCESS, 81, "B", "A README says how to run it; releases are tagged."),
        ),
    )


def clean_audit() -> AuditReport:
    """A tiny repository in which nothing was found and nothing was left out."""
    results = tuple(
        CheckResult(check, Outcome.CLEAN, "Nothing to report.", tool=Tool("clientdesk", "0.1.0"))
        for check in ("complexity", "security", "ci")
    )
    areas = (AreaScore(Area.SECURITY, 100, "A", "No finding."),)
    score = Score(100, "A", "In good order.", areas)
    return replace(audit(0), results=results, findings=(), score=score, files=12, bytes=4300, sign_off=None)


def second_audit(name: str = "https://git.example.com/harbour/booking.git", said: str = "") -> AuditReport:
    """The audit a quarter later: compared, with a profile, with hotspots and knowledge; `said` is in every text."""
    before = replace(audit(9, name=name), edition="1.0", audited_at=datetime(2025, 12, 10, 9, tzinfo=UTC))
    extras = (
        judged("hotspots", (), "Two files.", metrics=_hotspots(said)),
        judged("knowledge", (), "Two areas.", metrics=_knowledge(said)),
    )
    findings = [finding(place) for place in range(3, 12)]
    later = replace(before, results=(*before.results, *extras), audited_at=AUDITED_AT)
    results = tuple(
        replace(result, findings=tuple(each for each in findings if each.check == result.check))
        for result in later.results
    )
    later = replace(later, results=results, findings=numbered(results))
    accepted, expired = (later.findings[place].finding.fingerprint for place in (2, 4))
    profile = Profile(
        f"harbour.toml{said}",
        "ab" * 32,
        (IgnoredPath("gone/**", "was there once"),),
        (
            Acceptance(accepted, f"on the build machine only{said}", f"Ada Engineer{said}", date(2026, 12, 31)),
            Acceptance(expired, "until the move", "Ada Engineer", date(2026, 1, 31)),
        ),
    )
    return with_changes(with_profile(later, profile, AUDITED_AT.date()), earlier(before))


def _hotspots(said: str) -> dict[str, float | str]:
    rows = [
        {"path": f"app/orders.py{said}", "revisions": 31, "complexity": 210, "lines": 1804, "score": 6510, "hot": 1},
        {"path": "app/billing/tax.py", "revisions": 4, "complexity": 96, "lines": 411, "score": 384, "hot": 0},
    ]
    return {"hotspots.commits": 214, "hotspots.changed_files": 57, **as_metrics("hotspots", rows)}


def _knowledge(said: str) -> dict[str, float | str]:
    people = {"authors": 3, "main_author": f"Ada Lovelace{said}", "share": 64, "quiet_days": 12}
    rows = [{"area": f"app{said}", "commits": 190, **people}, {"area": "tests", "commits": 80, **people}]
    return as_metrics("knowledge", rows)


def estimate_for(report: AuditReport) -> Estimate:
    """One work item for each cause, worst first."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    titles: dict[tuple[str, str], str] = {}
    for each in report.findings:
        key = (each.finding.effort, each.finding.cause)
        groups[key].append(each.id)
        titles.setdefault(key, each.finding.fix_now.rstrip("."))
    items = tuple(_item(place, key, titles[key], ids) for place, (key, ids) in enumerate(groups.items()))
    return Estimate(items, sum((item.hours for item in items), NO_HOURS))


def _item(place: int, key: tuple[str, str], title: str, ids: list[str]) -> WorkItem:
    likely = Decimal(3 + 7 * (place % 4))
    reason = f"{likely} h for {len(ids)} places of one cause."
    return WorkItem(key[0], key[1], title, tuple(ids), len(ids), Hours(likely / 2, likely, likely * 2), reason, place)


def call(*, company: str = "Harbour Bookings GmbH", locale: str = "en_IE") -> IntroCall:
    return IntroCall(
        company=company,
        contacts=(Contact("Nora Feld", "nora.feld@harbour.example"),),
        repositories=(RepositoryAddress("https://git.example.com/harbour/booking.git"),),
        interest=Interest.UNDECIDED,
        expects=(Expectation.MAINTENANCE, Expectation.OPTIMISATION, Expectation.ROUND_THE_CLOCK),
        pains="Every release breaks something. Our only developer left in January, and nobody dares to touch billing.",
        locale=locale,
        country="DE",
    )


_TAX = Tax(TaxCase.DOMESTIC, Decimal(19), "VAT of the seller's country.")
OFFER = Offer(
    first=Window(date(2026, 4, 7), datetime(2026, 4, 7, 7, tzinfo=UTC), datetime(2026, 4, 7, 15, tzinfo=UTC)),
    answer_by=date(2026, 3, 27),
    following=(
        Window(date(2026, 7, 7), datetime(2026, 7, 7, 7, tzinfo=UTC), datetime(2026, 7, 7, 15, tzinfo=UTC)),
        Window(date(2026, 10, 6), datetime(2026, 10, 6, 7, tzinfo=UTC), datetime(2026, 10, 6, 15, tzinfo=UTC)),
        Window(date(2027, 1, 5), datetime(2027, 1, 5, 8, tzinfo=UTC), datetime(2027, 1, 5, 16, tzinfo=UTC)),
    ),
)


def wait(question: str = "engineer-1-1", **more: object) -> Wait:
    """A run that waits since Wednesday 18 March 2026, 14:05 in Berlin, and ends undecided two weeks later."""
    run = Wait("r1", "onboarding/Quay Ltd", question, AUDITED_AT, AUDITED_AT + timedelta(days=14), "http://desk/r1")
    return replace(run, **more)


def notices() -> tuple[Notice, ...]:
    """Two causes: runs that failed three times for one reason, and a mail nobody knows the fate of."""
    failed = Trouble(
        TroubleKind.RUN_FAILED, "r3", "c", "light-audit/Mole & <Sons>", "Unreachable: down", MADE_AT, "http://desk/r3"
    )
    mail = Trouble(TroubleKind.MAIL_UNCERTAIN, "m1", "m1", "Your proposal → nora@quay.example", "silence", MADE_AT)
    return Notice(failed, AUDITED_AT, ("r1", "r2", "r3")), Notice(mail, MADE_AT, ("m1",))


def portfolio() -> Portfolio:
    """A round: one that moved, one audited for the first time, one out of reach, and a client left out."""
    moved = Movement(grade_before="C", new=3, urgent=1, fixed=5, remaining=9, not_compared=1, maybe_fixed=2)
    return Portfolio(
        (
            PortfolioLine(
                "Harbour Bookings GmbH", "https://git.example.com/harbour/shop.git", "B", 78, 12, movement=moved
            ),
            PortfolioLine("Mole & Sons", "https://git.example.com/mole/pier.git", "A", 91, 4, 2, 1),
            PortfolioLine(
                "Quay Ltd", "https://git.example.com/quay/dock.git", problem="the repository can't be reached"
            ),
        ),
        (("Jetty Inc.", "turned us down"),),
    )


def proposal(
    report: AuditReport,
    intro: IntroCall | None = None,
    *,
    number: str = "P-2026-0042",
    plan: PlanKind = PlanKind.SPRINT_THEN_RETAINER,
    tax: Tax = _TAX,
) -> Proposal:
    """A proposal on one audit, priced as the agency prices."""
    intro = intro or call()
    estimate = estimate_for(report)
    prices = PriceList(RATES, tax)
    recommended = prices.plan(
        plan, "Django gets no fixes any more: mend that once, then keep it in order.", estimate.items, 12
    )
    other = PlanKind.RETAINER if plan is not PlanKind.RETAINER else PlanKind.PAY_AS_YOU_GO
    alternative = prices.plan(
        other, "Everything is done within the monthly hours, which takes longer.", estimate.items, 16
    )
    quote = Quote(recommended, alternative, tax, estimate.total)
    return Proposal(
        call=intro,
        fit=judge_fit(intro, AGENCY.partners),
        audits=("a1",),
        estimate=estimate,
        quote=quote,
        offer=OFFER,
        drafted_on=date(2026, 3, 20),
        valid_until=date(2026, 4, 19),
        number=number,
    )
