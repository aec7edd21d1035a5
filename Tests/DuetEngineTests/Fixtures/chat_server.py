#!/usr/bin/env python3
"""A local chat server for tests: the first part of the path says how it behaves.

Prints its port and a port that nobody listens on, then one line for every request that arrived.
"""
import json
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

stopped = threading.Event()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        print("request " + self.path, flush=True)
        self.case = self.path.split("/")[1]
        getattr(self, "case_" + self.case, self.case_status)(body)

    def answer(self, status, body, kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def reply(self, content):
        self.answer(200, json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode())

    def case_status(self, body):
        self.answer(int(self.case), b'{"error": {"message": "no, sk-secret"}}')

    def case_echo(self, body):
        request = json.loads(body)
        last = request["messages"][-1]["content"]
        parts = last if isinstance(last, list) else [{"type": "text", "text": last}]
        self.reply(json.dumps({
            "path": self.path,
            "key": self.headers.get("Authorization"),
            "model": request.get("model"),
            "pictures": sum(part["type"] == "image_url" for part in parts),
        }))

    def case_pieces(self, body):
        self.reply([{"type": "text", "text": "One"}, {"type": "text", "text": "Two"}])

    def case_html(self, body):
        self.answer(200, b"<html><body>Welcome to our router</body></html>", "text/html")

    def case_half(self, body):
        self.answer(200, b'{"choices": [{"message": {"content": "Hal')

    def case_empty(self, body):
        self.reply(" \n ")

    def case_none(self, body):
        self.answer(200, b'{"choices": []}')

    def case_huge(self, body):
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(50):
                self.wfile.write(b"x" * (1 << 20))
        except OSError:
            pass  # the client is expected to hang up

    def case_stall(self, body):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.flush()
        stopped.wait(60)

    def case_cut(self, body):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"choices"')
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def case_redirect(self, body):
        self.send_response(302)
        self.send_header("Location", "http://%s:%d/echo/v1/chat/completions" % self.server.server_address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
with socket.socket() as unused:
    unused.bind(("127.0.0.1", 0))
    closed = unused.getsockname()[1]
print(server.server_address[1], closed, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()  # ends with the test that holds the other end
stopped.set()
