"""Over TLS the command line speaks HTTP/2 where the server offers it: the h2 package is the server, streaming a reply.

The server's certificate is signed by nobody, so the school's own certificate file (`DUETML_CA_FILE`) is tested with it.
"""
import json
import os
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

import h2.config
import h2.connection
import h2.events

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("DUETML_DUET", PROJECT / ".build" / "release" / "duet"))
WORDS = ["Which photo ", "would surprise ", "your model?"]


class Http2Server:
    """Answers every request with the same stream; keeps what it was asked, and over which protocol."""

    def __init__(self, folder, offers):
        self.certificate, key = folder / "certificate.pem", folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
             "-addext", "subjectAltName=IP:127.0.0.1", "-out", self.certificate, "-keyout", key],
            check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate, key)
        self.context.set_alpn_protocols(offers)
        self.bodies, self.protocols = [], []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = "https://127.0.0.1:%d/v1" % self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self):
        self.listener.close()
        self.thread.join(10)

    def _serve(self):
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            try:
                with self.context.wrap_socket(plain, server_side=True) as connection:
                    self.protocols.append(connection.selected_alpn_protocol())
                    if self.protocols[-1] == "h2":
                        self._converse(connection)
            except (OSError, ssl.SSLError):
                plain.close()

    def _converse(self, connection):
        peer = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        peer.initiate_connection()
        connection.sendall(peer.data_to_send())
        body = b""
        while data := connection.recv(65536):
            for event in peer.receive_data(data):
                if isinstance(event, h2.events.DataReceived):
                    body += event.data
                    peer.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                if isinstance(event, h2.events.StreamEnded):
                    self.bodies.append(body)
                    self._reply(peer, event.stream_id)
            connection.sendall(peer.data_to_send())

    @staticmethod
    def _reply(peer, stream):
        peer.send_headers(stream, [(":status", "200"), ("content-type", "text/event-stream")])
        for number, word in enumerate(WORDS):
            ending = "stop" if number == len(WORDS) - 1 else None
            event = {"object": "chat.completion.chunk",
                     "choices": [{"index": 0, "delta": {"content": word}, "finish_reason": ending}]}
            peer.send_data(stream, b"data: %s\n\n" % json.dumps(event).encode())
        peer.send_data(stream, b"data: [DONE]\n\n", end_stream=True)


class Http2Test(unittest.TestCase):
    def setUp(self):
        self.assertTrue(PROGRAM.exists(), "the command line is not built: run script/test")
        folder = tempfile.TemporaryDirectory(prefix="duetml-http2-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.project = self.folder / "lesson.duet"
        made = subprocess.run([PROGRAM, "demo", "--out", self.project], capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stderr)

    def chat(self, server, **more):
        environment = {**os.environ, "DUETML_BASE_URL": server.address, "DUETML_MODEL": "tiny",
                       "XDG_CACHE_HOME": str(self.folder / "cache"), "XDG_CONFIG_HOME": str(self.folder / "config"),
                       "LC_ALL": "C.UTF-8", **more}
        ran = subprocess.run([PROGRAM, "chat", self.project, "What next?", "--json"], env=environment,
                             capture_output=True, text=True)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return json.loads(ran.stdout)

    def server(self, offers):
        server = Http2Server(self.folder, offers)
        self.addCleanup(server.close)
        return server

    def test_a_reply_streams_over_http2(self):
        server = self.server(["h2", "http/1.1"])
        answer = self.chat(server, DUETML_CA_FILE=str(server.certificate))
        self.assertEqual((answer["source"], answer["reply"]), ("network", "".join(WORDS)))
        self.assertEqual(server.protocols, ["h2"])
        self.assertTrue(json.loads(server.bodies[0])["stream"])

    def test_a_stranger_s_certificate_gets_no_question(self):
        server = self.server(["h2"])
        self.assertNotEqual(self.chat(server)["source"], "network")
        self.assertEqual(server.bodies, [])


if __name__ == "__main__":
    unittest.main()
