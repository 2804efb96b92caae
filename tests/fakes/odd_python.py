"""Python files that analysers trip over: line ends, encodings, continuations, nesting, old and new syntax."""

from __future__ import annotations

ODD: dict[str, bytes] = {
    "form_feed.py": b"import os\n\x0c\ndef f():\n    return 1\n\x0c\nclass A:\n    x = 1\n",
    "crlf.py": b"import os\r\nx = '''a\r\n b\r\n'''\r\ndef f(a):\r\n    if a: return 0\r\n    return a\r\n",
    "lone_cr.py": b"import os\rx = 1\rif x: y = 2\r# nosec\rassert x\r",
    "mark.py": b"\xef\xbb\xbfimport os\nos.system('x ' + y)  # nosec B605\n",
    "latin.py": b"# -*- coding: latin-1 -*-\nx = '\xe9'\npassword = 'h\xe9llo'\n",
    "wrong_encoding.py": b"x = '\xe9'\n",
    "null.py": b"x = 1\0\n",
    "continued.py": (
        b"x = 1 + \\\n    2\ny = 1 \\\n\nz = 3\nif x and \\\n   y: z = 4; w = 5\n"
        b"s = 'abc\\\n def'\nassert x, \\\n   'm'\n"
    ),
    "semicolons.py": b"if a: b = 1; c = {1: 2}; d\nx: int = 3; y = lambda: 0\nfor i in a: pass\n",
    "no_newline.py": b"def f():\n    '''doc'''\n    return 1 # end",
    "empty.py": b"",
    "blank.py": b"\n\n   \n",
    "comments.py": b"# a\n  # b\n\n",
    "strings.py": (
        b'"""one"""\n\n"""two\n\nlines\n"""\nclass A:\n    "x"\n    def m(self):\n        r"""a\n        b"""\n'
        b'        f"""a{1:>3}\n\n b"""\n'
    ),
    "nosec.py": (
        b"import subprocess  # nosec\nimport pickle # nosec: B403\nassert True # nosec B102\nsubprocess.call('x',\n"
        b"   shell=True)  # nosec B602\nx = subprocess.call(  # nosec: subprocess_popen_with_shell_equals_true, B603\n"
        b" 'y' + z, shell=True)\neval('1') # nosec: B101, B307\npickle.loads(b'')\n"
        b"def f(password='abc'): # nosec\n  pass\ntry:\n  pass\nexcept Exception: # nosec B110\n  pass\n"
    ),
    "rules.py": (
        b"import a.b as c, os\nfrom . import q\nfrom x import *\ndef f(a, b='/tmp/x', *, token='secret'):\n"
        b"    q = 'SELECT * FROM t WHERE a = %s' % a\n    r = f'SELECT {a} FROM t where b = {b}'\n"
        b"    s = 'select * from ' + a + ' where x'\n    return ['0.0.0.0', {'password': 'x'}]\n"
        b"match a:\n    case {'x': '0.0.0.0', **r} if '/tmp/y': pass\n    case _: pass\n"
        b"__import__('pickle')\nyaml.load(x)\nc.d('q')\nlambda token='x': 1\n"
    ),
    "blocks.py": (
        b"x = [i for i in a if i if i > 2]\nasync def g():\n    async for i in a:\n        pass\n    else: pass\n"
        b"    assert (1 if a else 2)\n@deco(a and b)\nclass K(B if a else C):\n    def m(self, a=b or c):\n"
        b"        def inner():\n            if a: pass\n            return 1\n        class In:\n"
        b"            def z(self):\n                while 1: pass\n        return inner\n    if a:\n"
        b"        def n(self): assert a and b\n    y = a or b\ndef last():\n    if a:\n        def q(): pass\n"
        b"try:\n    pass\nexcept* ValueError:\n    pass\n"
    ),
    "bidirectional.py": "# \u202e x\nx = '\u2066'\n".encode(),
    "python2.py": b"print 'x'\n",
    "nested.py": b"x = " + b"(" * 150 + b"1" + b")" * 150 + b"\n",
    "too_deep.py": b"x = " + b"-" * 5000 + b"1\n",
    "long_sum.py": b"x = " + b"+".join([b"a"] * 2000) + b"\n",
    "sum.py": b"x = " + b"+".join([b"a"] * 300) + b"\n",
    "else_ifs.py": b"if a:\n    pass\n" + b"".join(b"elif a == %d:\n    pass\n" % number for number in range(200)),
    "table.py": b"x = {\n" + b"".join(b"  %d: '%d',\n" % (number, number) for number in range(200)) + b"}\n",
    "tabs.py": b"def f():\n\tif a:\n\t    return 1\n",
    "line_separator.py": "x = 'a\u2028b'\ny = 2\n".encode(),
    "dedent.py": b"if a:\n        x\n    y\n",
}
