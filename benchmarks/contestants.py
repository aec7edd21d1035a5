"""The programs of a comparison as child processes that answer one JSON line for each JSON line they are asked."""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Failure(Exception):
    """A contestant could not do what was asked; the text says why."""


class Contestant:
    """A child process. `name` and `version` are for the table."""

    def __init__(self, name, command, log, environment=None):
        self.name, self.version = name, ""
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1, cwd=HERE,
            env={**os.environ, **(environment or {})})

    def ask(self, **request):
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise Failure(f"{self.name} ended with the exit status {self.process.wait()}")
        answer = json.loads(line)
        if answer.get("error"):
            raise Failure(answer["error"])
        return answer

    def times(self, **request):
        return self.ask(**request)["times"]

    def end(self):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Duet(Contestant):
    """This project's own program; its requests have the form of `duet bench --serve`."""

    def __init__(self, duet, log):
        super().__init__("DuetML", [str(duet), "bench", "--serve"], log)


def start_peer(name, data, models, log):
    """A peer's process. Raises Failure with the reason why it cannot be measured."""
    peer = Contestant(name, [sys.executable, "-m", "peers.worker", name, str(data), str(models)], log)
    line = peer.process.stdout.readline()
    answer = json.loads(line) if line else {"missing": "it ended while it was starting"}
    if "missing" in answer:
        peer.end()
        raise Failure(answer["missing"])
    peer.name, peer.version = answer["ready"]["name"], answer["ready"]["version"]
    return peer
