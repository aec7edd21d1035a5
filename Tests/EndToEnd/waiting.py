"""Waiting for something to become true, the only way in which these tests wait.

A condition is looked at again and again until it gives something truthy, or the deadline passes and the test fails
with a sentence that says what was waited for and what was there instead.
"""
import time

LOOK_AGAIN = 0.05
"""Seconds between two looks."""
PATIENCE = 30
"""Seconds until a condition counts as never coming true; generous, because a loaded computer is slow."""


def wait_until(what, condition, patience=PATIENCE, otherwise=None):
    """The first truthy value of `condition()`. `otherwise()` describes the present state when it never comes."""
    deadline = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            instead = "; instead: %s" % (otherwise(),) if otherwise else ""
            raise AssertionError("waited %d s in vain for %s%s" % (patience, what, instead))
        time.sleep(LOOK_AGAIN)
