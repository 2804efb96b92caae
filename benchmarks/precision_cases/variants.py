"""Spellings that the other tables do not hold, to tell how well the rules carry over."""

# ruff: noqa: E501  a table: one text a line

from __future__ import annotations

from precision_cases.case import Case

_PATHS = {
    "ruby": "app/controllers/posts_controller.rb",
    "javascript": "src/a.js",
    "typescript": "src/a.ts",
    "tsx": "src/a.tsx",
}


def _wrong(kind: str, rule: str, text: str) -> Case:
    return Case("security", f"rules.{rule}", {_PATHS[kind]: text}, {})


def _right(kind: str, text: str) -> Case:
    return Case("security", "rules.none", {}, {_PATHS[kind]: text})


CASES: list[Case] = [
    _wrong('ruby', 'rb-sql-input', "def index\n  @users = User.where('role = ' + params[:role])\nend"),
    _wrong('ruby', 'rb-sql-input', 'def s\n  term = params.fetch(:term)\n  Book.where("author ILIKE \'%#{term}%\'")\nend'),
    _wrong('ruby', 'rb-sql-input', 'def d\n  ActiveRecord::Base.connection.exec_query("select * from t where n=\'#{params[\'n\']}\'")\nend'),
    _wrong('ruby', 'rb-sql-input', 'def d\n  Item.find_by("code = \'#{params[:code]}\'")\nend'),
    _wrong('ruby', 'rb-sql-input', 'def d\n  Item.where.not("code = \'#{params[:code]}\'")\nend'),
    _wrong('ruby', 'rb-command-input', 'def d\n  Kernel.system("tar xf #{params[:upload].path}")\nend'),
    _wrong('ruby', 'rb-command-input', 'def d\n  out, st = Open3.capture2e("identify " + params[:img])\nend'),
    _wrong('ruby', 'rb-constantize-input', 'def d\n  klass = "Report::#{params[:kind]}".constantize\nend'),
    _wrong('ruby', 'rb-constantize-input', 'def d\n  Object.const_get("#{params[:m]}").all\nend'),
    _wrong('ruby', 'rb-unpack-input', 'def d\n  YAML.load(params.require(:doc))\nend'),
    _wrong('ruby', 'rb-redirect-input', "def d\n  redirect_to(params[:next].presence || '/')\nend"),
    _wrong('ruby', 'rb-path-input', 'def d\n  send_data File.read("/srv/#{params[:f]}")\nend'),
    _wrong('ruby', 'rb-html-input', 'def d\n  render html: "<b>#{params[:x]}</b>".html_safe\nend'),
    _wrong('ruby', 'rb-fetch-input', 'def d\n  Net::HTTP.get_response(URI.parse(params[:cb]))\nend'),
    _wrong('ruby', 'rb-guessable-token', 'def reset\n  update(reset_password_token: rand(999999))\nend'),
    _wrong('ruby', 'rb-tls-off', 'conn = Faraday.new(url, ssl: { verify: false })'),
    _wrong('ruby', 'rb-password-digest', 'class User\n def pw=(plain_password)\n  self.digest = Digest::SHA256.hexdigest(plain_password)\n end\nend'),
    _wrong('ruby', 'rb-permit-all', 'def d\n  user.assign_attributes(params[:user].to_unsafe_h)\nend'),
    _wrong('javascript', 'js-eval-input', "router.post('/c', function (request, response) { eval(request.body.x) })"),
    _wrong('javascript', 'js-command-input', "const cp = require('child_process'); app.get('/', (req, res) => { cp.exec('git log ' + req.query.branch, cb) })"),
    _wrong('javascript', 'js-command', "const {execSync} = require('child_process'); function f(name) { return execSync(`id ${name}`) }"),
    _wrong('javascript', 'js-sql-input', 'app.get(\'/u\', (req,res)=>{ const q = "SELECT * FROM users WHERE name = \'" + req.query.name + "\'"; connection.query(q, cb) })'),
    _wrong('typescript', 'js-sql-input', "async function list(req: Request) { return this.dataSource.query(`select * from a where b = '${req.params.b}'`) }"),
    _wrong('javascript', 'js-path-input', "app.get('/p', (req,res)=>{ res.sendFile(__dirname + '/files/' + req.params.name) })"),
    _wrong('javascript', 'js-path-input', "const fs=require('fs'); app.get('/p', (req,res)=>{ fs.readFileSync(`./data/${req.query.f}`) })"),
    _wrong('javascript', 'js-redirect-input', "app.get('/g', (req,res)=>{ return res.redirect(req.query.returnTo || '/') })"),
    _wrong('javascript', 'js-fetch-input', "app.get('/g', async (req,res)=>{ const {data} = await axios.get(req.query.url) })"),
    _wrong('javascript', 'js-fetch-input', "app.get('/g', async (req,res)=>{ const {data} = await axios({ url: req.body.target, method: 'get' }) })"),
    _wrong('javascript', 'js-html-input', "const h = location.hash.slice(1); document.querySelector('#t').innerHTML = decodeURIComponent(h)"),
    _wrong('javascript', 'js-reply-input', "app.get('/g', (req,res)=>{ res.send('Hello <b>' + req.query.n + '</b>') })"),
    _wrong('javascript', 'js-tls-off', 'request({ url, rejectUnauthorized: false }, cb)'),
    _wrong('javascript', 'js-guessable-token', "function createSessionToken() { let s=''; for (let i=0;i<20;i++) s += chars[Math.floor(Math.random()*62)]; return s }"),
    _wrong('javascript', 'js-key-in-code', "const jwt=require('jsonwebtoken'); const SECRET='abc123'; jwt.sign(p, SECRET)"),
    _wrong('tsx', 'js-react-html', 'export const A = ({post}) => <article dangerouslySetInnerHTML={{__html: post.html}} />'),
    _wrong('javascript', 'js-query-input', "app.post('/l', (req,res)=>{ db.collection('u').findOne(req.body, cb) })"),
    _wrong('javascript', 'js-merge-input', "app.post('/l', (req,res)=>{ _.merge(user, req.body.profile) })"),
    _wrong('javascript', 'js-cors-credentials', 'app.use(cors({ credentials: true, origin: (o, cb) => cb(null, true) }))'),
    _right('ruby', 'def i\n  @u = User.where(role: params[:role]).order(created_at: :desc).page(params[:page])\nend'),
    _right('ruby', 'def i\n  dir = params[:dir] == \'asc\' ? \'asc\' : \'desc\'\n  User.order("name #{dir}")\nend'),
    _right('ruby', "def i\n  Book.where('a > ?', params[:a].to_i).select('id, count(*) as n').group(:id)\nend"),
    _right('ruby', 'def i\n  system(\'git\', \'log\', params[:b])\n  system("rm -rf #{Rails.root.join(\'tmp/x\')}")\nend'),
    _right('ruby', "def i\n  redirect_to edit_user_path(params[:id]), notice: 'x'\n  redirect_back fallback_location: root_path\nend"),
    _right('ruby', "def i\n  send_file @doc.path\n  File.open(Rails.root.join('a'))\nend"),
    _right('ruby', 'def i\n  user.send(:update_counters)\n  obj.public_send(column)\nend'),
    _right('ruby', 'class M\n  def total = connection.select_value("select count(*) from #{quoted_table_name}")\nend'),
    _right('ruby', 'def i\n  %i[a b].each { |k| define_method(k) { instance_variable_get("@#{k}") } }\nend'),
    _right('ruby', 'def i\n  URI.open(\'https://example.com/x.json\').read\n  HTTParty.get("#{API_URL}/users/#{params[:id]}")\nend'),
    _right('ruby', 'def checksum = Digest::MD5.hexdigest(File.read(path))'),
    _right('ruby', "def i\n  render 'show', locals: { q: params[:q] }\n  render json: { q: params[:q] }\nend"),
    _right('javascript', "app.get('/u', (req,res)=>{ db.query('SELECT * FROM u WHERE id = ?', [req.params.id]); res.render('x', { n: req.query.n }) })"),
    _right('javascript', 'const m = /x(\\d+)/.exec(req.url); const n = re.exec(`${line}`)'),
    _right('javascript', "app.get('/u', (req,res)=>{ res.redirect(`/users/${req.params.id}`); res.redirect(303, '/x?q=' + req.query.q) })"),
    _right('javascript', "list.innerHTML = ''; label.innerHTML = '<b>x</b>'; x.innerHTML = `<i>${ICON}</i>`"),
    _right('javascript', 'const id = Math.random().toString(36); const delay = Math.random() * 5'),
    _right('javascript', "const etag = crypto.createHash('md5').update(body).digest('hex')"),
    _right('javascript', "const conf = { passwordLabel: 'Password must have eight characters', tokenUrl: 'https://a.example/token/v1/abc9' }"),
    _right('tsx', "export const A = ({u}) => <a href={u} target='_blank' rel='noreferrer'>x</a>"),
    _right('typescript', "const rows = await prisma.$queryRaw`select * from a where id = ${id}`; await knex.raw('select ?', [x])"),
    _right('javascript', 'const r = await fetch(`${process.env.API}/items/${req.params.id}`)'),
    _right('javascript', 'const user = await User.findOne({ where: { email: req.body.email } })'),
    _right('javascript', 'Object.assign(state, action.payload); _.merge({}, defaults, options)'),
    _right('javascript', "const { execFile } = require('child_process'); execFile('git', ['log', req.query.b], cb)"),
]  # fmt: skip
