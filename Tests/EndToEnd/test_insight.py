"""How good is it?: the score, the checks, "what if?" and the map, in the real window and offline.

Run by script/test on a desktop of its own. The pictures it takes go to build/screenshots.
"""
import os
import re
import unittest

import stamps
from app import PROGRAM, App, Home
from screen import PhotoSource

SOURCE_PLACE = (0, 806)
TRAINED = "Training is finished ("


@unittest.skipUnless(os.environ.get("DISPLAY"), "needs a display: run script/test")
class Insight(unittest.TestCase):
    def setUp(self):
        self.assertTrue(PROGRAM.exists(), "the app is not built: run script/test")
        self.home = Home()
        self.addCleanup(self.home.close)
        self.app = App(self.home, "--demo")
        self.addCleanup(self.app.end)
        self.app.wait("the trained demo", lambda: self.app.training_status().startswith(TRAINED), patience=120)

    def end(self):
        self.assertEqual(self.app.internet_sockets(), [])
        self.app.close()
        self.assertEqual(self.app.complaints(), [])

    def test_the_score_is_said_in_words_and_its_table_opens_photos(self):
        app = self.app
        app.press("How good is it?")
        score = app.wait("the score", lambda: [label for label in app.labels() if "photos it has not seen" in label])
        self.assertTrue(score)
        table = app.find("Confusion table")
        cells = [cell for cell in table.descendants if cell.role in ("button", "push button") and cell.name]
        self.assertGreaterEqual(len(cells), 2, "two categories make at least the cells of right answers")
        app.picture("insight-score")
        self.end()

    def test_a_copy_is_found_and_removed_with_one_click(self):
        app = self.app
        before = app.photo_counts()
        source = PhotoSource({"copy": stamps.photos("plants/flowers", 1)}, *SOURCE_PLACE)
        self.addCleanup(source.close)
        # The same flower into both categories: whichever had it before, now two photos are alike.
        source.drag("copy", *app.place("Name of category 1"))
        app.wait("one photo more", lambda: app.photo_counts()[0] == before[0] + 1)
        source.drag("copy", *app.place("Name of category 2"))
        app.wait("one photo more there, too", lambda: app.photo_counts()[1] == before[1] + 1)
        app.press("How good is it?")
        app.press("Photos to check")
        removal = app.wait("the copies", lambda: [
            widget for widget in app.tree.descendants if re.match(r"Remove .*, in Edible$", widget.name)])
        removal[0].press()
        app.wait("the copy to be gone", lambda: app.photo_counts()[0] == before[0])
        app.picture("insight-checks")
        self.end()

    def test_what_if_shows_before_and_after_and_leaves_the_photos_alone(self):
        app = self.app
        before = app.photo_counts()
        app.press("How good is it?")
        app.press("What if?")
        tries = app.wait("the questions", lambda: [
            widget for widget in app.tree.descendants if widget.name.startswith("Try: ") and widget.has("sensitive")])
        tries[0].press()
        app.wait("what then", lambda: sum(bool(re.fullmatch(r"\d+ of 100", label)) for label in app.labels()) >= 2)
        self.assertEqual(app.photo_counts()[:2], before, "the window beside it shows counts, too")
        app.picture("insight-what-if")
        self.end()


if __name__ == "__main__":
    unittest.main()
