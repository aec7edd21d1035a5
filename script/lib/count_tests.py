"""count_tests.py LOGS PART...: counts what passed and failed in the parts of a test run, and says so in the last line.

Each part left LOGS/PART.log and LOGS/PART.status. Three test runners write the logs: Swift Testing, XCTest and
Python's unittest. A part that ended badly without a failed test to show for it (a crash, a build that failed) counts
as one failure, and so does a part of tests that ran none: silence never looks like success.
"""
import re
import sys
from pathlib import Path

SWIFT_TESTING = re.compile(r"^\S+ +Test (?!run with)(?!case )(.+?) (?:with \d+ test cases? )?"
                           r"(passed(?= after)|failed(?= after)|skipped(?=[:.]|$))")
XCTEST = re.compile(r"^Test Case '(.+)' (passed|failed|skipped) \(")
UNITTEST_RESULT = re.compile(r"^(?:.* \.\.\. )?(ok|FAIL|ERROR|skipped .*)$")
WORDS = {"ok": "passed", "FAIL": "failed", "ERROR": "failed"}


def results(text):
    """[(name, "passed" | "failed" | "skipped")] in the order of the log."""
    found, current = [], ""
    for line in text.splitlines():
        match = SWIFT_TESTING.match(line) or XCTEST.match(line)
        if match:
            found.append(match.groups())
            continue
        named = re.match(r"^(\w+ \([\w.]+\))", line)
        if named:
            current = named.group(1)
        outcome = UNITTEST_RESULT.match(line)
        if outcome and current:
            found.append((current, WORDS.get(outcome.group(1), "skipped")))
            current = ""
    return found


def main(logs, parts):
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for part in parts:
        found = results((logs / (part + ".log")).read_text(errors="replace"))
        status = int((logs / (part + ".status")).read_text())
        failed = [name for name, outcome in found if outcome == "failed"]
        if not failed and status != 0:
            failed = ["%s ended with the status %d (see %s)" % (part, status, logs / (part + ".log"))]
        if not found and not failed and not part.startswith("build"):
            failed = ["%s ran no test at all" % part]
        skipped = [name for name, outcome in found if outcome == "skipped"]
        passed = sum(outcome == "passed" for _, outcome in found)
        print("%-14s %4d passed, %d failed, %d skipped" % (part, passed, len(failed), len(skipped)))
        for name in failed:
            print("  failed: " + name)
        for name in skipped:
            print("  skipped: " + name)
        for outcome, count in (("passed", passed), ("failed", len(failed)), ("skipped", len(skipped))):
            totals[outcome] += count
    print("%(passed)d passed, %(failed)d failed" % totals)
    return 1 if totals["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
