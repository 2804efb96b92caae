"""Faults in Ruby and Rails, each beside the way it ought to be written."""

# ruff: noqa: E501  a table: what is wrong stands beside what is right

from __future__ import annotations

from precision_cases.case import Case, snippets

_CONTROLLER = "app/controllers/posts_controller.rb"
_MODEL = "app/models/post.rb"
_VIEW = "app/views/posts/show.html.erb"
_SERVICE = "app/services/converter.rb"


def _action(body: str) -> str:
    return f"class PostsController < ApplicationController\n  def show\n    {body}\n  end\nend\n"


def _in(rule: str, *pairs: tuple[str, str]) -> list[Case]:
    made = [(_action(planted) if planted else "", _action(clean) if clean else "") for planted, clean in pairs]
    return snippets("security", f"rules.{rule}", _CONTROLLER, *made)


def _at(rule: str, path: str, *pairs: tuple[str, str]) -> list[Case]:
    return snippets("security", f"rules.{rule}", path, *pairs)


CASES: list[Case] = [
    *_in(
        "rb-sql-input",
        ('Post.where("title = \'#{params[:title]}\'")', 'Post.where("title = ?", params[:title])'),
        ('Post.where("title like \'%" + params[:q] + "%\'")', 'Post.where("title like ?", "%#{params[:q]}%")'),
        ('Post.find_by_sql("select * from posts where id = #{params[:id]}")',
         'Post.find_by_sql(["select * from posts where id = ?", params[:id]])'),
        ('q = params[:q]\n    Post.where("a = #{q}")', 'q = params[:q].to_i\n    Post.where("a = #{q}")'),
        ('Post.order("#{params[:sort]} desc")', 'sort = %w[a b].include?(params[:sort]) ? params[:sort] : "a"\n    Post.order("#{sort} desc")'),
        ('ActiveRecord::Base.connection.execute("delete from posts where id = #{params[:id]}")',
         'ActiveRecord::Base.connection.execute("delete from posts where id = #{params[:id].to_i}")'),
        ('execute <<~SQL\n      select * from posts where name = \'#{params[:name]}\'\n    SQL',
         'execute <<~SQL\n      select * from posts where name = \'#{connection.quote(params[:name])}\'\n    SQL'),
        ('Post.joins("join tags on tags.name = \'#{cookies[:tag]}\'")', 'Post.joins("join tags on tags.post_id = posts.id")'),
        ('Post.having("count(*) > #{params[:n]}")', 'Post.having("count(*) > ?", params[:n])'),
        ('Post.update_all("title = \'#{params[:title]}\'")', "Post.update_all(title: params[:title])"),
        ('Post.delete_all("id in (#{params[:ids]})")', "Post.where(id: params[:ids]).delete_all"),
        ('Post.exists?("title = \'#{params[:t]}\'  or a.b = 1 ")', "Post.exists?(title: params[:t])"),
        ('Post.find_by_sql(params[:sql])', "Post.find_by_sql(QUERIES[params[:sql]])"),
        ('Post.where(["title = \'#{params[:t]}\'"])', 'Post.where(["title = ?", params[:t]])'),
        ('Post.pluck("#{params[:column]}")', "Post.pluck(:id)"),
        ('Post.group("date_trunc(\'#{params[:unit]}\', at)")',
         'unit = { "d" => "day" }.fetch(params[:unit], "week")\n    Post.group("date_trunc(\'#{unit}\', at)")'),
        ('value = request.headers["X-Id"]\n    Post.where("id = #{value}")', 'value = Integer(request.headers["X-Id"])\n    Post.where("id = #{value}")'),
        ('Post.select("#{params[:fields]}")', "Post.select(:id, :title)"),
    ),
    *_in("rb-order-input", ("Post.order(params[:sort])", "Post.order(:created_at)"), ("Post.reorder(params[:by])", "Post.reorder(ORDERS[params[:by]])")),
    *_at(
        "rb-sql", _MODEL,
        ('class Post < ApplicationRecord\n  def self.search(q)\n    where("title like \'%#{q}%\'")\n  end\nend\n',
         'class Post < ApplicationRecord\n  def self.search(q)\n    where("title like ?", "%#{sanitize_sql_like(q)}%")\n  end\nend\n'),
        ('class Post < ApplicationRecord\n  scope :by, ->(column) { order("#{column} desc") }\nend\n',
         'class Post < ApplicationRecord\n  scope :by, ->(column) { order(column => :desc) }\nend\n'),
        ("class Post < ApplicationRecord\n  def self.purge(name)\n    connection.execute(\"delete from posts where name = '\" + name + \"'\")\n  end\nend\n",
         "class Post < ApplicationRecord\n  def self.purge\n    connection.execute(\"delete from \" + table_name + \" where a = 1\")\n  end\nend\n"),
        ("", 'class Post < ApplicationRecord\n  KINDS = %w[a b].freeze\n  def self.tally\n    KINDS.each { |kind| connection.execute("select count(*) from posts where kind = \'#{kind}\'") }\n  end\nend\n'),
        ("", 'class Post < ApplicationRecord\n  def self.sorted(way)\n    way = "asc" unless %w[asc desc].include?(way)\n    order("title #{way}")\n  end\nend\n'),
        ("", 'class Post < ApplicationRecord\n  def self.sorted\n    order("#{table_name}.title")\n  end\nend\n'),
    ),
    *_in("rb-eval-input", ("eval(params[:code])", "JSON.parse(params[:code])"), ("user.instance_eval(params[:x])", "user.instance_eval { reload }"),
         ('code = "1 + #{params[:n]}"\n    eval(code)', 'code = "1 + 2"\n    eval(code)')),
    *_at("rb-eval", _SERVICE, ("def run(text)\n  eval(text)\nend\n", "def run(text)\n  JSON.parse(text)\nend\n"),
         ("", "class Maker\n  %w[a b].each { |name| class_eval \"def #{name}; end\" }\nend\n")),
    *_in("rb-send-input", ("post.send(params[:action_name])", 'post.send(:publish) if params[:action_name] == "publish"'),
         ("post.public_send(params[:attribute])", "post.public_send(ALLOWED.fetch(params[:attribute]))"),
         ("post.__send__(params[:m])", 'kind = params[:kind]\n    return unless KINDS.include?(kind)\n    post.send("#{kind}_count")')),
    *_in("rb-send-part-input", ('post.send("#{params[:kind]}_count")', "post.send(:tag_count)"),
         ('name = "#{params[:e]}!"\n    post.send(name)', 'name = "#{params[:e]}!"\n    post.send(name) if EVENTS.include?(name)')),
    *_in("rb-constantize-input", ("params[:type].constantize.new", 'TYPES.fetch(params[:type]).new'),
         ("params[:type].classify.safe_constantize", '"Post".constantize'), ("Object.const_get(params[:kind])", "Object.const_get(:Post)")),
    *_in("rb-command-input", ('system("convert #{params[:file]}")', 'system("convert", params[:file])'),
         ("`ping #{params[:host]}`", "`uptime`"), ('exec("ls " + params[:dir])', 'exec("ls", params[:dir])'),
         ('%x(host #{params[:name]})', '%x(host #{Shellwords.escape(params[:name])})'),
         ('Open3.capture3("grep #{params[:q]} log")', 'Open3.capture3("grep", params[:q], "log")'),
         ('IO.popen("nslookup #{params[:h]}")', 'IO.popen(["nslookup", params[:h]])')),
    *_at("rb-command", _SERVICE, ('def run(path)\n  system("convert #{path} out.png")\nend\n', 'def run(path)\n  system("convert", path, "out.png")\nend\n'),
         ("def run(path)\n  `file #{path}`\nend\n", "def run(path)\n  `file #{path.shellescape}`\nend\n"),
         ("", 'def run(count)\n  system("head -n #{count.to_i} log")\nend\n'),
         ("", 'SIZE = 4\ndef run\n  system("head -n #{SIZE} log")\nend\n')),
    *_in("rb-unpack-input", ("YAML.load(params[:config])", "YAML.safe_load(params[:config])"),
         ("Marshal.load(Base64.decode64(cookies[:cart]))", "JSON.parse(Base64.decode64(cookies[:cart]))"),
         ("YAML.unsafe_load(request.body.read)", 'YAML.load(File.read("config/x.yml"))')),
    *_at("rb-unpack", _SERVICE, ("def load(data)\n  Marshal.load(data)\nend\n", "def load(data)\n  JSON.parse(data)\nend\n"),
         ("", "def copy(post)\n  Marshal.load(Marshal.dump(post))\nend\n")),
    *_in("rb-html-input", ('flash[:notice] = "Hello #{params[:name]}".html_safe', 'flash[:notice] = "Hello #{params[:name]}"'),
         ("", '@x = "<b>#{ERB::Util.html_escape(params[:name])}</b>".html_safe')),
    *_at("rb-html-input", _VIEW, ("<p><%= raw params[:q] %></p>\n", "<p><%= params[:q] %></p>\n"), ("<%== params[:q] %>\n", "<%= sanitize params[:q] %>\n"),
         ("<div>\n<%= params[:q].html_safe %>\n</div>\n", "<div>\n<%# params[:q].html_safe %>\n</div>\n")),
    *_at("rb-html", _VIEW, ("<%= raw @post.body %>\n", "<%= sanitize @post.body %>\n"), ("<%= @post.body.html_safe %>\n", "<%= simple_format @post.body %>\n"),
         ("<%== @post.body %>\n", "<script>var x = <%= raw @post.to_json %>;</script>\n"), ("", '<%= "<br>".html_safe %>\n'), ("", '<%= raw t(".text_html") %>\n')),
    *_at("rb-link-input", _VIEW, ('<%= link_to "back", params[:return_to] %>\n', '<%= link_to "back", posts_path %>\n'),
         ("", '<%= link_to params[:title], post_path(params[:id]) %>\n')),
    *_in("rb-permit-all", ("Post.create(params.permit!)", "Post.create(params.require(:post).permit(:title))"),
         ("Post.update(params[:post].permit!)", "Post.update(params[:post].permit(:title))")),
    *_in("rb-redirect-input", ("redirect_to params[:return_to]", "redirect_to root_path"), ("redirect_to(params[:url] || root_path)", "redirect_to(url_from(params[:url]) || root_path)"),
         ("target = params[:to]\n    redirect_to target", "target = params[:to]\n    redirect_to post_path(target)"),
         ("redirect_to cookies[:back]", 'redirect_to "/posts/#{params[:id]}"'), ("", "redirect_to Post.find(params[:id])"), ("", "redirect_to params.permit(:page).merge(only_path: true)")),
    *_at("rb-csrf-off", "config/environments/production.rb",
         ("Rails.application.configure do\n  config.force_ssl = true\n  config.action_controller.allow_forgery_protection = false\nend\n",
          "Rails.application.configure do\n  config.force_ssl = true\n  config.action_controller.allow_forgery_protection = true\nend\n")),
    *_at("rb-csrf-off", "config/environments/test.rb", ("", "Rails.application.configure do\n  config.action_controller.allow_forgery_protection = false\nend\n")),
    *_at("rb-csrf-skipped", _CONTROLLER, ("class PostsController < ApplicationController\n  skip_before_action :verify_authenticity_token\nend\n",
         "class PostsController < ApplicationController\n  skip_before_action :require_login\nend\n"),
         ("class PostsController < ApplicationController\n  skip_forgery_protection\nend\n", "class PostsController < ApplicationController\n  protect_from_forgery with: :exception\nend\n")),
    *_at("rb-csrf-skipped", "app/controllers/webhooks/stripe_controller.rb", ("", "class StripeController < ApplicationController\n  skip_before_action :verify_authenticity_token\nend\n")),
    *_at("rb-csrf-skipped-partly", _CONTROLLER, ("class PostsController < ApplicationController\n  skip_before_action :verify_authenticity_token, only: :create\nend\n",
         "class PostsController < ApplicationController\n  skip_before_action :require_login, only: :create\nend\n")),
    *_at("rb-csrf-missing", "app/controllers/application_controller.rb",
         ("class ApplicationController < ActionController::Base\nend\n", "class ApplicationController < ActionController::Base\n  protect_from_forgery with: :exception\nend\n"),
         ("class ApplicationController < ActionController::Base\n  # protect_from_forgery\nend\n", "class ApplicationController < ActionController::API\nend\n")),
    Case("security", "rules.rb-csrf-missing", {}, {
        "app/controllers/application_controller.rb": "class ApplicationController < ActionController::Base\nend\n",
        "config/application.rb": "class Application < Rails::Application\n  config.load_defaults 7.1\nend\n"}),
    *_in("rb-render-input", ('render inline: "<p>#{params[:x]}</p>"', 'render plain: "x #{params[:x]}"'), ("render params[:page]", 'render "page"'),
         ("render file: params[:file]", "render :show"), ("ERB.new(params[:template]).result", 'ERB.new("<%= 1 %>").result'), ("render template: params[:t]", 'render "pages/#{params[:t]}"')),
    *_in("rb-render-inline", ("render inline: @post.template", 'render inline: "<%= @post.title %>"')),
    *_in("rb-fetch-input", ("Net::HTTP.get(URI(params[:url]))", 'Net::HTTP.get(URI("https://example.com/#{params[:id]}"))'), ("HTTParty.get(params[:feed])", "HTTParty.get(FEEDS[params[:feed]])"),
         ("URI.open(params[:image])", 'URI.open("https://example.com/logo.png")'), ("Faraday.get(params[:u])", 'Faraday.get("https://example.com/")')),
    *_in("rb-path-input", ("send_file params[:file]", 'send_file Rails.root.join("public", "terms.pdf")'), ('File.read("uploads/" + params[:name])', 'File.read("uploads/" + File.basename(params[:name]))'),
         ('open(params[:file])', 'open("terms.txt")'), ("File.delete(params[:path])", "File.delete(@tempfile.path)"),
         ('path = File.join("files", params[:name])\n    send_file path', 'path = File.join("files", "terms.pdf")\n    send_file path')),
    *_at("rb-tls-off", _SERVICE, ("http.verify_mode = OpenSSL::SSL::VERIFY_NONE\n", "http.verify_mode = OpenSSL::SSL::VERIFY_PEER\n"),
         ('RestClient::Request.execute(url: "https://x", verify_ssl: false)\n', 'RestClient::Request.execute(url: "https://x", verify_ssl: true)\n'),
         ('HTTParty.get("https://x", verify: false)\n', 'HTTParty.get("https://x")\n'), ("", "record.save(validate: false)\nother.call(verify: false)\n")),
    *_at("rb-password-digest", _MODEL, ("class User\n  def store\n    self.hash = Digest::MD5.hexdigest(password)\n  end\nend\n", "class User\n  def store\n    self.hash = BCrypt::Password.create(password)\n  end\nend\n"),
         ('encrypted_password = Digest::SHA1.hexdigest("#{salt}#{pwd}")\n', "cache_key = Digest::SHA1.hexdigest(body)\n"), ("", "etag = Digest::MD5.hexdigest(content)\n")),
    *_at("rb-key-in-code", "config/initializers/secret_token.rb", ('App::Application.config.secret_key_base = "3eb6db5a9026c547c72708438d496d942e976b252138db7e4e0ee5edd7539457"\n', 'App::Application.config.secret_key_base = ENV.fetch("SECRET_KEY_BASE")\n'),
         ('Devise.setup do |config|\n  config.secret_key = "b1946ac92492d2347c6235b4d2611184b1946ac92492d234"\nend\n', "Devise.setup do |config|\n  config.secret_key = Rails.application.credentials.devise\nend\n")),
    *_at("rb-guessable-token", _MODEL, ("def make\n  self.reset_token = rand(10**8).to_s\nend\n", "def make\n  self.reset_token = SecureRandom.hex(20)\nend\n"),
         ("token = (0...20).map { [*'a'..'z'].sample }.join\n", "colour = %w[red blue].sample\n")),
    *_at("rb-no-forced-tls", "config/environments/production.rb", ("Rails.application.configure do\n  config.force_ssl = false\nend\n", "Rails.application.configure do\n  config.force_ssl = true\nend\n")),
    *_at("rb-no-forced-tls", "config/environments/development.rb", ("", "Rails.application.configure do\n  config.force_ssl = false\n  config.consider_all_requests_local = true\nend\n")),
    *_at("rb-errors-shown", "config/environments/production.rb", ("Rails.application.configure do\n  config.consider_all_requests_local = true\nend\n", "Rails.application.configure do\n  config.consider_all_requests_local = false\nend\n")),
]  # fmt: skip
