"""scikit-learn's SVC(probability=True), libsvm inside: what DuetML's training is measured against."""

import warnings

import numpy as np
from safetensors.numpy import load_file

from .timing import measure

CACHE_MEGABYTES = 2000
"""Enough for every kernel value of 5,000 photos, so that none is computed twice."""


class ScikitLearn:
    name = "scikit-learn"

    def __init__(self, folder):
        import sklearn
        self.library = sklearn

    def version(self):
        return self.library.__version__

    def answer(self, request, bench):
        from sklearn.svm import SVC
        tensors = load_file(request["file"])
        features = tensors["features"].astype(np.float64)  # what it would turn them into itself
        if request["setting"] == "unit length, C = 10":
            features /= np.linalg.norm(features, axis=1, keepdims=True)
        cost = 10 if "10" in request["setting"] else 1

        def train():
            SVC(C=cost, probability=True, random_state=0, cache_size=CACHE_MEGABYTES).fit(features, tensors["labels"])

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            return {"times": measure(train, request["seconds"]) if request.get("warm", True) else once(train)}


def once(job):
    """A job too long to be run twice."""
    import time
    start = time.perf_counter()
    job()
    seconds = time.perf_counter() - start
    return {"median": seconds, "best": seconds, "count": 1}
