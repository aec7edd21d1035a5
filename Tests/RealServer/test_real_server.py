"""The command line talks to a real chat server: the LiteLLM proxy, which many schools and companies run.

Every request is checked against the openai package's own types, and the project's ledger against what really passed.
"""
import json
import os
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

from request_types import check
from server import KEY, REPLY, Proxy, Recorder

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("DUETML_DUET", PROJECT / ".build" / "release" / "duet"))


def pictures(request):
    """How many pictures a request shows."""
    parts = [part for message in request["messages"] if isinstance(message["content"], list)
             for part in message["content"]]
    return sum(part["type"] == "image_url" for part in parts)


class RealServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        assert PROGRAM.exists(), "the command line is not built: run script/test"
        cls.proxy = Proxy()
        cls.addClassCleanup(cls.proxy.close)
        folder = tempfile.TemporaryDirectory(prefix="duetml-real-server-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.demo = cls.folder / "demo.duet"
        made = subprocess.run([PROGRAM, "demo", "--out", cls.demo], capture_output=True, text=True)
        assert made.returncode == 0, made.stderr

    def setUp(self):
        self.recorder = Recorder(self.proxy.port)
        self.addCleanup(self.recorder.close)
        folder = tempfile.TemporaryDirectory(dir=self.folder)
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.project = self.home / "lesson.duet"
        self.project.write_bytes(self.demo.read_bytes())

    def chat(self, *arguments, model="tiny", key=KEY, address=None, **more):
        environment = {**os.environ, **more, "DUETML_BASE_URL": address or self.recorder.address, "DUETML_MODEL": model,
                       "DUETML_API_KEY": key, "XDG_CACHE_HOME": str(self.home / "cache"),
                       "XDG_CONFIG_HOME": str(self.home / "config"), "LC_ALL": "C.UTF-8"}
        ran = subprocess.run([PROGRAM, "chat", self.project, *arguments, "--json"], env=environment,
                             capture_output=True, text=True)
        self.assertNotIn(KEY, ran.stdout + ran.stderr)
        return ran

    def ledger(self):
        with sqlite3.connect(self.project) as database:
            return database.execute("SELECT bytes, photos, is_this_computer FROM request ORDER BY id").fetchall()

    def assert_ledger_is_true(self):
        """As many lines as requests, with the bytes that passed."""
        self.assertEqual([line[0] for line in self.ledger()], [len(body) for body in self.recorder.bodies])
        self.assertEqual({line[2] for line in self.ledger()}, {1})

    def assert_answered(self, ran, source):
        self.assertEqual(ran.returncode, 0, ran.stderr)
        answer = json.loads(ran.stdout)
        self.assertEqual(answer["source"], source)
        return answer["reply"]

    def test_a_message_is_answered(self):
        self.assertEqual(self.assert_answered(self.chat("What should I try next?"), "network"), REPLY)
        request, = self.recorder.requests
        check(request)
        self.assertTrue(request["stream"] and request["tools"])
        self.assertGreater(pictures(request), 0)
        self.assert_ledger_is_true()
        with sqlite3.connect(self.project) as database:
            photos, = database.execute(
                "SELECT sum(least) FROM (SELECT min(count(*), 50) AS least FROM photo"
                " WHERE category_id IS NOT NULL AND removed = 0 GROUP BY category_id)").fetchone()
            extras, = database.execute("SELECT extras FROM message WHERE source = 'network'").fetchone()
        self.assertEqual([line[1] for line in self.ledger()], [photos])
        self.assertGreater(json.loads(extras)["usage"]["completion"], 0)

    def test_questions_about_a_category_and_a_result_are_answered(self):
        photo = sorted(Path("/usr/share/tuxpaint/stamps/food/fruit").glob("*.png"))[0]
        self.assertEqual(self.assert_answered(self.chat("--ask-category", "Edible"), "network"), REPLY)
        self.assertEqual(self.assert_answered(self.chat("--ask-result", str(photo)), "network"), REPLY)
        category, result = self.recorder.requests
        check(category)
        check(result)
        self.assertEqual([pictures(category), pictures(result)], [1, 1])
        self.assertEqual(self.ledger()[-1][1], 1, "the test photo alone")
        self.assert_ledger_is_true()

    def test_a_busy_server_is_asked_again_and_the_ledger_knows(self):
        ran = self.chat("What should I try next?", model="busy")
        self.assertNotEqual(self.assert_answered(ran, json.loads(ran.stdout)["source"]), "")
        self.assertIn("too many questions", ran.stderr)
        self.assertEqual(len(self.recorder.bodies), 4, "once, and three times again")
        self.assert_ledger_is_true()

    def test_a_model_that_is_not_there_is_named(self):
        ran = self.chat("What should I try next?", model="elephant")
        self.assertIn("does not know the model elephant", ran.stderr)
        self.assertEqual(len(self.recorder.bodies), 1)
        self.assert_ledger_is_true()

    def test_a_wrong_key_ends_in_a_sentence_and_an_offline_answer(self):
        ran = self.chat("What should I try next?", key="sk-wrong")
        self.assertIn(json.loads(ran.stdout)["source"], ("cache", "coach"))
        self.assertIn("The assistant does not accept", ran.stderr)
        self.assert_ledger_is_true()

    def test_a_proxy_of_the_environment_is_used_for_the_internet_alone(self):
        far = "http://assistant.invalid/v1"
        ran = self.chat("What should I try next?", "--consent", "words", address=far,
                        http_proxy=self.recorder.address.removesuffix("/v1"))
        self.assertEqual(self.assert_answered(ran, "network"), REPLY)
        self.assertEqual(self.recorder.addresses, [far + "/chat/completions"])
        self.assertEqual([line[1:] for line in self.ledger()], [(0, 0)], "words alone, and they left this computer")
        ran = self.chat("And then?", http_proxy="http://assistant.invalid:1")
        self.assertEqual(self.assert_answered(ran, "network"), REPLY)
        self.assertEqual(self.recorder.addresses[1:], ["/v1/chat/completions"])

    def test_the_key_stays_out_of_every_file(self):
        self.chat("What should I try next?")
        for file in self.home.rglob("*"):
            if file.is_file():
                self.assertNotIn(KEY.encode(), file.read_bytes(), file.name)


if __name__ == "__main__":
    unittest.main()
