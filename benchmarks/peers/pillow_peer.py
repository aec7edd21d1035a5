"""From photo files to features with Pillow and ONNX Runtime: decode, resize, crop, run.

Each thread has a session of one thread and takes whole photos, the fastest arrangement of the two. `full` decodes
every pixel; `draft` lets the JPEG decoder shrink while it decodes, to a short side of at least 512.
"""

from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

import numpy as np
from PIL import Image, features

from .networks import SIDE
from .onnxruntime_peer import OnnxRuntime
from .timing import measure

SHORT_SIDE = 256
FILTERS = {"efficientnet_lite0": Image.Resampling.BICUBIC, "mobilenet_v2": Image.Resampling.BILINEAR}


def crop(path, resample, draft):
    """The middle 224 x 224 of the photo after its short side became 256: [1, 224, 224, 3] bytes."""
    with Image.open(path) as image:
        if draft:
            scale = 2 * SHORT_SIDE / min(image.size)
            image.draft("RGB", (int(image.width * scale), int(image.height * scale)))
        image = image.convert("RGB")
        scale = SHORT_SIDE / min(image.size)
        width, height = (max(SHORT_SIDE, int(side * scale)) for side in image.size)
        image = image.resize((width, height), resample)
        left, top = (width - SIDE) // 2, (height - SIDE) // 2
        return np.asarray(image.crop((left, top, left + SIDE, top + SIDE)))[None]


class PillowOnnxRuntime(OnnxRuntime):
    name = "Pillow + onnxruntime"

    def version(self):
        import PIL
        turbo = ", libjpeg-turbo" if features.check_feature("libjpeg_turbo") else ""
        return f"{PIL.__version__}{turbo} + {super().version()}"

    def answer(self, request, bench):
        network = bench.network(request["network"])[0]
        resample, draft = FILTERS[network.name], request["setting"] == "draft"
        key = ("photos", network.name, request["threads"])
        if key not in bench.runners:
            sessions = SimpleQueue()
            for _ in range(request["threads"]):
                sessions.put(self.session(network, 1, 1))
            bench.runners[key] = sessions, ThreadPoolExecutor(request["threads"])
        sessions, pool = bench.runners[key]

        def look(path):
            session = sessions.get()
            try:
                return session(network.normalised(crop(path, resample, draft)))
            finally:
                sessions.put(session)

        return {"times": measure(lambda: list(pool.map(look, request["paths"])), request["seconds"])}
