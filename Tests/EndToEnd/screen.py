"""The screen, the pointer and the windows on it, through xdotool: what a hand at the mouse does.

A drag goes from the photo source's window to a place in the app. Each of its steps waits for the source's word that
the step before has happened, never for time to pass.
"""
import os
import queue
import re
import subprocess
import sys
import threading
from pathlib import Path

from waiting import wait_until

STEPS = 12
"""Positions of the pointer on the way of a drag."""


def xdotool(*arguments):
    return subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True).stdout


def window_of(process_id, title=".*"):
    """(window, x, y) of the visible window of a process; waits for it."""
    words = ["search", "--all", "--onlyvisible", "--pid", process_id, "--name", title]
    found = wait_until("a window of process %d" % process_id, lambda: xdotool(*words).split())
    return (found[-1], *position(found[-1]))


def geometry(window):
    """(x, y, width, height) on the screen. xdotool counts the frame of a window twice; xwininfo does not."""
    text = subprocess.run(["xwininfo", "-id", window], capture_output=True, text=True).stdout
    fields = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
    return tuple(int(re.search(field + r":\s+(-?\d+)", text).group(1)) for field in fields)


def position(window):
    return geometry(window)[:2]


def move(window, x, y):
    """Moves a window, and waits until the window manager has done so."""
    def has_moved():
        xdotool("windowmove", window, x, y)
        return position(window) == (x, y)
    wait_until("the window to be at %d, %d" % (x, y), has_moved, otherwise=lambda: position(window))


def screenshot(path, window):
    """A picture of what the screen shows where the window is."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    x, y, width, height = geometry(window)
    area = "%dx%d+%d+%d" % (width, height, x, y)
    subprocess.run(["import", "-window", "root", "-crop", area, "+repage", str(path)], check=True)


class PhotoSource:
    """The window that photos are dragged out of."""

    def __init__(self, groups, x, y):
        """`groups`: {name: [path]}."""
        words = ["%s=%s" % (name, ":".join(map(str, paths))) for name, paths in groups.items()]
        script = Path(__file__).with_name("photo_source.py")
        self.process = subprocess.Popen([sys.executable, "-B", str(script), *words], stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "GTK_A11Y": "none"})
        self.said = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.names = list(groups)
        self._hear("ready")
        self.window = window_of(self.process.pid)[0]
        move(self.window, x, y)

    def _listen(self):
        for line in self.process.stdout:
            self.said.put(line.strip())

    def _hear(self, sentence):
        try:
            while self.said.get(timeout=15) != sentence:
                pass
        except queue.Empty:
            raise AssertionError("the photo source never said %r" % sentence) from None

    def drag(self, name, x, y):
        """Drags a group to a place on the screen and lets go once the place would take it."""
        left, top, width, height = geometry(self.window)
        begin_x = left + width * (2 * self.names.index(name) + 1) // (2 * len(self.names))
        begin_y = top + height // 2
        xdotool("windowraise", self.window)
        xdotool("mousemove", begin_x, begin_y, "mousedown", 1)
        try:
            for step in range(1, STEPS + 1):
                if step == 3:
                    self._hear("begin " + name)  # GTK begins a drag after a few pixels.
                xdotool("mousemove", begin_x + (x - begin_x) * step // STEPS,
                        begin_y + (y - begin_y) * step // STEPS)
            # A drop area answers a movement over it, so the pointer trembles until the answer is there.
            for tremble in range(100):
                xdotool("mousemove", x + (tremble + 1) % 2, y)
                if self._accepted(name):
                    break
            else:
                raise AssertionError("nothing at %d, %d would take the photos" % (x, y))
        finally:
            xdotool("mouseup", 1)
        self._hear("end " + name)

    def _accepted(self, name):
        try:
            return self.said.get(timeout=0.1) == "accepted " + name
        except queue.Empty:
            return False

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
