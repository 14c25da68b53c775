"""Says what it was given, as a report on a lake would."""

import sys

print("reports on", sys.argv[sys.argv.index("--lake") + 1])
