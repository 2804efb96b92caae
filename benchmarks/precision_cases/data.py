"""What slows down with data or makes pages heavy, each beside the way it ought to be."""

# ruff: noqa: E501  a table: what is wrong stands beside what is right

from __future__ import annotations

from precision_cases.case import Case

_HEAD = "ActiveRecord::Schema[7.1].define(version: 1) do\n"
_USERS = '  create_table "users", force: :cascade do |t|\n    t.string "name"\n  end\n'
_POST = "class Post < ApplicationRecord\n  belongs_to :author\n  has_many :comments\nend\n"
_SCHEMA = {"db/schema.rb": f"{_HEAD}{_USERS}end\n"}
_PACKAGE = '{{"dependencies": {{"react-dom": "19.0.0", {}}}}}\n'


def _schema(rule: str, planted: str, clean: str) -> Case:
    texts = [
        {"db/schema.rb": f"{_HEAD}{_USERS}{text}end\n", "app/models/a.rb": "class A\nend\n"} if text else {}
        for text in (planted, clean)
    ]
    return Case("data-smells", rule, *texts)


def _structure(planted: str, clean: str) -> Case:
    head = "CREATE TABLE public.users (\n    id bigint NOT NULL\n);\nCREATE TABLE public.posts (\n    id bigint NOT NULL,\n    user_id bigint\n);\n"
    return Case(
        "data-smells",
        "data-smells.no-index",
        *({"db/structure.sql": head + text, "app/models/a.rb": "class A\nend\n"} for text in (planted, clean)),
    )


def _loop(planted: dict[str, str], clean: dict[str, str]) -> Case:
    base = {**_SCHEMA, "app/models/post.rb": _POST}
    return Case(
        "data-smells", "data-smells.query-per-record", {**base, **planted} if planted else {}, {**base, **clean}
    )


def _index(query: str) -> dict[str, str]:
    return {
        "app/controllers/posts_controller.rb": f"class PostsController < ApplicationController\n  def index\n    @posts = {query}\n  end\nend\n",
        "app/views/posts/index.html.erb": "<% @posts.each do |post| %>\n<%= post.author.name %>\n<% end %>\n",
    }


def _django(planted: str, clean: str) -> Case:
    models = "class Post(models.Model):\n    author = models.ForeignKey(User, on_delete=models.CASCADE)\n"
    return Case(
        "data-smells",
        "data-smells.query-per-record",
        *({"blog/models.py": models, "blog/views.py": text} if text else {} for text in (planted, clean)),
    )


def _list(planted: str, clean: str) -> Case:
    texts = (
        {
            **_SCHEMA,
            "app/controllers/posts_controller.rb": f"class PostsController < ApplicationController\n  def index\n    {text}\n  end\nend\n",
        }
        for text in (planted, clean)
    )
    return Case("data-smells", "data-smells.whole-table", *texts)


def _pages(rule: str, declared: str, planted: str, clean: str) -> Case:
    package = _PACKAGE.format(declared)
    return Case(
        "data-smells",
        f"data-smells.{rule}",
        *({"package.json": package, "src/app.jsx": text} if text else {} for text in (planted, clean)),
    )


_NO_INDEX = "data-smells.no-index"
CASES: list[Case] = [
    _schema(_NO_INDEX, '  create_table "posts" do |t|\n    t.bigint "user_id"\n  end\n', '  create_table "posts" do |t|\n    t.bigint "user_id"\n    t.index ["user_id"], name: "i"\n  end\n'),
    _schema(_NO_INDEX, '  create_table "posts" do |t|\n    t.integer "user_id"\n    t.index ["name", "user_id"], name: "i"\n  end\n', '  create_table "posts" do |t|\n    t.integer "user_id"\n    t.index ["user_id", "name"], name: "i"\n  end\n'),
    _schema(_NO_INDEX, '  create_table "notes" do |t|\n    t.string "item_type"\n    t.bigint "item_id"\n  end\n', '  create_table "notes" do |t|\n    t.string "item_type"\n    t.bigint "item_id"\n    t.index ["item_type", "item_id"], name: "i"\n  end\n'),
    _schema(_NO_INDEX, '  create_table "posts" do |t|\n    t.uuid "writer_id"\n  end\n  add_foreign_key "posts", "users", column: "writer_id"\n', '  create_table "posts" do |t|\n    t.uuid "writer_id"\n    t.index ["writer_id"], name: "i"\n  end\n  add_foreign_key "posts", "users", column: "writer_id"\n'),
    _schema(_NO_INDEX, "", '  create_table "posts" do |t|\n    t.string "stripe_customer_id"\n    t.bigint "external_id"\n  end\n'),
    _schema(_NO_INDEX, "", '  create_table "posts_users", primary_key: ["user_id", "post_id"] do |t|\n    t.bigint "user_id"\n  end\n'),
    _schema(_NO_INDEX, '  create_table "posts" do |t|\n    t.references "user", index: false\n  end\n', '  create_table "posts" do |t|\n    t.references "user"\n  end\n'),
    _structure("", "CREATE INDEX i ON public.posts USING btree (user_id);\n"),
    _structure("CREATE INDEX i ON public.posts USING btree (created_at, user_id);\n", "CREATE UNIQUE INDEX i ON public.posts USING btree (user_id, created_at);\n"),
    _structure("ALTER TABLE ONLY public.posts\n    ADD CONSTRAINT a FOREIGN KEY (user_id) REFERENCES public.users(id);\n", "ALTER TABLE ONLY public.posts\n    ADD CONSTRAINT a UNIQUE (user_id);\n"),
    _loop(_index("Post.order(:id)"), _index("Post.includes(:author).order(:id)")),
    _loop(_index("Post.all"), _index("Post.preload(:author)")),
    _loop(_index("Post.where(live: true)"), _index("Post.with_everything")),
    _loop({}, {**_index("Post.all"), "app/models/post.rb": "class Post < ApplicationRecord\n  belongs_to :author\n  default_scope { includes(:author) }\nend\n"}),
    _loop({"app/controllers/posts_controller.rb": "class PostsController\n  def export\n    Post.where(live: true).each { |post| row(post.author.name) }\n  end\nend\n"},
          {"app/controllers/posts_controller.rb": "class PostsController\n  def export\n    Post.includes(:author).each { |post| row(post.author.name) }\n  end\nend\n"}),
    _loop({"app/serializers/x.rb": "class X\n  def rows\n    Post.all.map { |post| post.comments.count }\n  end\nend\n"}, {"app/serializers/x.rb": "class X\n  def rows\n    Post.all.map { |post| post.title.upcase }\n  end\nend\n"}),
    _loop({}, {"app/jobs/x.rb": "class X\n  def perform\n    Post.all.each { |post| post.author.touch }\n  end\nend\n"}),
    _loop({}, {"app/serializers/x.rb": "class X\n  def rows\n    Post.all.map { |post| post.comments.size }\n  end\nend\n", "db/schema.rb": f'{_HEAD}  create_table "posts" do |t|\n    t.integer "comments_count"\n  end\nend\n'}),
    _django("def index(request):\n    for post in Post.objects.all():\n        print(post.author.name)\n", "def index(request):\n    for post in Post.objects.select_related('author'):\n        print(post.author.name)\n"),
    _django("def index(request):\n    posts = Post.objects.filter(live=True)\n    for post in posts:\n        print(post.author.name)\n", "def index(request):\n    posts = Post.objects.filter(live=True)\n    posts = posts.select_related('author')\n    for post in posts:\n        print(post.author.name)\n"),
    _django("", "def index(request):\n    for post in Post.objects.all():\n        print(post.author_id, post.author.pk, post.title.upper())\n"),
    _list("render json: Post.all", "render json: Post.limit(50)"),
    _list("@posts = Post.order(:id)\n    render json: @posts", "@posts = Post.order(:id).page(params[:page])\n    render json: @posts"),
    _list("render json: Post.includes(:author)", "render json: Country.all"),
    Case("data-smells", "data-smells.whole-table", {"api/views.py": "class PostViewSet(viewsets.ModelViewSet):\n    queryset = Post.objects.all()\n"}, {"api/views.py": "class PostViewSet(viewsets.ModelViewSet):\n    queryset = Post.objects.all()\n    pagination_class = Pages\n"}),
    Case("data-smells", "data-smells.whole-table", {"api/views.py": "class Posts(ListAPIView):\n    queryset = Post.objects.order_by('id')\n"}, {"api/views.py": "class Posts(ListAPIView):\n    queryset = Post.objects.order_by('id')\n", "site/settings.py": "REST_FRAMEWORK = {'DEFAULT_PAGINATION_CLASS': 'x', 'PAGE_SIZE': 50}\n"}),
    _pages("moment", '"moment": "2.30.1"', "import moment from 'moment';\n", "import dayjs from 'dayjs';\n"),
    _pages("whole-lodash", '"lodash": "4.17.21"', "import _ from 'lodash';\n", "import debounce from 'lodash/debounce';\n"),
    _pages("whole-lodash", '"lodash": "4.17.21"', "const { map } = require('lodash');\n", "import type { DebouncedFunc } from 'lodash';\n"),
    _pages("jquery-beside", '"jquery": "3.7.1"', "import $ from 'jquery';\n", "import React from 'react';\n"),
    _pages("several-kits", '"antd": "5.0.0", "@mui/material": "6.0.0"', "import { Button } from 'antd';\nimport { Box } from '@mui/material';\n", "import { Button } from 'antd';\n"),
    _pages("same-job", '"dayjs": "1.11.0", "luxon": "3.4.0"', "import dayjs from 'dayjs';\nimport { DateTime } from 'luxon';\n", "import dayjs from 'dayjs';\n"),
    Case("data-smells", "data-smells.moment", {}, {"package.json": '{"dependencies": {"express": "5.0.0", "react-dom": "19.0.0", "moment": "2.30.1"}}', "server.js": "const moment = require('moment');\n"}),
]  # fmt: skip
