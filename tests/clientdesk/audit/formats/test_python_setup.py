from __future__ import annotations

import pytest

from clientdesk.audit.formats.python_setup import setup_cfg, setup_py
from clientdesk.audit.untyped import Malformed


def test_setup_cfg_lists_what_is_required():
    found = setup_cfg("setup.cfg", "[options]\ninstall_requires =\n    flask>=2\n    six==1.16  # old\n")

    assert [(p.name, p.version) for p in found] == [("flask", ""), ("six", "1.16")]


@pytest.mark.parametrize("text", ["setup(", "-" * 90_000 + "1", "x" * 100_001, "setup(install_requires=read())"])
def test_what_can_not_be_read_without_running_is_refused(text):
    with pytest.raises(Malformed):
        setup_py("setup.py", text)


def test_setup_py_without_requirements_declares_none():
    assert setup_py("setup.py", "from setuptools import setup\nsetup(name='x')\n") == ()
