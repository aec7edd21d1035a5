"""The page about boundaries in the real window: a point clicked in, an arrow dragged with the pointer, kept, and still
there after closing and opening again.

Run by script/test on a desktop of its own. The picture it takes goes to build/screenshots.
"""
import os
import unittest

import app as program
from screen import STEPS, xdotool

PLANE = "Points and boundary"
ARROW = "Arrow 1: Here it becomes the other one"
TO_THE_TIP = (90, -60)
"""Pixels from the point to the tip of the arrow."""


def click(x, y):
    xdotool("mousemove", x, y, "click", 1)


def drag(begin, end):
    xdotool("mousemove", *begin, "mousedown", 1)
    for step in range(1, STEPS + 1):
        xdotool("mousemove", *(a + (b - a) * step // STEPS for a, b in zip(begin, end)))
    xdotool("mouseup", 1)


@unittest.skipUnless(os.environ.get("DISPLAY"), "needs a display: run script/test")
class Boundary(unittest.TestCase):
    def setUp(self):
        self.assertTrue(program.PROGRAM.exists(), "the app is not built: run script/test")
        self.home = program.Home()
        self.addCleanup(self.home.close)

    def start(self):
        """The app with the page on the screen, over an empty project of photos."""
        app = program.App(self.home, "--new")
        self.addCleanup(app.end)
        click(*app.place("Boundary"))
        app.find(PLANE)
        return app

    def test_an_arrow_is_dragged_tried_out_and_kept(self):
        app = self.start()
        x, y = app.place(PLANE)
        app.press("Add points “0”")
        app.find("Click on the plane to add a point “0”.")
        click(x, y)
        app.wait("the new point", lambda: app.find("Undo").description == "Add a point")
        app.press("Arrows")
        app.find("Drag from a point to the place where it would become the other kind.")
        drag((x, y), (x + TO_THE_TIP[0], y + TO_THE_TIP[1]))
        app.find("New arrow")
        app.wait("what the arrow would do",
                 lambda: [text for text in app.labels() if text.startswith("With the arrow ")])
        app.picture("boundary-trial")
        self.assertIsNone(app.look_for(ARROW), "the arrow counts before it was kept")
        app.press("Keep the arrow")
        app.find(ARROW)
        app.press("Play the training")
        app.wait("some epochs", lambda: [text for text in app.labels() if text.startswith("Epoch ")])
        app.press("Pause the training")
        self.assertEqual(app.internet_sockets(), [])
        app.close()

        app = self.start()
        app.find(ARROW)
        app.press("Delete arrow 1")
        app.wait("the arrow to go", lambda: app.look_for(ARROW) is None)
        app.press("Undo")
        app.find(ARROW)
        app.close()
        self.assertEqual(app.complaints(), [])


if __name__ == "__main__":
    unittest.main()
