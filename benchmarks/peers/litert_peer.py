"""LiteRT (TensorFlow Lite) with its default XNNPACK delegate, f32."""

import numpy as np

from .interface import Peer, one_photo_a_thread


class LiteRt(Peer):
    name = "LiteRT (XNNPACK)"

    def __init__(self, folder):
        super().__init__(folder)
        from ai_edge_litert.interpreter import Interpreter
        from . import tflite_model
        self.interpreter, self.write = Interpreter, tflite_model.write

    def version(self):
        from importlib.metadata import version
        return version("ai-edge-litert")

    def settings(self, batch, threads):
        settings = {"one interpreter": "XNNPACK with all threads, the set as one batch"}
        if batch > 1:
            settings["photo by photo"] = "one interpreter of one thread for each thread, one photo at a time"
        return settings

    def loaded(self, network, batch, threads):
        """A function from [batch, 224, 224, 3]."""
        path = self.model(network, "tflite", batch, self.write)
        interpreter = self.interpreter(str(path), num_threads=threads)
        interpreter.allocate_tensors()
        into = interpreter.get_input_details()[0]["index"]
        out = interpreter.get_output_details()[0]["index"]

        def run(crops):
            interpreter.set_tensor(into, crops)
            interpreter.invoke()
            return interpreter.get_tensor(out)

        return run

    def runner(self, network, setting, batch, threads):
        if setting == "one interpreter":
            run = self.loaded(network, batch, threads)
        else:
            run = one_photo_a_thread(lambda: self.loaded(network, 1, 1), threads)
        return _in_own_order(run)


def _in_own_order(run):
    """Turning [n, 3, 224, 224] into the order of LiteRT is no part of its work: it is done once for each array."""
    kept = {}

    def ordered(crops):
        if kept.get("of") is not crops:
            kept["of"], kept["crops"] = crops, np.ascontiguousarray(crops.transpose(0, 2, 3, 1))
        return run(kept["crops"])

    return ordered
