"""The rules for Ruby, JavaScript and TypeScript in words: what each one found means, and where it counts.

What the code looks like stands beside the parser; a rule's id ties the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from clientdesk.audit.weaknesses import CODE, COMMANDS, CRYPTO, DEBUG, MARKUP, PASSWORDS, SQL, TLS, UNPACKING, Weakness

# Commands that developers run on their own machines: what they build as text comes from themselves.
_TOOLING = (
    r"(?i)(^|/)(lib/tasks|bin|scripts?|tools?|tasks|build|ci|\.github|deploy|capistrano|packaging|releases?|"
    r"gulp|webpack|hack|dev)/"
    r"|(^|/)(Rakefile|Capfile|Guardfile|Vagrantfile|Dangerfile|Gemfile)$|\.(rake|gemspec)$"
    r"|(^|/)(gulpfile|gruntfile|webpack|rollup|vite|build|release|esbuild|metro)[^/]*\.[cm]?[jt]s$"
)
_OTHER_ENVIRONMENTS = (
    r"(^|/)(generators|testing_support|dummy|templates)/|(^|/)dummy_app\.rb$"
    r"|(^|/)environments/(development|test|ci)[^/]*\.rb$"
)
_OTHER_SETTINGS = r"(?i)(^|/)\.?(dev|development|test|testing|ci|local|mocks?)([./_-]|$)"
_PRODUCTION = r"(^|/)config/environments/(production|staging)[^/]*\.rb$"
_CALLED_BY_MACHINES = (
    r"(?i)(^|[/_])(api|apis|webhooks?|hooks?|callbacks?|oauth|saml|graphql|ipn|mailgun|stripe)([/_]|\b)"
)


@dataclass(frozen=True, slots=True)
class CodeRule:
    """`severity` and `confidence` are words as bandit's; `only_in` and `not_in` are patterns of paths, "" for all."""

    id: str
    title: str
    weakness: Weakness
    severity: str
    confidence: str
    cwe: int
    only_in: str = ""
    not_in: str = ""

    def counts_in(self, path: str) -> bool:
        if self.only_in and not re.search(self.only_in, path):
            return False
        return not (self.not_in and re.search(self.not_in, path))


CHOICES = Weakness(
    "methods and classes named from outside",
    "A visitor can call what no page offers, and with an unlucky method run code on your server.",
    "Look the name up in a list of those that are meant.",
)
REDIRECTS = Weakness(
    "redirects to addresses from outside",
    "A link to your own site can lead people to a copy of it that takes their password.",
    "Redirect to paths of your own only, or look the address up in a list.",
)
FORGERY = Weakness(
    "forms not protected against forged requests",
    "Another site can make a signed-in user's browser change things in your application.",
    "Switch the protection on, and leave out only what machines call with a key of their own.",
)
ASSIGNMENT = Weakness(
    "any field can be set from outside",
    "A visitor can set fields that no form offers, such as a role or a price.",
    "Name the fields that each form may set.",
)
PATHS = Weakness(
    "files named from outside",
    "A crafted name can read or overwrite other files of the server.",
    "Take the bare file name only, and look it up in one folder.",
)
FETCHES = Weakness(
    "addresses fetched on a visitor's word",
    "The server can be made to call machines inside your network and hand out what they say.",
    "Allow a list of hosts, and refuse private addresses after the name is resolved.",
)
GUESSES = Weakness(
    "tokens that can be guessed",
    "Whoever sees a few of them can work out the next one, and take over an account.",
    "Make tokens with the random source meant for secrets.",
)
KEYS = Weakness(
    "keys written in the code",
    "Whoever sees the code can sign sessions or tokens as anybody.",
    "Replace the key, and read it from the environment.",
)
SIGNATURES = Weakness(
    "signatures not checked",
    "Anybody can write a token that the application believes.",
    "Verify every token, with the algorithms named.",
)
ORIGINS = Weakness(
    "other sites may act with your users' sign-in",
    "Any page a user visits can read your interface in their name.",
    "Name the origins that may send credentials.",
)
WINDOWS = Weakness(
    "windows that trust any other",
    "A page that is not yours can read a message, or swap the page behind a new tab.",
    "Name the receiving origin; give links that open a tab rel=noopener.",
)
PATTERNS = Weakness(
    "patterns that can take forever",
    "One crafted line of text can keep a processor busy for minutes.",
    "Write the pattern without a repeated repetition, or limit the length first.",
)
DOCUMENT_QUERIES = Weakness(
    "document queries shaped from outside",
    "A crafted input can match every record, such as any password.",
    "Turn every value into text or a number before it enters a query.",
)
PROTOTYPES = Weakness(
    "input merged into objects as it comes",
    "A crafted input can change how every object of the process behaves.",
    "Copy the named fields only.",
)
TRANSPORT = Weakness(
    "pages and cookies allowed over unencrypted connections",
    "A session can be stolen on an open network.",
    "Force encryption, and mark cookies for it.",
)
_COOKIE_FLAGS = Weakness(
    "session cookies without their protections",
    "A script planted in a page can read the session, or it travels unencrypted.",
    "Set httpOnly and secure.",
)


def _rule(
    name: str, title: str, weakness: Weakness, severity: str, confidence: str, cwe: int, **where: str
) -> tuple[str, CodeRule]:
    return name, CodeRule(name, title, weakness, severity, confidence, cwe, **where)


_TOOLS_APART = {"not_in": _TOOLING}

CODE_RULES: Mapping[str, CodeRule] = dict(
    (
        _rule("rb-sql-input", "A database query contains a visitor's input as text", SQL, "HIGH", "HIGH", 89),
        _rule("rb-sql-unclear", "A database query is put together as text, of parts not known", SQL, "MEDIUM", "LOW",
              89, not_in=_TOOLING + r"|(^|/)db/"),
        _rule("rb-sql", "A database query is put together as text", SQL, "MEDIUM", "MEDIUM", 89,
              not_in=_TOOLING + r"|(^|/)db/"),
        _rule("rb-order-input", "A visitor's input decides the order of a query as it comes", SQL, "MEDIUM", "MEDIUM",
              89),
        _rule("rb-eval-input", "A visitor's input is executed as code", CODE, "HIGH", "HIGH", 95),
        _rule("rb-eval", "Text is executed as code", CODE, "MEDIUM", "LOW", 95, **_TOOLS_APART),
        _rule("rb-send-input", "A visitor's input names the method that is called", CHOICES, "HIGH", "HIGH", 470),
        _rule("rb-send-part-input", "A visitor's input is part of the name of the method that is called", CHOICES,
              "MEDIUM", "MEDIUM", 470),
        _rule("rb-constantize-input", "A visitor's input names the class that is used", CHOICES, "MEDIUM", "HIGH", 470),
        _rule("rb-render-input", "A visitor's input is rendered as a template, or names one", CODE, "HIGH", "MEDIUM",
              94),
        _rule("rb-render-inline", "A template is put together as text", CODE, "MEDIUM", "LOW", 94),
        _rule("rb-command-input", "A command contains a visitor's input", COMMANDS, "HIGH", "HIGH", 78),
        _rule("rb-command-unclear", "A command is put together as text, of parts not known", COMMANDS, "MEDIUM", "LOW",
              78, **_TOOLS_APART),
        _rule("rb-command", "A command is put together as text", COMMANDS, "MEDIUM", "MEDIUM", 78, **_TOOLS_APART),
        _rule("rb-unpack-input", "A visitor's input is unpacked as objects", UNPACKING, "HIGH", "HIGH", 502),
        _rule("rb-unpack", "Data is unpacked as objects with Marshal", UNPACKING, "MEDIUM", "LOW", 502, **_TOOLS_APART),
        _rule("rb-html-input", "A visitor's input goes into a page unescaped", MARKUP, "HIGH", "HIGH", 79),
        _rule("rb-html", "Text goes into a page unescaped", MARKUP, "MEDIUM", "LOW", 79,
              only_in=r"(^|/)(views|components|helpers|presenters|decorators)/|\.erb$"),
        _rule("rb-link-input", "A visitor's input is the address of a link", MARKUP, "MEDIUM", "MEDIUM", 79),
        _rule("rb-permit-all", "Every parameter of a request is permitted", ASSIGNMENT, "MEDIUM", "HIGH", 915),
        _rule("rb-redirect-input", "A visitor's input is the address of a redirect", REDIRECTS, "MEDIUM", "MEDIUM",
              601),
        _rule("rb-csrf-off", "The protection against forged requests is switched off", FORGERY, "HIGH", "HIGH", 352,
              not_in=_OTHER_ENVIRONMENTS),
        _rule("rb-csrf-skipped", "A controller leaves out the protection against forged requests", FORGERY, "MEDIUM",
              "MEDIUM", 352, not_in=_CALLED_BY_MACHINES),
        _rule("rb-csrf-skipped-partly", "Some actions leave out the protection against forged requests", FORGERY,
              "MEDIUM", "LOW", 352, not_in=_CALLED_BY_MACHINES),
        _rule("rb-csrf-missing", "The application's controllers do not ask for the protection against forged requests",
              FORGERY, "HIGH", "MEDIUM", 352, only_in=r"(^|/)application_controller\.rb$", not_in=_OTHER_ENVIRONMENTS),
        _rule("rb-fetch-input", "The server fetches an address that a visitor gives", FETCHES, "HIGH", "MEDIUM", 918),
        _rule("rb-path-input", "A visitor's input names a file", PATHS, "HIGH", "MEDIUM", 22),
        _rule("rb-tls-off", "Certificates are not checked", TLS, "HIGH", "HIGH", 295),
        _rule("rb-password-digest", "A password is hashed with MD5 or SHA", CRYPTO, "HIGH", "MEDIUM", 916),
        _rule("rb-key-in-code", "The key that signs sessions is written in the code", KEYS, "HIGH", "HIGH", 798,
              not_in=_OTHER_ENVIRONMENTS),
        _rule("rb-guessable-token", "A token is made with ordinary random numbers", GUESSES, "MEDIUM", "MEDIUM", 338),
        _rule("rb-no-forced-tls", "Production does not force encrypted connections", TRANSPORT, "MEDIUM", "MEDIUM",
              319, only_in=_PRODUCTION),
        _rule("rb-errors-shown", "Production shows visitors the details of its errors", DEBUG, "HIGH", "HIGH", 209,
              only_in=_PRODUCTION),
        _rule("rb-password-in-code", "A password is written in the code", PASSWORDS, "HIGH", "MEDIUM", 798,
              not_in=_OTHER_ENVIRONMENTS),
        _rule("rb-token-unverified", "A token is read without checking its signature", SIGNATURES, "HIGH", "HIGH", 347),
        _rule("js-message-unchecked", "Messages of any other page are obeyed", WINDOWS, "LOW", "MEDIUM", 346),
        _rule("js-eval-input", "A visitor's input is executed as code", CODE, "HIGH", "HIGH", 95),
        _rule("js-eval", "Text is executed as code", CODE, "MEDIUM", "MEDIUM", 95, **_TOOLS_APART),
        _rule("js-command-input", "A command contains a visitor's input", COMMANDS, "HIGH", "HIGH", 78),
        _rule("js-command-unclear", "A command is put together as text, of parts not known", COMMANDS, "MEDIUM", "LOW",
              78, **_TOOLS_APART),
        _rule("js-command", "A command is put together as text", COMMANDS, "MEDIUM", "MEDIUM", 78, **_TOOLS_APART),
        _rule("js-sql-input", "A database query contains a visitor's input as text", SQL, "HIGH", "HIGH", 89),
        _rule("js-sql-unclear", "A database query is put together as text, of parts not known", SQL, "MEDIUM", "LOW",
              89, not_in=_TOOLING + r"|(^|/)(migrations?|seeds?|seeders)/"),
        _rule("js-sql", "A database query is put together as text", SQL, "MEDIUM", "MEDIUM", 89,
              not_in=_TOOLING + r"|(^|/)(migrations?|seeds?|seeders)/"),
        _rule("js-html-input", "A visitor's input goes into a page unescaped", MARKUP, "HIGH", "HIGH", 79),
        _rule("js-html", "Text goes into a page as HTML", MARKUP, "MEDIUM", "LOW", 79, **_TOOLS_APART),
        _rule("js-react-html", "A component puts text into a page as HTML", MARKUP, "MEDIUM", "LOW", 79),
        _rule("js-reply-input", "A visitor's input is sent back as a page", MARKUP, "HIGH", "HIGH", 79),
        _rule("js-blank-target", "A link opens a tab that can reach back to its page", WINDOWS, "LOW", "LOW", 1022),
        _rule("js-post-message", "A message goes to whatever page is listening", WINDOWS, "LOW", "MEDIUM", 346),
        _rule("js-token-unsigned", "Tokens without a signature are accepted", SIGNATURES, "HIGH", "HIGH", 347),
        _rule("js-token-decoded", "A token is read without checking its signature", SIGNATURES, "MEDIUM", "LOW", 347,
              not_in=r"(^|/)(client|frontend|web|ui|public|assets|browser|components)/"),
        _rule("js-key-in-code", "The key that signs sessions or tokens is written in the code", KEYS, "HIGH", "MEDIUM",
              798),
        _rule("js-secret-in-code", "A secret may be written in the code", PASSWORDS, "MEDIUM", "MEDIUM", 798,
              not_in=_OTHER_SETTINGS),
        _rule("js-tls-off", "Certificates are not checked", TLS, "HIGH", "HIGH", 295, **_TOOLS_APART),
        _rule("js-guessable-token", "A token is made with ordinary random numbers", GUESSES, "MEDIUM", "MEDIUM", 338),
        _rule("js-cors-credentials", "Any site may send requests with a user's sign-in", ORIGINS, "HIGH", "MEDIUM",
              942),
        _rule("js-redirect-input", "A visitor's input is the address of a redirect", REDIRECTS, "MEDIUM", "HIGH", 601),
        _rule("js-path-input", "A visitor's input names a file", PATHS, "HIGH", "MEDIUM", 22),
        _rule("js-fetch-input", "The server fetches an address that a visitor gives", FETCHES, "HIGH", "MEDIUM", 918),
        _rule("js-password-digest", "A password is hashed with MD5 or SHA", CRYPTO, "HIGH", "MEDIUM", 916),
        _rule("js-slow-pattern", "A pattern repeats a repetition", PATTERNS, "LOW", "MEDIUM", 1333),
        _rule("js-where-code", "Code for the database is put together as text", DOCUMENT_QUERIES, "HIGH", "MEDIUM",
              943),
        _rule("js-query-input", "A visitor's input is used as a database query", DOCUMENT_QUERIES, "HIGH", "MEDIUM",
              943),
        _rule("js-merge-input", "A visitor's input is merged deeply into an object", PROTOTYPES, "MEDIUM", "LOW", 1321),
        _rule("js-unpack-input", "A visitor's input is unpacked as objects", UNPACKING, "HIGH", "HIGH", 502),
        _rule("js-cookie-open", "A session's cookie is left without its protections", _COOKIE_FLAGS, "LOW", "HIGH",
              1004),
    )
)  # fmt: skip
# The line itself may hold the secret.
QUOTES_SECRETS = frozenset({"rb-key-in-code", "rb-password-in-code", "js-key-in-code", "js-secret-in-code"})
EXAMINED_LANGUAGES = frozenset({"Ruby", "JavaScript", "TypeScript"})
