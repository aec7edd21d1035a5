"""The real app, started in folders of its own, seen through accessibility and driven by its buttons.

One `App` is one run of the program. A `home` outlives it, so that a test can close the app and open it again. The
app is offline here: no address of a network assistant is set, and `internet_sockets` shows whether that holds.
"""
import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path

import screen
from accessible import application
from waiting import wait_until

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = PROJECT / ".build" / "release" / "duetml"
PICTURES = PROJECT / "build" / "screenshots"

AT_REST = 6
"""Looks in a row that find a widget in the same place: longer than a slow frame and a slow layout."""


class Home:
    """Private XDG folders, removed with `close`."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="duetml-home-")
        self.path = Path(self.folder.name)
        for name in ("data", "config", "cache", "state"):
            (self.path / name).mkdir()
        # What a GNOME desktop would tell GTK: the pictures then show the app as people see it.
        settings = self.path / "config" / "gtk-4.0" / "settings.ini"
        settings.parent.mkdir()
        settings.write_text("[Settings]\ngtk-font-name=Cantarell 11\n")

    def environment(self):
        names = ("data", "config", "cache", "state")
        return {"XDG_%s_HOME" % name.upper(): str(self.path / name) for name in names}

    def close(self):
        self.folder.cleanup()


class App:
    def __init__(self, home, *arguments, dark=False):
        self.log = home.path / "app.log"
        environment = {**os.environ, **home.environment(), "DUETML_NON_UNIQUE": "1",
                       "GSK_RENDERER": "cairo",  # A virtual screen has no graphics card; the window's tests use GL.
                       "ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if dark else "prefer-light"}
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([str(PROGRAM), *arguments], env=environment, stdout=log, stderr=log)
        self.tree = wait_until("the app on the accessibility bus", self._appear, otherwise=self.log.read_text)
        self.window = screen.window_of(self.process.pid)[0]
        screen.move(self.window, 0, 0)

    def _appear(self):
        assert self.process.poll() is None, "the app ended at once: " + self.log.read_text()
        return application(self.process.pid)

    # What it shows

    def find(self, name, role=None, **how):
        return self.tree.find(name, role, **how)

    def look_for(self, name=None, role=None, **how):
        return self.tree.look_for(name, role, **how)

    def labels(self):
        return [widget.name for widget in self.tree.descendants if widget.role == "label" and widget.is_showing]

    def photo_counts(self):
        """The counts that the categories show, from top to bottom."""
        found = (re.fullmatch(r"(\d+) photos?", label) for label in self.labels())
        return [int(match.group(1)) for match in found if match]

    def training_status(self):
        status = self.look_for("Training status")
        return status.description if status else ""

    def probabilities(self):
        """{category: percentage} as read out by the chart; empty while there is no answer."""
        chart = self.look_for("Probabilities")
        found = re.findall(r"(?:^|, )(.+?) (?:[<>] )?(\d+) %", chart.description) if chart else []
        return {name: int(number) for name, number in found}

    def messages(self):
        """The conversation from old to new, each message in one sentence with its speaker."""
        conversation = self.look_for("Conversation")
        return [row.name for row in conversation.children] if conversation else []

    def inventory(self):
        return self.tree.inventory()

    # What a person does

    def press(self, name):
        self.find(name, where=lambda widget: widget.has("sensitive")).press()

    def type(self, name, text):
        self.find(name).type(text)

    def say(self, text):
        self.type("Message", text)
        self.press("Send")

    def place(self, name):
        """The middle of a widget on the screen, once it has come to rest there."""
        seen = []

        def rests():
            seen.append(self.find(name).extents)
            return len(seen) >= AT_REST and len(set(seen[-AT_REST:])) == 1
        self.wait("%r to come to rest" % name, rests)
        left, top = screen.position(self.window)
        x, y, width, height = seen[-1]
        return left + x + width // 2, top + y + height // 2

    def wait(self, what, condition, **how):
        def look():
            assert self.process.poll() is None, "the app ended while the test waited for %s: status %d, %s" % (
                what, self.process.poll(), self.crash())
            return condition()
        return wait_until(what, look, otherwise=self.inventory, **how)

    def picture(self, name):
        screen.screenshot(PICTURES / (name + ".png"), self.window)

    # How it ends

    def close(self):
        """Closes the window by its button, and waits for the app to end in order."""
        self.press("Close")
        status = wait_until("the app to end", lambda: (self.process.poll() is not None) and [self.process.poll()])
        assert status == [0], "the app ended with the status %d: %s" % (status[0], self.log.read_text())

    def kill(self):
        """As a power cut would: no chance to save anything."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self):
        """For the end of a test, however it went."""
        if self.process.poll() is None:
            self.kill()

    def crash(self):
        """The beginning of the backtrace, if there is one, else the end of the log."""
        text = self.log.read_text()
        begin = max(0, *(text.find(word) for word in ("Fatal error", "Program crashed", "Crash:")))
        return text[begin:begin + 4000] if begin else text[-1000:]

    def complaints(self):
        """What GTK and GLib found wrong in this run."""
        return [line for line in self.log.read_text().splitlines() if re.search(r"CRITICAL|WARNING|Fatal|ERROR", line)]

    def internet_sockets(self):
        """The sockets of the process that could reach another computer."""
        fds = Path("/proc/%d/fd" % self.process.pid)
        targets = (os.readlink(fd) for fd in fds.iterdir() if fd.is_symlink())
        own = {match.group(1) for match in (re.fullmatch(r"socket:\[(\d+)\]", target) for target in targets) if match}
        found = []
        for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
            lines = Path("/proc/%d/net/%s" % (self.process.pid, table)).read_text().splitlines()[1:]
            found += [line for line in lines if line.split()[9] in own]
        return found
