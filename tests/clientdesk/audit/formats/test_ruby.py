from __future__ import annotations

from clientdesk.audit.formats.ruby import gemfile, gemfile_lock, ruby_version

GEMFILE = """source "https://rubygems.example"
ruby "3.3.0"

gem "rails", "7.1.2"
gem "pg", "~> 1.5" # gem "not_this"

group :development, :test do
  gem "rspec-rails"
  if ENV["X"]
    gem 'debug'
  end
end

gem "bootsnap", require: false
gem "web-console", group: :development
# gem "commented"
"""
LOCK = """PATH
  remote: engines/shop
  specs:
    shop (0.1.0)

GEM
  remote: https://rubygems.example/
  specs:
    nokogiri (1.16.0-arm64-darwin)
      racc (~> 1.4)
    nokogiri (1.16.0-x86_64-linux)
    rails (7.1.2)
    racc (1.7.3)
    rspec-rails (6.1.0)

PLATFORMS
  arm64-darwin

DEPENDENCIES
  rails (= 7.1.2)
  rspec-rails
  shop!

RUBY VERSION
   ruby 3.3.0p0

BUNDLED WITH
   2.5.0
"""


def test_gemfile_groups_tell_development():
    found = [(p.name, p.version, p.development) for p in gemfile("Gemfile", GEMFILE)]

    assert found == [
        ("rails", "7.1.2", False),
        ("pg", "", False),
        ("rspec-rails", "", True),
        ("debug", "", True),
        ("bootsnap", "", False),
        ("web-console", "", True),
    ]


def test_gemfile_lock_joins_platforms_and_leaves_out_the_repository_itself():
    found = gemfile_lock("Gemfile.lock", LOCK, gemfile("Gemfile", GEMFILE))

    assert [(p.name, p.version, p.direct, p.development) for p in found] == [
        ("nokogiri", "1.16.0", False, None),
        ("rails", "7.1.2", True, False),
        ("racc", "1.7.3", False, None),
        ("rspec-rails", "6.1.0", True, True),
    ]


def test_gems_have_their_lines():
    found = gemfile_lock("Gemfile.lock", LOCK, ())

    assert LOCK.splitlines()[found[1].line - 1].strip() == "rails (7.1.2)"


def test_the_locked_ruby_is_told_without_its_patch_level():
    assert (ruby_version(LOCK), ruby_version("GEM\n")) == ("3.3.0", "")


def test_gems_of_the_repository_itself_and_of_other_machines_are_not_declared():
    text = (
        "gem 'core', path: 'core'\npath 'vendor/gems' do\n  gem 'dotenv'\nend\n"
        "gem 'tzinfo-data', platforms: %i[windows jruby]\ngem 'wdm', :platforms => [:mingw, :mswin]\n"
        "gem 'pg', platforms: :ruby\ngem 'rails'\n"
    )

    assert [package.name for package in gemfile("Gemfile", text)] == ["pg", "rails"]
