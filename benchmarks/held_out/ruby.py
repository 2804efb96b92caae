"""Rails as it is found in agencies' inboxes."""

from __future__ import annotations

from functools import partial

from held_out.kept import Kept, one_file

_controller = partial(one_file, "security", "app/controllers/orders_controller.rb")
_model = partial(one_file, "security", "app/models/order.rb")

CASES: list[Kept] = [
    _controller(
        "filter by a nested parameter",
        "LIKE",
        """class OrdersController < ApplicationController
  def index
    @orders = current_account.orders.includes(:customer)
    if params.dig(:filter, :email).present?
      @orders = @orders.where("customers.email LIKE '%#{params.dig(:filter, :email)}%'")
    end
    @orders = @orders.page(params[:page])
  end
end
""",
        """class OrdersController < ApplicationController
  def index
    @orders = current_account.orders.includes(:customer)
    if params.dig(:filter, :email).present?
      @orders = @orders.where("customers.email LIKE ?", "%#{Order.sanitize_sql_like(params.dig(:filter, :email))}%")
    end
    @orders = @orders.page(params[:page])
  end
end
""",
    ),
    _controller(
        "order by what the address says, in a method of its own",
        "Arel.sql",
        """class OrdersController < ApplicationController
  def index
    @orders = Order.order(Arel.sql("#{sort_column} #{params[:direction]}"))
  end

  private

  def sort_column
    params[:sort] || "created_at"
  end
end
""",
        """class OrdersController < ApplicationController
  def index
    @orders = Order.order(sort_column => sort_direction)
  end

  private

  def sort_column
    Order.column_names.include?(params[:sort]) ? params[:sort] : "created_at"
  end

  def sort_direction
    %w[asc desc].include?(params[:direction]) ? params[:direction] : "desc"
  end
end
""",
    ),
    _controller(
        "a picture is resized by a shell",
        "convert",
        """class OrdersController < ApplicationController
  def thumbnail
    upload = Upload.find(params[:id])
    target = Rails.root.join("tmp", "#{upload.id}.png")
    system("convert #{upload.path} -resize #{params[:size]} #{target}")
    send_file target
  end
end
""",
        """class OrdersController < ApplicationController
  SIZES = { "small" => "100x100", "large" => "800x800" }.freeze

  def thumbnail
    upload = Upload.find(params[:id])
    target = Rails.root.join("tmp", "#{upload.id}.png")
    system("convert", upload.path, "-resize", SIZES.fetch(params[:size], "100x100"), target.to_s)
    send_file target
  end
end
""",
    ),
    _controller(
        "a branch's log by %x",
        "%x",
        """class OrdersController < ApplicationController
  def log
    branch = params[:branch]
    @lines = %x(git -C #{Rails.root} log --oneline #{branch}).lines
  end
end
""",
        """require "open3"

class OrdersController < ApplicationController
  def log
    out, _status = Open3.capture2("git", "-C", Rails.root.to_s, "log", "--oneline", "--", params[:branch].to_s)
    @lines = out.lines
  end
end
""",
    ),
    _controller(
        "an object out of a cookie",
        "Marshal",
        """class OrdersController < ApplicationController
  def show
    prefs = Marshal.load(Base64.decode64(cookies[:prefs])) if cookies[:prefs]
    @columns = prefs ? prefs[:columns] : %w[number total]
  end
end
""",
        """class OrdersController < ApplicationController
  def show
    prefs = JSON.parse(cookies.encrypted[:prefs]) if cookies.encrypted[:prefs]
    @columns = prefs ? prefs["columns"] : %w[number total]
  end
end
""",
    ),
    _controller(
        "back to wherever the address says",
        "redirect_to",
        """class OrdersController < ApplicationController
  def create
    @order = Order.create!(order_params)
    if params[:return_to].present?
      redirect_to params[:return_to], notice: "Saved"
    else
      redirect_to @order
    end
  end

  private

  def order_params
    params.require(:order).permit(:number, :total)
  end
end
""",
        """class OrdersController < ApplicationController
  def create
    @order = Order.create!(order_params)
    redirect_to url_from(params[:return_to]) || @order, notice: "Saved"
  end

  private

  def order_params
    params.require(:order).permit(:number, :total)
  end
end
""",
    ),
    _controller(
        "an export by its name",
        "send_file",
        """class OrdersController < ApplicationController
  def download
    send_file Rails.root.join("exports", params[:name]), type: "text/csv"
  end
end
""",
        """class OrdersController < ApplicationController
  def download
    export = current_user.exports.find(params[:id])
    send_data export.file.download, filename: export.name, type: "text/csv"
  end
end
""",
    ),
    _controller(
        "everything may be assigned",
        "permit!",
        """class OrdersController < ApplicationController
  def update
    @order = Order.find(params[:id])
    @order.update!(params[:order].permit!)
    head :no_content
  end
end
""",
        """class OrdersController < ApplicationController
  def update
    @order = current_user.orders.find(params[:id])
    @order.update!(params.require(:order).permit(:address, :note))
    head :no_content
  end
end
""",
    ),
    _controller(
        "a class by the form's word",
        "constantize",
        """class OrdersController < ApplicationController
  def attach
    owner = params[:owner_type].classify.constantize.find(params[:owner_id])
    owner.attachments.create!(file: params[:file])
  end
end
""",
        """class OrdersController < ApplicationController
  OWNERS = { "order" => Order, "invoice" => Invoice }.freeze

  def attach
    owner = OWNERS.fetch(params[:owner_type]).find(params[:owner_id])
    owner.attachments.create!(file: params[:file])
  end
end
""",
    ),
    _controller(
        "a state machine driven from outside",
        "public_send",
        """class OrdersController < ApplicationController
  def transition
    @order = Order.find(params[:id])
    @order.public_send("#{params[:event]}!")
    redirect_to @order
  end
end
""",
        """class OrdersController < ApplicationController
  EVENTS = %w[pay ship cancel].freeze

  def transition
    @order = Order.find(params[:id])
    event = EVENTS.find { |name| name == params[:event] }
    return head :bad_request unless event

    @order.public_send("#{event}!")
    redirect_to @order
  end
end
""",
    ),
    _controller(
        "a preview rendered from the form",
        "inline",
        """class OrdersController < ApplicationController
  def preview
    render inline: params[:template], locals: { order: Order.last }
  end
end
""",
        """class OrdersController < ApplicationController
  def preview
    render :preview, locals: { order: Order.last, body: params[:template] }
  end
end
""",
    ),
    _controller(
        "the server fetches any address",
        "open(",
        """require "open-uri"

class OrdersController < ApplicationController
  def import
    rows = CSV.parse(URI.open(params[:url]).read, headers: true)
    rows.each { |row| Order.create!(number: row["number"]) }
  end
end
""",
        """require "open-uri"

class OrdersController < ApplicationController
  FEED = "https://feed.example.com/orders.csv"

  def import
    rows = CSV.parse(URI.open(FEED).read, headers: true)
    rows.each { |row| Order.create!(number: row["number"]) }
  end
end
""",
    ),
    one_file(
        "security",
        "app/controllers/admin/base_controller.rb",
        "the office's password in the code",
        "http_basic_authenticate_with",
        """module Admin
  class BaseController < ApplicationController
    http_basic_authenticate_with name: "admin", password: "Sommer2019!"
    layout "admin"
  end
end
""",
        """module Admin
  class BaseController < ApplicationController
    http_basic_authenticate_with name: ENV.fetch("ADMIN_NAME"), password: ENV.fetch("ADMIN_PASSWORD")
    layout "admin"
  end
end
""",
    ),
    one_file(
        "security",
        "app/services/token_reader.rb",
        "a token nobody verifies",
        "JWT.decode",
        """class TokenReader
  def initialize(header)
    @token = header.to_s.split(" ").last
  end

  def user
    payload, = JWT.decode(@token, nil, false)
    User.find(payload["sub"])
  end
end
""",
        """class TokenReader
  def initialize(header)
    @token = header.to_s.split(" ").last
  end

  def user
    payload, = JWT.decode(@token, Rails.application.credentials.jwt_key, true, algorithm: "HS256")
    User.find(payload["sub"])
  end
end
""",
    ),
    one_file(
        "security",
        "app/services/erp_client.rb",
        "any certificate will do",
        "verify",
        """class ErpClient
  def connection
    @connection ||= Faraday.new(url: ENV.fetch("ERP_URL"), ssl: { verify: false }) do |f|
      f.request :json
      f.response :json
    end
  end
end
""",
        """class ErpClient
  def connection
    @connection ||= Faraday.new(url: ENV.fetch("ERP_URL"), ssl: { ca_file: "/etc/ssl/erp.pem" }) do |f|
      f.request :json
      f.response :json
    end
  end
end
""",
    ),
    _model(
        "a search in the model",
        "ILIKE",
        """class Order < ApplicationRecord
  belongs_to :customer

  def self.search(term)
    joins(:customer).where("orders.number ILIKE '%#{term}%' OR customers.name ILIKE '%#{term}%'")
  end
end
""",
        """class Order < ApplicationRecord
  belongs_to :customer

  scope :recent, -> { where("#{table_name}.created_at > ?", 30.days.ago) }

  def self.search(term)
    joins(:customer).where("orders.number ILIKE :q OR customers.name ILIKE :q", q: "%#{sanitize_sql_like(term)}%")
  end
end
""",
    ),
    one_file(
        "security",
        "app/helpers/comments_helper.rb",
        "a visitor's words as markup",
        "html_safe",
        """module CommentsHelper
  def comment_body(comment)
    comment.body.gsub("\\n", "<br>").html_safe
  end
end
""",
        """module CommentsHelper
  def comment_body(comment)
    simple_format(h(comment.body))
  end

  def separator
    "&nbsp;&middot;&nbsp;".html_safe
  end
end
""",
    ),
    one_file(
        "security",
        "app/views/search/index.html.erb",
        "what was searched for, unescaped",
        "<%==",
        """<h1>Results</h1>
<p>You searched for <%== params[:q] %></p>
<ul>
  <% @results.each do |result| %>
    <li><%= link_to result.title, result %></li>
  <% end %>
</ul>
""",
        """<h1>Results</h1>
<p>You searched for <%= params[:q] %></p>
<ul>
  <% @results.each do |result| %>
    <li><%= link_to result.title, result %></li>
  <% end %>
</ul>
""",
    ),
    one_file(
        "security",
        "app/models/user.rb",
        "passwords by MD5",
        "MD5",
        """class User < ApplicationRecord
  before_save :encrypt_password

  def encrypt_password
    self.password_hash = Digest::MD5.hexdigest(password + salt) if password.present?
  end
end
""",
        """class User < ApplicationRecord
  has_secure_password

  def gravatar
    "https://www.gravatar.com/avatar/#{Digest::MD5.hexdigest(email.downcase)}"
  end
end
""",
    ),
    one_file(
        "security",
        "app/mailers/letters.rb",
        "a mail's text evaluated as a template",
        "ERB.new",
        """class Letters < ApplicationMailer
  def campaign(user, params)
    body = ERB.new(params[:body]).result(binding)
    mail(to: user.email, subject: params[:subject], body: body)
  end
end
""",
        """class Letters < ApplicationMailer
  def campaign(user, campaign)
    body = Liquid::Template.parse(campaign.body).render("name" => user.name)
    mail(to: user.email, subject: campaign.subject, body: body)
  end
end
""",
    ),
]
