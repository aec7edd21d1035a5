"""ncnn on the CPU, held to f32. It has no batches: a set is run photo by photo."""

import numpy as np

from . import ncnn_model
from .interface import Peer, one_photo_a_thread


class Ncnn(Peer):
    name = "ncnn"

    def __init__(self, folder):
        super().__init__(folder)
        import ncnn
        self.library = ncnn

    def version(self):
        return self.library.__version__

    def settings(self, batch, threads):
        settings = {"one net": "all threads inside one photo, one photo at a time, f32"}
        if batch > 1 and threads > 1:
            settings["photo by photo"] = "one net of one thread for each thread, one photo at a time, f32"
        return settings

    def loaded(self, network, threads):
        path = self.folder / f"{network.name}-{network.digest}.param"
        if not path.exists():
            ncnn_model.write(network, path)
        net = self.library.Net()
        net.opt.num_threads = threads
        for half in ("use_fp16_packed", "use_fp16_storage", "use_fp16_arithmetic", "use_bf16_storage"):
            setattr(net.opt, half, False)
        if net.load_param(str(path)) or net.load_model(str(path.with_suffix(".bin"))):
            raise RuntimeError("ncnn could not load the network")

        def run(crops):
            extractor = net.create_extractor()
            extractor.input("crops", self.library.Mat(crops[0]))
            return np.array(extractor.extract("features")[1])

        run.net = net  # an extractor does not keep its net alive
        return run

    def runner(self, network, setting, batch, threads):
        if setting == "one net":
            return one_photo_a_thread(lambda: self.loaded(network, threads), 1)
        return one_photo_a_thread(lambda: self.loaded(network, 1), threads)
