"""Runs a command so that it never outlives dagwright.

usage: python guard.py COMMAND [ARGUMENT ...]

dagwright starts this file as the leader of a process group of its own and holds the other end of its standard input. When that end
closes without a signal having come first (dagwright was killed outright), the whole group is ended. It must run on any Python 3.9+.
"""

import os
import signal
import subprocess
import sys
import threading
import time

GRACE_SECONDS = 5


def end_group_when_parent_dies():
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    os.killpg(0, signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)


def main():
    # A signal to the group reaches the command itself; this process stays to pass on how it ended.
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, lambda *_: None)
    try:
        child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    except OSError as error:
        print(f"{sys.argv[1]}: {error.strerror}", file=sys.stderr)
        os._exit(127)
    threading.Thread(target=end_group_when_parent_dies, daemon=True).start()
    while True:
        try:
            code = child.wait()
            break
        except InterruptedError:
            continue
    sys.stdout.flush()
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
