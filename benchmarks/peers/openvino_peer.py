"""OpenVINO on the CPU, held to f32 (its own choice on a processor with bf16 would be bf16)."""

import numpy as np

from . import onnx_model
from .interface import Peer
from .networks import FEATURES


class OpenVino(Peer):
    name = "OpenVINO"

    def __init__(self, folder):
        super().__init__(folder)
        import openvino
        self.library = openvino
        self.core = openvino.Core()

    def version(self):
        return self.library.__version__.split("-")[0]

    def settings(self, batch, threads):
        settings = {"latency": "one stream of all threads, the set as one batch, f32"}
        if batch > 1:
            settings["throughput"] = "a stream of one thread for each thread, one photo at a time, asynchronous, f32"
        return settings

    def compiled(self, network, batch, threads, streams):
        path = self.model(network, "onnx", batch, onnx_model.write)
        compiled = self.core.compile_model(self.core.read_model(str(path)), "CPU", {
            "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": streams, "INFERENCE_PRECISION_HINT": "f32"})
        precision = compiled.get_property("INFERENCE_PRECISION_HINT")
        if precision != self.library.Type.f32:
            raise RuntimeError(f"f32 was asked for, but it computes in {precision}")
        return compiled

    def runner(self, network, setting, batch, threads):
        if setting == "latency":
            request = self.compiled(network, batch, threads, 1).create_infer_request()
            return lambda crops: request.infer({0: crops}, share_inputs=True)[0]
        queue = self.library.AsyncInferQueue(self.compiled(network, 1, threads, threads), threads)
        features = np.empty((batch, FEATURES), np.float32)

        def keep(request, place):
            features[place] = request.get_output_tensor().data[0]

        queue.set_callback(keep)

        def run(crops):
            for place in range(batch):
                queue.start_async({0: crops[place:place + 1]}, place, share_inputs=True)
            queue.wait_all()
            return features

        return run
