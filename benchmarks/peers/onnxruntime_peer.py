"""ONNX Runtime, CPU provider, all graph optimisations."""

from . import onnx_model
from .interface import Peer, one_photo_a_thread


class OnnxRuntime(Peer):
    name = "onnxruntime"

    def __init__(self, folder):
        super().__init__(folder)
        import onnxruntime
        onnxruntime.set_default_logger_severity(3)
        self.library = onnxruntime

    def version(self):
        return self.library.__version__

    def settings(self, batch, threads):
        settings = {"default": "one session, all optimisations, intra-op threads = threads, the set as one batch"}
        if batch > 1:
            settings["photo by photo"] = "one session of one thread for each thread, one photo at a time"
        return settings

    def session(self, network, batch, threads):
        options = self.library.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.graph_optimization_level = self.library.GraphOptimizationLevel.ORT_ENABLE_ALL
        path = self.model(network, "onnx", batch, onnx_model.write)
        session = self.library.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        return lambda crops: session.run(None, {"crops": crops})[0]

    def runner(self, network, setting, batch, threads):
        if setting == "default":
            return self.session(network, batch, threads)
        return one_photo_a_thread(lambda: self.session(network, 1, 1), threads)
