"""A LiteLLM proxy with canned replies, and a recorder in front of it that keeps every request that passes."""
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KEY = "sk-lesson-of-the-fourth-form"
REPLY = "Cats and dogs are a good start. What about a lion?"
MODELS = {"tiny": REPLY, "busy": "litellm.RateLimitError"}


class Proxy:
    """The real server, on a free port of this computer, offline but for us."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="duetml-litellm-")
        config = Path(self.folder.name) / "config.json"  # JSON is YAML
        config.write_text(json.dumps({
            "model_list": [
                {"model_name": name, "litellm_params": {
                    "model": "openai/" + name, "api_key": "none", "mock_response": reply}}
                for name, reply in MODELS.items()],
            "general_settings": {"master_key": KEY},
            "litellm_settings": {"num_retries": 0},
        }))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        program = Path(sys.executable).with_name("litellm")
        self.process = subprocess.Popen(
            [str(program), "--config", str(config), "--host", "127.0.0.1", "--port", str(self.port)],
            env={**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False",
                 "PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
            cwd=self.folder.name, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        self.output = []
        for line in self.process.stdout:
            self.output.append(line)
            if "Uvicorn running on" in line:
                break
        else:
            self.close()
            raise RuntimeError("LiteLLM did not start: " + "".join(self.output))
        threading.Thread(target=self.drain, daemon=True).start()

    def drain(self):
        for line in self.process.stdout:
            self.output.append(line)

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()


class Recorder:
    """Passes requests on to the proxy and answers back piece by piece, and remembers the bodies."""

    def __init__(self, port):
        self.bodies, self.addresses = [], []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                recorder.bodies.append(body)
                onward = http.client.HTTPConnection("127.0.0.1", port)
                headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                # As a proxy's client it names the whole address.
                path = "/v1" + self.path.partition("/v1")[2]
                recorder.addresses.append(self.path)
                onward.request("POST", path, body, headers)
                answer = onward.getresponse()
                self.send_response(answer.status)
                for name in ("Content-Type", "Retry-After"):
                    if answer.headers[name]:
                        self.send_header(name, answer.headers[name])
                self.end_headers()
                while piece := answer.read1():
                    self.wfile.write(piece)
                    self.wfile.flush()
                onward.close()

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return "http://127.0.0.1:%d/v1" % self.server.server_address[1]

    @property
    def requests(self):
        return [json.loads(body) for body in self.bodies]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
