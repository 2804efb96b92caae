"""A process that is being stopped waits for no tool; tried in another process, for there is no way back."""

import subprocess
import sys

STOPPED = """
import sys, threading, time
from clientdesk.adapters.analysers import bounded_command
from clientdesk.adapters.analysers.stopping import stop_tools
threading.Timer(0.2, stop_tools).start()
began = time.monotonic()
try:
    bounded_command.run([sys.executable, "-c", "import time; time.sleep(60)"], {}, 60, {})
except bounded_command.CommandFailed as failure:
    print(failure, time.monotonic() - began < 5)
"""


def test_command_that_is_waited_for_is_ended():
    done = subprocess.run([sys.executable, "-c", STOPPED], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout == "it was stopped True\n"
