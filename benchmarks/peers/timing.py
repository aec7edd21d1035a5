"""Times of a repeated job, in the words of `duet bench --serve`: median and best, in seconds, and how many."""

import statistics
import time


def measure(job, seconds):
    """Runs `job` once to warm up, then until `seconds` have passed; at least once."""
    job()
    times, start = [], time.perf_counter()
    while True:
        begun = time.perf_counter()
        job()
        end = time.perf_counter()
        times.append(end - begun)
        if end - start >= seconds:
            return {"median": statistics.median(times), "best": min(times), "count": len(times)}
