"""What is slow, tangled or known to one person only."""

# ruff: noqa: E501  a table: what is wrong stands beside what is right

from __future__ import annotations

from precision_cases.case import Work

from held_out.kept import Kept, one_file

_SCHEMA = """ActiveRecord::Schema[7.1].define(version: 2024_03_01_100000) do
  create_table "customers", force: :cascade do |t|
    t.string "name", null: false
    t.datetime "created_at", null: false
  end

  create_table "orders", force: :cascade do |t|
    t.bigint "customer_id", null: false
    t.string "number"
    t.datetime "created_at", null: false
{index}  end
end
"""
_MODELS = {
    "app/models/customer.rb": "class Customer < ApplicationRecord\n  has_many :orders\nend\n",
    "app/models/order.rb": "class Order < ApplicationRecord\n  belongs_to :customer\nend\n",
}
_INDEXED = _SCHEMA.replace("{index}", '    t.index ["customer_id"], name: "index_orders_on_customer_id"\n')
_RAILS = {**_MODELS, "db/schema.rb": _INDEXED}
_BRANCHES = "".join(
    f'  if (order.kind === "{kind}" && order.total > {number}) {{\n    price += {number}\n  }} else if (order.paid || order.kind === "{kind}x") {{\n    price -= 1\n  }}\n'
    for number, kind in enumerate("abcdefgh")
)
_GUARDS = "".join(
    f'    if kind == "{kind}" and total > {number}:\n        price += {number}\n    elif paid or kind == "{kind}x":\n        price -= 1\n'
    for number, kind in enumerate("abcdefgh")
)
_WHENS = "".join(
    f'    if kind == "{kind}" && total > {number}\n      price += {number}\n    elsif paid || kind == "{kind}x"\n      price -= 1\n    end\n'
    for number, kind in enumerate("abcdefgh")
)

CASES: list[Kept] = [
    Kept(
        "a foreign key without index",
        "data-smells",
        "",
        {**_MODELS, "db/schema.rb": _SCHEMA.replace("{index}", "")},
        _RAILS,
    ),
    Kept(
        "one question a row in a page",
        "data-smells",
        "",
        {
            **_RAILS,
            "app/controllers/orders_controller.rb": "class OrdersController < ApplicationController\n  def index\n    @orders = Order.all\n  end\nend\n",
            "app/views/orders/index.html.erb": "<% @orders.each do |order| %>\n  <tr><td><%= order.number %></td><td><%= order.customer.name %></td></tr>\n<% end %>\n",
        },
        {
            **_RAILS,
            "app/controllers/orders_controller.rb": "class OrdersController < ApplicationController\n  def index\n    @orders = Order.includes(:customer).page(params[:page])\n  end\nend\n",
            "app/views/orders/index.html.erb": "<% @orders.each do |order| %>\n  <tr><td><%= order.number %></td><td><%= order.customer.name %></td></tr>\n<% end %>\n",
        },
    ),
    Kept(
        "Django asks for each order's customer",
        "data-smells",
        "",
        {
            "shop/models.py": "from django.db import models\n\n\nclass Customer(models.Model):\n    name = models.CharField(max_length=80)\n\n\nclass Order(models.Model):\n    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)\n",
            "shop/views.py": 'from django.http import JsonResponse\n\nfrom shop.models import Order\n\n\ndef names(request):\n    found = []\n    for order in Order.objects.filter(paid=True):\n        found.append(order.customer.name)\n    return JsonResponse({"names": found})\n',
        },
        {
            "shop/models.py": "from django.db import models\n\n\nclass Customer(models.Model):\n    name = models.CharField(max_length=80)\n\n\nclass Order(models.Model):\n    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)\n",
            "shop/views.py": 'from django.http import JsonResponse\n\nfrom shop.models import Order\n\n\ndef names(request):\n    found = []\n    for order in Order.objects.filter(paid=True).select_related("customer")[:100]:\n        found.append(order.customer.name)\n    return JsonResponse({"names": found})\n',
        },
    ),
    Kept(
        "moment beside date-fns in a page",
        "data-smells",
        "",
        {
            "package.json": '{"dependencies": {"react": "^19.0.0", "moment": "^2.30.1", "date-fns": "^4.1.0"}}\n',
            "src/App.tsx": "import moment from 'moment'\n\nexport const App = () => <p>{moment().format('L')}</p>\n",
        },
        {
            "package.json": '{"dependencies": {"react": "^19.0.0", "date-fns": "^4.1.0"}}\n',
            "src/App.tsx": "import { format } from 'date-fns'\n\nexport const App = () => <p>{format(new Date(), 'P')}</p>\n",
        },
    ),
    one_file(
        "complexity",
        "src/pricing.ts",
        "prices by branches",
        "export function price",
        "export function price(order: Order): number {\n  let price = 0\n" + _BRANCHES + "  return price\n}\n",
        "const RATES: Record<string, number> = { a: 0, b: 1, c: 2 }\n\nexport function price(order: Order): number {\n  return RATES[order.kind] ?? 0\n}\n",
    ),
    one_file(
        "complexity",
        "shop/pricing.py",
        "prices by branches in Python",
        "def price",
        "def price(kind, total, paid):\n    price = 0\n" + _GUARDS + "    return price\n",
        "RATES = {'a': 0, 'b': 1}\n\n\ndef price(kind, total, paid):\n    return RATES.get(kind, 0) if paid else total\n",
    ),
    one_file(
        "complexity",
        "app/models/pricing.rb",
        "prices by branches in Ruby",
        "def price",
        "class Pricing\n  def price(kind, total, paid)\n    price = 0\n" + _WHENS + "    price\n  end\nend\n",
        "class Pricing\n  RATES = { a: 0, b: 1 }.freeze\n\n  def price(kind)\n    RATES.fetch(kind, 0)\n  end\nend\n",
    ),
    Kept(
        "billing is known to one person",
        "knowledge",
        "",
        {f"app/billing/part{number}.rb": "class Part\nend\n" for number in range(12)},
        {f"app/billing/part{number}.rb": "class Part\nend\n" for number in range(12)},
        (
            *(Work("Ada", 6, f"app/billing/part{number}.rb", 3 * number) for number in range(12)),
            Work("Grace", 30, "README.md", 10),
        ),
        tuple(
            Work(who, 3, f"app/billing/part{number}.rb", 3 * number)
            for number in range(12)
            for who in ("Ada", "Grace", "Edsger")
        ),
    ),
]
