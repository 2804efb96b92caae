"""Node services and pages as they are found in the wild."""

from __future__ import annotations

from functools import partial

from held_out.kept import Kept, one_file

_route = partial(one_file, "security", "src/routes/users.js")
_typed = partial(one_file, "security", "src/users/users.controller.ts")
_page = partial(one_file, "security", "src/components/Post.tsx")

CASES: list[Kept] = [
    _route(
        "the id pasted into the statement",
        "SELECT",
        """const express = require('express')
const { pool } = require('../db')

const router = express.Router()

router.get('/:id', async (req, res, next) => {
  try {
    const { rows } = await pool.query('SELECT id, email FROM users WHERE id = ' + req.params.id)
    if (!rows.length) return res.sendStatus(404)
    res.json(rows[0])
  } catch (error) {
    next(error)
  }
})

module.exports = router
""",
        """const express = require('express')
const { pool } = require('../db')

const router = express.Router()

router.get('/:id', async (req, res, next) => {
  try {
    const { rows } = await pool.query('SELECT id, email FROM users WHERE id = $1', [req.params.id])
    if (!rows.length) return res.sendStatus(404)
    res.json(rows[0])
  } catch (error) {
    next(error)
  }
})

module.exports = router
""",
    ),
    _route(
        "sorting by knex.raw",
        "orderByRaw",
        """const knex = require('../knex')

exports.list = async (req, res) => {
  const { sort = 'created_at', dir = 'desc' } = req.query
  const users = await knex('users').select('*').orderByRaw(`${sort} ${dir}`).limit(50)
  res.json(users)
}
""",
        """const knex = require('../knex')

const COLUMNS = ['created_at', 'email']

exports.list = async (req, res) => {
  const sort = COLUMNS.includes(req.query.sort) ? req.query.sort : 'created_at'
  const users = await knex('users').select('*').orderBy(sort, 'desc').limit(50)
  res.json(users)
}
""",
    ),
    _typed(
        "Prisma without its safety",
        "queryRawUnsafe",
        """import { Controller, Get, Query } from '@nestjs/common'
import { PrismaService } from '../prisma.service'

@Controller('users')
export class UsersController {
  constructor(private readonly prisma: PrismaService) {}

  @Get()
  search(@Query('name') name: string) {
    return this.prisma.$queryRawUnsafe(`SELECT * FROM "User" WHERE name ILIKE '%${name}%' LIMIT 20`)
  }
}
""",
        """import { Controller, Get, Query } from '@nestjs/common'
import { PrismaService } from '../prisma.service'

@Controller('users')
export class UsersController {
  constructor(private readonly prisma: PrismaService) {}

  @Get()
  search(@Query('name') name: string) {
    return this.prisma.$queryRaw`SELECT * FROM "User" WHERE name ILIKE ${'%' + name + '%'} LIMIT 20`
  }
}
""",
    ),
    _route(
        "a film is cut by a shell",
        "ffmpeg",
        """const { exec } = require('child_process')

exports.cut = (req, res) => {
  const out = `/tmp/${Date.now()}.mp4`
  exec(`ffmpeg -i ${req.body.file} -t ${req.body.seconds} ${out}`, (error) => {
    if (error) return res.status(500).end()
    res.sendFile(out)
  })
}
""",
        """const { execFile } = require('child_process')

exports.cut = (req, res) => {
  const out = `/tmp/${Date.now()}.mp4`
  const film = FILMS.get(req.body.id)
  execFile('ffmpeg', ['-i', film, '-t', String(Number(req.body.seconds)), out], (error) => {
    if (error) return res.status(500).end()
    res.sendFile(out)
  })
}
""",
    ),
    _route(
        "a pocket calculator by eval",
        "eval(",
        """module.exports = (app) => {
  app.post('/calculate', (req, res) => {
    const pre = eval(req.body.preTax)
    const after = eval(req.body.afterTax)
    res.json({ pre, after })
  })
}
""",
        """module.exports = (app) => {
  app.post('/calculate', (req, res) => {
    const pre = parseInt(req.body.preTax, 10)
    const after = parseInt(req.body.afterTax, 10)
    res.json({ pre, after })
  })
}
""",
    ),
    _route(
        "a page put together by hand",
        "Hello",
        """app.get('/hello', function (req, res) {
  const name = req.query.name
  res.send('<h1>Hello ' + name + '</h1>')
})
""",
        """app.get('/hello', function (req, res) {
  res.render('hello', { name: req.query.name })
})

app.get('/ping', function (req, res) {
  res.json({ pong: req.query.name })
})
""",
    ),
    _route(
        "a file of anybody's choice",
        "readFile",
        """const fs = require('fs')
const path = require('path')

exports.show = (req, res) => {
  fs.readFile(path.join('uploads', req.params.name), (error, data) => {
    if (error) return res.sendStatus(404)
    res.end(data)
  })
}
""",
        """const fs = require('fs')
const path = require('path')

exports.show = (req, res) => {
  fs.readFile(path.join('uploads', path.basename(req.params.name)), (error, data) => {
    if (error) return res.sendStatus(404)
    res.end(data)
  })
}
""",
    ),
    _typed(
        "a webhook's address is called unseen",
        "axios.post",
        """import axios from 'axios'
import type { Request, Response } from 'express'

export async function testWebhook(req: Request, res: Response): Promise<void> {
  const { url, payload } = req.body
  const answer = await axios.post(url, payload, { timeout: 5000 })
  res.json({ status: answer.status })
}
""",
        """import axios from 'axios'
import type { Request, Response } from 'express'

export async function testWebhook(req: Request, res: Response): Promise<void> {
  const answer = await axios.post(process.env.WEBHOOK_URL!, req.body.payload, { timeout: 5000 })
  res.json({ status: answer.status })
}
""",
    ),
    _page(
        "a post's own markup",
        "__html",
        """import React from 'react'

export function Post({ post }: { post: { title: string; body: string } }) {
  return (
    <article>
      <h2>{post.title}</h2>
      <div dangerouslySetInnerHTML={{ __html: post.body }} />
    </article>
  )
}
""",
        """import React from 'react'
import DOMPurify from 'dompurify'

export function Post({ post }: { post: { title: string; body: string } }) {
  return (
    <article>
      <h2>{post.title}</h2>
      <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(post.body) }} />
    </article>
  )
}
""",
    ),
    one_file(
        "security",
        "public/js/search.js",
        "the address becomes markup",
        "innerHTML",
        """document.addEventListener('DOMContentLoaded', () => {
  const term = new URLSearchParams(window.location.search).get('q')
  document.querySelector('#term').innerHTML = 'Results for ' + term
})
""",
        """document.addEventListener('DOMContentLoaded', () => {
  const term = new URLSearchParams(window.location.search).get('q')
  document.querySelector('#term').textContent = 'Results for ' + term
  document.querySelector('#spinner').innerHTML = '<i class="icon-spin"></i>'
})
""",
    ),
    _route(
        "a log-in that takes an object for a password",
        "findOne",
        """const User = require('../models/user')

exports.login = async (req, res) => {
  const user = await User.findOne({ email: req.body.email, password: req.body.password })
  if (!user) return res.sendStatus(401)
  req.session.userId = user.id
  res.redirect('/')
}
""",
        """const bcrypt = require('bcrypt')
const User = require('../models/user')

exports.login = async (req, res) => {
  const user = await User.findOne({ email: String(req.body.email) })
  if (!user || !(await bcrypt.compare(String(req.body.password), user.hash))) return res.sendStatus(401)
  req.session.userId = user.id
  res.redirect('/')
}
""",
    ),
    _route(
        "settings merged from a request",
        "merge",
        """const _ = require('lodash')
const settings = require('../settings')

exports.update = (req, res) => {
  _.merge(settings, req.body)
  res.json(settings)
}
""",
        """const _ = require('lodash')
const settings = require('../settings')

exports.update = (req, res) => {
  Object.assign(settings, _.pick(req.body, ['theme', 'language']))
  res.json(settings)
}
""",
    ),
    one_file(
        "security",
        "lib/erp.js",
        "no certificate is looked at",
        "rejectUnauthorized",
        """const https = require('https')
const fetch = require('node-fetch')

const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false })

module.exports = (path) => fetch(`${process.env.ERP_URL}${path}`, { agent })
""",
        """const fs = require('fs')
const https = require('https')
const fetch = require('node-fetch')

const agent = new https.Agent({ keepAlive: true, ca: fs.readFileSync('/etc/ssl/erp.pem') })

module.exports = (path) => fetch(`${process.env.ERP_URL}${path}`, { agent })
""",
    ),
    one_file(
        "security",
        "src/auth/passwords.ts",
        "passwords by SHA-1",
        "createHash",
        """import crypto from 'crypto'

export function hashPassword(password: string, salt: string): string {
  return crypto.createHash('sha1').update(salt + password).digest('hex')
}
""",
        """import crypto from 'crypto'

export function hashPassword(password: string, salt: string): string {
  return crypto.scryptSync(password, salt, 64).toString('hex')
}

export function etag(body: Buffer): string {
  return crypto.createHash('sha1').update(body).digest('hex')
}
""",
    ),
    one_file(
        "security",
        "src/auth/reset.js",
        "a reset token from dice",
        "Math.random",
        """const mailer = require('../mailer')

exports.requestReset = async (user) => {
  const resetToken = Math.random().toString(36).substring(2) + Date.now().toString(36)
  await user.update({ resetToken, resetExpires: Date.now() + 3600000 })
  await mailer.send(user.email, 'reset', { resetToken })
}
""",
        """const crypto = require('crypto')
const mailer = require('../mailer')

exports.requestReset = async (user) => {
  const resetToken = crypto.randomBytes(32).toString('hex')
  await user.update({ resetToken, resetExpires: Date.now() + 3600000 })
  await mailer.send(user.email, 'reset', { resetToken })
}

exports.backoff = (attempt) => Math.random() * 100 * 2 ** attempt
""",
    ),
    one_file(
        "security",
        "server.js",
        "any page may act as the user",
        "cors(",
        """const express = require('express')
const cors = require('cors')

const app = express()
app.use(cors({ origin: true, credentials: true }))
app.listen(process.env.PORT || 3000)
""",
        """const express = require('express')
const cors = require('cors')

const app = express()
app.use(cors({ origin: process.env.APP_ORIGIN, credentials: true }))
app.listen(process.env.PORT || 3000)
""",
    ),
    one_file(
        "security",
        "server.js",
        "the session's key from the manual",
        "secret",
        """const express = require('express')
const session = require('express-session')

const app = express()
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: true }))
app.listen(3000)
""",
        """const express = require('express')
const session = require('express-session')

const app = express()
app.use(session({
  secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false,
  cookie: { secure: true, httpOnly: true, sameSite: 'lax' },
}))
app.listen(3000)
""",
    ),
    _route(
        "after the log-in, anywhere",
        "redirect",
        """exports.afterLogin = (req, res) => {
  const next = req.query.next || '/'
  res.redirect(next)
}
""",
        """const PLACES = { orders: '/orders', profile: '/profile' }

exports.afterLogin = (req, res) => {
  res.redirect(PLACES[req.query.next] || '/')
}
""",
    ),
    one_file(
        "security",
        "src/embed.ts",
        "messages of any window are obeyed",
        "message",
        """window.addEventListener('message', (event) => {
  const { action, html } = JSON.parse(event.data)
  if (action === 'show') {
    document.getElementById('widget')!.innerHTML = html
  }
})
""",
        """window.addEventListener('message', (event) => {
  if (event.origin !== 'https://app.example.com') return
  const { action, text } = JSON.parse(event.data)
  if (action === 'show') {
    document.getElementById('widget')!.textContent = text
  }
})
""",
    ),
    _route(
        "a cookie unpacked into code",
        "unserialize",
        """const serialize = require('node-serialize')

exports.profile = (req, res) => {
  const raw = Buffer.from(req.cookies.profile, 'base64').toString()
  const profile = serialize.unserialize(raw)
  res.render('profile', { profile })
}
""",
        """exports.profile = (req, res) => {
  const raw = Buffer.from(req.signedCookies.profile, 'base64').toString()
  const profile = JSON.parse(raw)
  res.render('profile', { profile })
}
""",
    ),
    _route(
        "Koa streams what it is told",
        "createReadStream",
        """const fs = require('fs')
const Router = require('@koa/router')

const router = new Router()

router.get('/files', async (ctx) => {
  const file = ctx.query.file
  ctx.body = fs.createReadStream(`./public/${file}`)
})
""",
        """const fs = require('fs')
const Router = require('@koa/router')

const router = new Router()

router.get('/terms', async (ctx) => {
  ctx.type = 'application/pdf'
  ctx.body = fs.createReadStream('./public/terms.pdf')
})
""",
    ),
    _typed(
        "the token is read, not verified",
        "decode",
        """import jwt from 'jsonwebtoken'
import type { NextFunction, Request, Response } from 'express'

export function authenticate(req: Request, res: Response, next: NextFunction) {
  const token = req.headers.authorization?.split(' ')[1]
  if (!token) return res.sendStatus(401)
  const claims = jwt.decode(token) as { sub: string }
  req.userId = claims.sub
  next()
}
""",
        """import jwt from 'jsonwebtoken'
import type { NextFunction, Request, Response } from 'express'

export function authenticate(req: Request, res: Response, next: NextFunction) {
  const token = req.headers.authorization?.split(' ')[1]
  if (!token) return res.sendStatus(401)
  const claims = jwt.verify(token, process.env.JWT_SECRET!, { algorithms: ['HS256'] }) as { sub: string }
  req.userId = claims.sub
  next()
}
""",
    ),
]
