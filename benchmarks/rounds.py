"""Interleaved measurement: in every round everybody is measured once, in random order, and compared within the round.

What disturbs the machine for longer than a moment meets everybody; the median over the rounds of the ratios within
a round is what counts, and the quartiles say how far to trust it.
"""

import random
import statistics
import time
from dataclasses import dataclass, field

from contestants import Failure

PAUSE = 0.1
"""Seconds between two measurements, in which the threads of the one before stop spinning."""


HOPELESS = 6
"""How many times as long as DuetML: who takes longer in two rounds is left out of the others, to save their time."""


@dataclass
class Entry:
    """One contestant with one setting in one cell of a table. `measure(seconds)` gives its times."""

    who: str
    setting: str
    measure: object
    medians: list = field(default_factory=list)
    failure: str = ""


@dataclass
class Cell:
    """What is compared with each other: the first entry is DuetML's. `seconds` is for one measurement."""

    labels: dict
    entries: list
    seconds: float


def run(cells, seed, say, limit, least, most):
    """Measures all cells for `least` to `most` rounds, as long as `limit` seconds allow another one."""
    order = random.Random(seed)
    start, rounds = time.monotonic(), 0
    while rounds < most:
        begun = time.monotonic()
        turns = [(cell, entry) for cell in order.sample(cells, len(cells))
                 for entry in order.sample(cell.entries, len(cell.entries))]
        for cell, entry in turns:
            if entry.failure or is_hopeless(entry, cell.entries[0]):
                continue
            time.sleep(PAUSE)
            try:
                entry.medians.append(entry.measure(cell.seconds)["median"])
            except Failure as failure:
                entry.failure = str(failure)
        rounds += 1
        now = time.monotonic()
        say(f"round {rounds}: {now - begun:.0f} s")
        if rounds >= least and now - start + (now - begun) > limit:
            break
    return rounds


def is_hopeless(entry, own):
    """Whether the entry was far behind in each of at least two rounds."""
    ratios = [theirs / ours for theirs, ours in zip(entry.medians, own.medians)]
    return len(ratios) >= 2 and min(ratios) > HOPELESS


def result(cell):
    """The cell as plain data: milliseconds, and how many times as long as DuetML everybody took."""
    own = cell.entries[0]
    rows = []
    for entry in cell.entries:
        row = {"who": entry.who, "setting": entry.setting}
        if entry.failure or not entry.medians or own.failure:
            row["failure"] = entry.failure or own.failure or "not measured"
        else:
            ratios = [theirs / ours for theirs, ours in zip(entry.medians, own.medians)]
            row["ms"] = statistics.median(entry.medians) * 1000
            row["ratio"] = statistics.median(ratios)
            row["ratio_quartiles"] = quartiles(ratios)
            row["rounds"] = len(ratios)
        rows.append(row)
    return {**cell.labels, "rows": rows}


def quartiles(values):
    """The first and the third quartile; the extremes where there are too few values."""
    if len(values) < 4:
        return [min(values), max(values)]
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return [first, third]
