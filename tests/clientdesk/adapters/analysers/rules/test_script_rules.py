"""The rules themselves are held to some hundred planted faults by tests/project/test_precision.py."""

import pytest
from fakes.parsed import broken_rules


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import jwt from 'jsonwebtoken'; const head = jwt.decode(token, { complete: true })", []),
        ("(req, res) => { const to = req.cookies.to; if (to.startsWith('/')) res.redirect(to) }", []),
        ("(req) => { const a = path.resolve(root, req.query.f); if (!a.startsWith(root)) throw x }", []),
        ("const found = pattern.exec(`${req.query.a}`)", []),
        ("Promise.all(`select a from b where c = ${d}`.split(' '))", []),
        ("db.query(sql`select a from b where c = ${req.query.d}`)", []),
        ("res.redirect(req.originalUrl)", []),
        ("res.redirect(req.query.url)", ["js-redirect-input"]),
        ("needle.get(req.query.url + req.query.symbol, f)", ["js-fetch-input"]),
        ("fetch(`${API}/x/${req.query.id}`)", []),
    ],
)
def test_what_real_repositories_taught(source, expected):
    assert broken_rules("javascript", source) == expected
