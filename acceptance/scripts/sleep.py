"""Sleeps for so many seconds, as a step that takes its time."""

import sys
import time

time.sleep(int(sys.argv[1]))
