"""Faults in JavaScript and TypeScript, each beside the way it ought to be written."""

# ruff: noqa: E501  a table: what is wrong stands beside what is right

from __future__ import annotations

from precision_cases.case import Case, snippets

_ROUTES = "src/routes/posts.js"
_TYPED = "src/server/posts.ts"
_PAGE = "src/components/Post.tsx"
_BROWSER = "src/browser/view.js"


def _handler(body: str) -> str:
    return f"app.get('/x', async (req, res) => {{\n  {body}\n}});\n"


def _in(rule: str, *pairs: tuple[str, str], first: str = "") -> list[Case]:
    made = [(first + _handler(bad) if bad else "", first + _handler(good) if good else "") for bad, good in pairs]
    return snippets("security", f"rules.{rule}", _ROUTES, *made)


def _at(rule: str, path: str, *pairs: tuple[str, str]) -> list[Case]:
    return snippets("security", f"rules.{rule}", path, *pairs)


_PROCESS = "const { exec, execSync, spawn } = require('child_process');\n"
_FS = "const fs = require('fs');\nconst path = require('path');\n"
_JWT = "const jwt = require('jsonwebtoken');\n"
CASES: list[Case] = [
    *_in("js-eval-input", ("eval(req.body.formula);", "JSON.parse(req.body.formula);"), ("const f = new Function('a', req.query.code);", "const f = new Function('a', 'return a');"),
         ("setTimeout(`run(${req.query.x})`, 10);", "setTimeout(() => run(req.query.x), 10);"),
         ("const { code } = req.body;\n  eval(code);", "const { code } = req.body;\n  run(code);")),
    *_at("js-eval", _TYPED, ("export function run(text: string) { return eval(text); }\n", "export function run(text: string) { return JSON.parse(text); }\n"),
         ("export const make = (body: string) => new Function('x', body);\n", "export const make = () => new Function('x', 'return x');\n"), ("", "export const nothing = () => eval('1 + 1');\n")),
    *_in("js-command-input", ("exec(`ping ${req.query.host}`);", "spawn('ping', [req.query.host]);"), ("execSync('ls ' + req.params.dir);", "execSync('ls');"),
         ("spawn(`tar ${req.query.f}`, { shell: true });", "spawn('tar', [req.query.f]);"), ("const cmd = `host ${req.body.name}`;\n  exec(cmd);", "const cmd = 'uptime';\n  exec(cmd);"),
         ("", "const found = /a(.)/.exec(req.query.x);"), first=_PROCESS),
    *_at("js-command", _TYPED, ("import { exec } from 'child_process';\nexport function run(file: string) { exec(`convert ${file} out.png`); }\n", "import { execFile } from 'child_process';\nexport function run(file: string) { execFile('convert', [file, 'out.png']); }\n"),
         ("import * as cp from 'node:child_process';\nexport function run(file: string) { cp.execSync('rm ' + file); }\n", "import * as cp from 'node:child_process';\nconst FILE = 'a.txt';\nexport function run() { cp.execSync('rm ' + FILE); }\n"),
         ("", "export function parse(line: string) { return pattern.exec(`${line}\\n`); }\n")),
    *_at("js-command", "scripts/release.js", ("", "const { execSync } = require('child_process');\nfunction tag(v) { execSync(`git tag ${v}`); }\n")),
    *_in("js-sql-input", ("db.query(`SELECT * FROM posts WHERE id = ${req.params.id}`);", "db.query('SELECT * FROM posts WHERE id = $1', [req.params.id]);"),
         ("pool.query('DELETE FROM posts WHERE name = \\'' + req.body.name + '\\'');", "pool.query(sql`DELETE FROM posts WHERE name = ${req.body.name}`);"),
         ("const { id } = req.query;\n  const text = `SELECT a FROM b WHERE id = ${id}`;\n  await client.query(text);", "const id = Number(req.query.id);\n  const text = `SELECT a FROM b WHERE id = ${id}`;\n  await client.query(text);"),
         ("prisma.$queryRawUnsafe(`SELECT * FROM users WHERE id = ${req.query.id}`);", "prisma.$queryRaw`SELECT * FROM users WHERE id = ${req.query.id}`;"),
         ("knex('posts').whereRaw(`title = '${req.query.t}'`);", "knex('posts').whereRaw('title = ?', [req.query.t]);"),
         ("sequelize.query(`UPDATE posts SET title = '${req.body.t}'`);", "sequelize.query('UPDATE posts SET title = :t', { replacements: req.body });"),
         ("db.all(`SELECT * FROM x ORDER BY ${req.query.sort}`);", "const sort = ALLOWED.includes(req.query.sort) ? req.query.sort : 'id';\n  db.all(`SELECT * FROM x ORDER BY ${sort}`);"),
         ("connection.execute({ sql: `SELECT * FROM a WHERE b = '${req.query.b}'` });", "connection.execute({ sql: 'SELECT * FROM a WHERE b = ?', values: [req.query.b] });")),
    *_at("js-sql", _TYPED, ("export const find = (db: Db, name: string) => db.query(`SELECT * FROM posts WHERE name = '${name}'`);\n", "export const find = (db: Db, name: string) => db.query('SELECT * FROM posts WHERE name = $1', [name]);\n"),
         ("export function by(repo: Repo, id: string) { return repo.createQueryBuilder('p').where(`p.id = '${id}'`); }\n", "export function by(repo: Repo, id: string) { return repo.createQueryBuilder('p').where('p.id = :id', { id }); }\n"),
         ("", "const TABLE = 'posts';\nexport const all = (db: Db) => db.query(`SELECT * FROM ${TABLE}`);\n"), ("", "export const hello = (log: Log, name: string) => log.query(`hello ${name}`);\n")),
    *_at("js-html-input", _BROWSER, ("const q = new URLSearchParams(location.search).get('q');\ndocument.getElementById('q').innerHTML = q;\n", "const q = new URLSearchParams(location.search).get('q');\ndocument.getElementById('q').textContent = q;\n"),
         ("document.write('<p>' + location.hash + '</p>');\n", "document.write('<p>hello</p>');\n"), ("$('#x').html(location.search);\n", "$('#x').text(location.search);\n"),
         ("el.insertAdjacentHTML('beforeend', decodeURIComponent(location.hash));\n", "el.insertAdjacentHTML('beforeend', '<hr>');\n"),
         ("box.outerHTML = `<b>${document.referrer}</b>`;\n", "box.outerHTML = `<b>${encodeURIComponent(document.referrer)}</b>`;\n")),
    *_at("js-html", _BROWSER, ("function show(text) { box.innerHTML = text; }\n", "function show(text) { box.innerHTML = DOMPurify.sanitize(text); }\n"), ("function show(text) { box.insertAdjacentHTML('beforeend', `<b>${text}</b>`); }\n", "function show(text) { box.insertAdjacentHTML('beforeend', `<b>${escapeHtml(text)}</b>`); }\n"),
         ("", "box.innerHTML = '';\n"), ("", "const icon = '<svg></svg>';\nbox.innerHTML = icon;\n"), ("", "function count(list) { box.innerHTML = `<b>${list.length}</b>`; }\n")),
    *_at("js-react-html", _PAGE, ("export const Post = ({ body }: Props) => <div dangerouslySetInnerHTML={{ __html: body }} />;\n", "export const Post = ({ body }: Props) => <div>{body}</div>;\n"),
         ("", "export const Post = ({ body }: Props) => <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(body) }} />;\n"), ("", "const css = 'a { color: red }';\nexport const S = () => <style dangerouslySetInnerHTML={{ __html: css }} />;\n")),
    *_in("js-reply-input", ("res.send(`<h1>${req.query.name}</h1>`);", "res.send(`<h1>${escapeHtml(req.query.name)}</h1>`);"), ("res.write('<p>' + req.params.id + '</p>');", "res.json({ id: req.params.id });")),
    *_at("js-blank-target", _PAGE, ('export const L = () => <a href="https://example.com" target="_blank">x</a>;\n', 'export const L = () => <a href="https://example.com" target="_blank" rel="noopener">x</a>;\n'),
         ('export const L = ({ to }: P) => <a href={to} target="_blank">x</a>;\n', 'export const L = () => <a href="/terms" target="_blank">x</a>;\n')),
    *_at("js-post-message", _BROWSER, ("parent.postMessage(data, '*');\n", "parent.postMessage(data, 'https://example.com');\n"), ("", "worker.postMessage(data);\n")),
    *_in("js-token-unsigned", ("jwt.verify(token, key, { algorithms: ['none', 'HS256'] });", "jwt.verify(token, key, { algorithms: ['HS256'] });"), first=_JWT),
    *_in("js-token-decoded", ("const user = jwt.decode(req.headers.authorization);", "const user = jwt.verify(req.headers.authorization, key);"), first=_JWT),
    *_in("js-key-in-code", ("const token = jwt.sign({ id }, 'my-little-key');", "const token = jwt.sign({ id }, process.env.JWT_KEY);"), first=_JWT),
    *_at("js-key-in-code", _ROUTES, ("const session = require('express-session');\napp.use(session({ secret: 'keyboard cat' }));\n", "const session = require('express-session');\napp.use(session({ secret: process.env.SESSION_KEY }));\n")),
    *_at("js-secret-in-code", _TYPED, ("export const apiKey = 'k7Gh2LqP9sWx4Tz8Vb3NmR6y';\n", "export const apiKey = process.env.API_KEY;\n"), ("const settings = { clientSecret: 'Zx81mQv7Lp3Rt9Ks5Wd2Yb6H' };\n", "const settings = { clientSecret: 'your-client-secret-goes-here' };\n"),
         ("", "const labels = { password: 'Enter your password, please' };\n"), ("", "const urls = { accessToken: 'https://example.com/oauth/2/token' };\n")),
    *_at("js-tls-off", _TYPED, ("const agent = new https.Agent({ rejectUnauthorized: false });\n", "const agent = new https.Agent({ rejectUnauthorized: true });\n"), ("process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';\n", "process.env.NODE_ENV = 'production';\n"),
         ("process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0;\n", "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';\n")),
    *_at("js-guessable-token", _TYPED, ("const resetToken = Math.random().toString(36).slice(2);\n", "const resetToken = crypto.randomBytes(20).toString('hex');\n"), ("function generateToken() { return Math.random().toString(36); }\n", "const colour = colours[Math.floor(Math.random() * 4)];\n"),
         ("user.password = String(Math.random());\n", "const jitter = Math.random() * 100;\n")),
    *_in("js-cors-credentials", ("app.use(cors({ origin: true, credentials: true }));", "app.use(cors({ origin: 'https://example.com', credentials: true }));"), ("app.use(cors({ origin: '*', credentials: true }));", "app.use(cors({ origin: '*' }));"),
         ("res.setHeader('Access-Control-Allow-Origin', req.headers.origin);\n  res.setHeader('Access-Control-Allow-Credentials', 'true');", "res.setHeader('Access-Control-Allow-Origin', '*');")),
    *_in("js-redirect-input", ("res.redirect(req.query.next);", "res.redirect('/home');"), ("const { url } = req.query;\n  res.redirect(url);", "const { id } = req.query;\n  res.redirect(`/posts/${id}`);"), ("res.redirect(302, req.body.to);", "res.redirect(302, req.originalUrl);")),
    *_at("js-redirect-input", _BROWSER, ("const next = new URLSearchParams(location.search).get('next');\nwindow.location.href = next;\n", "window.location.href = '/login';\n"), ("", "window.location.href = window.location.href.split('#')[0];\n")),
    *_in("js-path-input", ("fs.readFile(req.query.file, done);", "fs.readFile('terms.txt', done);"), ("res.sendFile(path.join(__dirname, req.params.name));", "res.sendFile(path.basename(req.params.name), { root: 'files' });"),
         ("const file = path.resolve('uploads', req.body.name);\n  fs.unlinkSync(file);", "const file = path.resolve('uploads', path.basename(req.body.name));\n  fs.unlinkSync(file);"), ("fs.createReadStream('uploads/' + req.params.f).pipe(res);", "fs.createReadStream('uploads/a.txt').pipe(res);"), first=_FS),
    *_in("js-fetch-input", ("const r = await fetch(req.query.url);", "const r = await fetch('https://example.com/' + req.query.id);"), ("const r = await axios.get(req.body.feed);", "const r = await axios.get(`https://example.com/${req.body.feed}`);"),
         ("const url = req.query.host + '/status';\n  needle.get(url, done);", "const url = FEEDS[req.query.host];\n  needle.get(url, done);")),
    *_at("js-password-digest", _TYPED, ("const hash = crypto.createHash('md5').update(password).digest('hex');\n", "const hash = await bcrypt.hash(password, 12);\n"), ("user.hash = createHash('sha1').update(user.password + salt).digest('hex');\n", "const etag = createHash('sha1').update(body).digest('hex');\n")),
    *_at("js-slow-pattern", _TYPED, ("export const p = /^([a-z]+)+$/;\n".replace("$/", "!$/"), "export const p = /^[a-z]+!$/;\n"), ("export const q = /(\\d*)*x/;\n", "export const q = /(\\d+,)*x/;\n")),
    *_in("js-where-code", ("db.users.find({ $where: `this.id == '${req.query.id}'` });", "db.users.find({ id: Number(req.query.id) });"), ("", "db.users.find({ $where: 'this.a > this.b' });")),
    *_in("js-query-input", ("const user = await User.findOne(req.body);", "const user = await User.findOne({ email: String(req.body.email) });"), ("db.collection('users').find(req.query);", "items.find((item) => item.id === req.query.id);")),
    *_in("js-merge-input", ("_.merge(settings, req.body);", "Object.assign(settings, { title: req.body.title });"), ("_.defaultsDeep(options, req.query);", "_.merge(settings, DEFAULTS);")),
    *_in("js-unpack-input", ("const cart = serialize.unserialize(req.cookies.cart);", "const cart = JSON.parse(req.cookies.cart);")),
    *_in("js-cookie-open", ("res.cookie('session_token', token, { httpOnly: false });", "res.cookie('session_token', token, { httpOnly: true, secure: true });"), ("", "res.cookie('theme', 'dark', { httpOnly: false });")),
]  # fmt: skip
