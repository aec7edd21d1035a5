"""The whole app from end to end: the real program in a real window, with a real drag and drop, offline.

Run by script/test on a desktop of its own. The pictures it takes go to build/screenshots.
"""
import os
import unittest

import stamps
from app import PROGRAM, App, Home
from screen import PhotoSource

SOURCE_PLACE = (0, 806)
"""Below the app's window, so that neither covers the other."""
TRAINED = "Training is finished ("


@unittest.skipUnless(os.environ.get("DISPLAY"), "needs a display: run script/test")
class Story(unittest.TestCase):
    def setUp(self):
        self.assertTrue(PROGRAM.exists(), "the app is not built: run script/test")
        self.home = Home()
        self.addCleanup(self.home.close)

    def start(self, *arguments, **how):
        app = App(self.home, *arguments, **how)
        self.addCleanup(app.end)
        return app

    def source(self, **groups):
        source = PhotoSource(groups, *SOURCE_PLACE)
        self.addCleanup(source.close)
        return source

    def add_categories(self, app, *names):
        for number, name in enumerate(names, 1):
            app.press("Add category")
            app.type("Name of category %d" % number, name)
            app.find("Choose photos for " + name)

    def test_from_the_start_page_to_a_trained_model(self):
        fruit, flowers = stamps.photos("food/fruit", 13), stamps.photos("plants/flowers", 12)
        source = self.source(fruit=fruit[:12], flowers=flowers, test=fruit[12:])
        app = self.start()
        app.find("New project")
        app.picture("start-page")
        app.press("New project")
        self.add_categories(app, "Edible", "Not edible")

        source.drag("fruit", *app.place("Choose photos for Edible"))
        app.wait("12 photos in the first category", lambda: app.photo_counts() == [12, 0])
        app.press("Train")
        app.wait("the sentence about what is missing",
                 lambda: app.training_status() == "2 categories with photos are needed.")
        source.drag("flowers", *app.place("Choose photos for Not edible"))
        app.wait("12 photos in both categories", lambda: app.photo_counts() == [12, 12])
        app.press("Train")
        app.wait("the end of the training", lambda: app.training_status().startswith(TRAINED))

        source.drag("test", *app.place("Choose a photo to test"))
        bars = app.wait("the answer", app.probabilities)
        self.assertEqual(set(bars), {"Edible", "Not edible"})
        self.assertAlmostEqual(sum(bars.values()), 100, delta=1)
        self.assertGreater(bars["Edible"], bars["Not edible"], "a fruit is nearer to fruit than to flowers")
        app.picture("trained")

        self.assertEqual(app.internet_sockets(), [])
        app.close()
        self.assertEqual(app.complaints(), [])

    def test_everything_is_back_after_closing_and_reopening(self):
        source = self.source(fruit=stamps.photos("food/fruit", 8), flowers=stamps.photos("plants/flowers", 8))
        app = self.start("--new")
        self.add_categories(app, "Fruit", "Flowers")
        source.drag("fruit", *app.place("Choose photos for Fruit"))
        app.wait("the first photos", lambda: app.photo_counts() == [8, 0])
        source.drag("flowers", *app.place("Choose photos for Flowers"))
        app.wait("the photos", lambda: app.photo_counts() == [8, 8])
        app.press("Train")
        app.wait("the end of the training", lambda: app.training_status().startswith(TRAINED))
        app.say("I want to tell fruit from flowers")
        app.wait("the assistant's reply", lambda: len(app.messages()) >= 3)
        shown, status = app.messages(), app.training_status()
        app.close()

        app = self.start()
        app.wait("the photos", lambda: app.photo_counts() == [8, 8])
        self.assertIsNotNone(app.look_for("Photos of Fruit"))
        self.assertIsNotNone(app.look_for("Photos of Flowers"))
        self.assertEqual(app.training_status(), status)
        app.wait("the conversation", lambda: app.messages()[:len(shown)] == shown)
        app.close()
        self.assertEqual(app.complaints(), [])

    def import_many(self):
        """An app in the middle of an import, and how many photos it showed last."""
        source = self.source(animals=stamps.photos("animals", 120))
        app = self.start("--new")
        self.add_categories(app, "Animals")
        source.drag("animals", *app.place("Choose photos for Animals"))
        app.wait("the first photos", lambda: app.photo_counts() and app.photo_counts()[0] > 0)
        self.assertIsNotNone(app.look_for("Cancel the import"), "the import was over before it could be interrupted")
        return app, app.photo_counts()[0]

    def assert_kept(self, shown):
        app = self.start()
        app.wait("the photos that were shown", lambda: app.photo_counts() and app.photo_counts()[0] >= shown)
        self.assertIsNotNone(app.look_for("Photos of Animals"))
        app.close()
        self.assertEqual(app.complaints(), [])

    def test_closing_during_an_import_loses_nothing_that_was_shown(self):
        app, shown = self.import_many()
        app.close()
        self.assert_kept(shown)

    def test_a_power_cut_during_an_import_loses_nothing_that_was_shown(self):
        app, shown = self.import_many()
        app.kill()
        self.assert_kept(shown)

    def test_the_demo_trained_and_answering(self):
        app = self.start("--demo")
        app.wait("the trained demo", lambda: app.training_status().startswith(TRAINED), patience=120)
        self.assertEqual(len(app.photo_counts()), 2)
        app.press("Test lion")
        bars = app.wait("the answer", app.probabilities)
        self.assertEqual(set(bars), {"Edible", "Not edible"}, "there is no category for animals yet")
        app.picture("demo-light")

        before = len(app.messages())
        app.say("Why is a lion edible?")
        app.wait("a saved reply, labelled as one",
                 lambda: any("(Saved reply)" in message for message in app.messages()[before + 1:]))
        before = len(app.messages())
        app.say("How many photos does each category have, and what is the airspeed of a swallow?")
        app.wait("a fact from the project, labelled as such",
                 lambda: any("(Built-in coach)" in message for message in app.messages()[before + 1:]))
        app.picture("demo-chat")

        self.assertEqual(app.internet_sockets(), [])
        app.close()

        app = self.start(dark=True)
        app.wait("the answer of before", lambda: app.probabilities() == bars)
        app.picture("demo-dark")
        app.close()
        self.assertEqual(app.complaints(), [])

    def test_a_third_category_ends_the_surprise_of_the_demo(self):
        source = self.source(animals=stamps.demo_animals())
        app = self.start("--demo")
        app.wait("the trained demo", lambda: app.training_status().startswith(TRAINED), patience=120)
        app.press("Test lion")
        app.wait("the answer", app.probabilities)

        app.press("Add category")
        app.type("Name of category 3", "Not a plant")
        app.find("Choose photos for Not a plant")
        source.drag("animals", *app.place("Name of category 3"))
        app.wait("the animals", lambda: app.photo_counts()[2:] == [len(stamps.demo_animals())])
        self.assertEqual(app.find("Name of category 3").text, "Not a plant", "the files went into the name")
        # The model keeps up with the photos by itself, because Train was pressed for the demo.
        app.wait("a lion that is not a plant", lambda: app.probabilities().get("Not a plant", 0) > 50)
        app.picture("demo-third-category")
        app.close()
        self.assertEqual(app.complaints(), [])

    def test_the_active_assistant_stays_as_it_was_switched(self):
        app = self.start("--new")
        switch = app.find("Active assistant", "check box")
        was_on = switch.has("checked")
        switch.press()
        app.wait("the switch to turn", lambda: switch.has("checked") != was_on)
        app.say("I want to sort my toys")
        app.wait("a reply", lambda: len(app.messages()) >= 3)
        app.close()
        app = self.start(dark=True)
        self.assertNotEqual(app.find("Active assistant", "check box").has("checked"), was_on)
        app.picture("reopened-dark")
        app.close()
        self.assertEqual(app.complaints(), [])

    def test_the_baseline_system_has_no_assistants(self):
        app = self.start("--baseline", "--demo")
        app.wait("the trained demo", lambda: app.training_status().startswith(TRAINED), patience=120)
        app.press("Test lion")
        app.wait("the answer", app.probabilities)
        for name in ("Message", "Send", "Conversation", "Active assistant", "Ask the assistant about this result",
                     "Ask the assistant about Edible", "Assistants"):
            self.assertIsNone(app.look_for(name), "the baseline system shows %r" % name)
        app.picture("baseline")
        app.close()
        self.assertEqual(app.complaints(), [])


if __name__ == "__main__":
    unittest.main()
