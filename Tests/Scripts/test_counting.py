"""That the last lines of script/test count what really happened, in the words of all three test runners."""
import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "script" / "lib"))
import count_tests  # noqa: E402

SWIFT_TESTING = """◇ Test run started.
◇ Test adds() started.
✔ Test adds() passed after 0.001 seconds.
✘ Test subtracts() recorded an issue at X.swift:3:5: Expectation failed
✘ Test subtracts() failed after 0.002 seconds with 1 issue.
✔ Test "in words" passed after 0.001 seconds.
◇ Test case passing 1 argument n → 5 to many(n:) started.
✔ Test many(n:) with 3 test cases passed after 0.001 seconds.
➜ Test needsPhotos() skipped: "no photos here"
✔ Suite Sums passed after 0.001 seconds.
✘ Test run with 5 tests in 1 suite failed after 0.003 seconds with 1 issue.
"""
XCTEST = """Test Case 'W.testA' started at 2026-01-01
Test Case 'W.testA' passed (0.1 seconds)
/x/W.swift:3: error: W.testB : XCTAssertTrue failed
Test Case 'W.testB' failed (0.1 seconds)
Test Case 'W.testC' skipped (0.1 seconds)
Test Suite 'W' failed at 2026-01-01
"""
UNITTEST = """test_a (m.C.test_a) ... ok
test_b (m.C.test_b)
What it is for. ... FAIL
test_c (m.C.test_c) ... noise of another program
ERROR
test_d (m.C.test_d) ... skipped 'needs a display'

======================================================================
FAIL: test_b (m.C.test_b)
Ran 4 tests in 1s
"""


class Counting(unittest.TestCase):
    def outcomes(self, text):
        return [outcome for _, outcome in count_tests.results(text)]

    def counted(self, **parts):
        """The last line and the exit status for parts given as (log, status)."""
        with tempfile.TemporaryDirectory() as folder:
            for name, (log, status) in parts.items():
                (Path(folder) / (name + ".log")).write_text(log)
                (Path(folder) / (name + ".status")).write_text(str(status))
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                status = count_tests.main(Path(folder), list(parts))
            return out.getvalue().splitlines()[-1], status

    def test_swift_testing(self):
        self.assertEqual(self.outcomes(SWIFT_TESTING), ["passed", "failed", "passed", "passed", "skipped"])

    def test_xctest(self):
        self.assertEqual(self.outcomes(XCTEST), ["passed", "failed", "skipped"])

    def test_unittest(self):
        self.assertEqual(self.outcomes(UNITTEST), ["passed", "failed", "failed", "skipped"])

    def test_all_parts_are_added_up(self):
        self.assertEqual(self.counted(a=(SWIFT_TESTING, 1), b=(XCTEST, 1)), ("4 passed, 2 failed", 1))

    def test_all_passed(self):
        self.assertEqual(self.counted(a=("✔ Test adds() passed after 1 seconds.\n", 0)), ("1 passed, 0 failed", 0))

    def test_a_crash_is_a_failure_even_if_every_test_before_it_passed(self):
        self.assertEqual(self.counted(a=("✔ Test adds() passed after 1 seconds.\n", 132)), ("1 passed, 1 failed", 1))

    def test_a_part_that_ran_no_test_is_a_failure(self):
        self.assertEqual(self.counted(a=("nothing here\n", 0)), ("0 passed, 1 failed", 1))

    def test_a_build_has_no_tests_to_count(self):
        self.assertEqual(self.counted(**{"build-x": ("Build complete!\n", 0)}), ("0 passed, 0 failed", 0))


if __name__ == "__main__":
    unittest.main()
