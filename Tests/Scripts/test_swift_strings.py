"""That every way in which Swift sources write a translatable text is found, and nothing else is."""
import sys
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "script" / "lib"))
from swift_strings import texts  # noqa: E402


class SwiftStrings(unittest.TestCase):
    def found(self, source):
        return [text for _, _, found in texts(source) for text in found]

    def test_plain_joined_and_long_literals(self):
        self.assertEqual(self.found('a = L("Train")'), ["Train"])
        self.assertEqual(self.found('L(\n  "One " // why\n    + "sentence.", ["n": 1])'), ["One sentence."])
        self.assertEqual(self.found('L(\n  """\n  Usage:\n\n    --help  this\n  """)'), ["Usage:\n\n  --help  this"])

    def test_plurals_give_both_forms(self):
        self.assertEqual(self.found('LN("{count} photo", "{count} photos", n)'), ["{count} photo", "{count} photos"])

    def test_escapes(self):
        self.assertEqual(self.found(r'L("a \"b\" \u{2026}\n")'), ['a "b" \u2026\n'])

    def test_what_is_not_a_text(self):
        source = ('// L("no")\nURL("no"); x.L("no"); let s = "L(\\"no\\")"\nfunc L(_ key: String) {}')
        self.assertEqual(self.found(source), [])
        self.assertEqual(self.found('let sql = """\n  SELECT "L(" FROM x\n  """; L("yes")'), ["yes"])

    def test_several_calls_in_one_expression(self):
        self.assertEqual(self.found('x ? L("a", ["v": L("b")]) : L("c")'), ["a", "b", "c"])

    def test_the_line_is_that_of_the_call(self):
        self.assertEqual([line for line, _, _ in texts('let a = 1\n\nlet b = L("x")\n')], [3])

    def test_a_text_made_at_run_time_is_refused(self):
        for source in ("L(name)", 'L("Hello \\(name)")'):
            with self.assertRaises(SystemExit):
                self.found(source)

    def test_every_text_of_the_app_is_found(self):
        for path in sorted((PROJECT / "Sources").rglob("*.swift")):
            list(texts(path.read_text()))  # Refuses what cannot be translated.


if __name__ == "__main__":
    unittest.main()
