"""A small server of the OpenAI kind that runs here, and misbehaves when it is told to."""

import http.server
import json
import threading
from contextlib import contextmanager


class OpenAiLike(http.server.BaseHTTPRequestHandler):
    """Remembers each request; answers with `server.text`, or `server.status` as an error."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers, body))
        self.server.released.wait()
        if self.server.status != 200:
            return self.answer({"error": {"message": self.server.text, "type": "x"}})
        return self.stream() if body.get("stream") else self.answer(self.completion())

    def completion(self):
        message = {"role": "assistant", "content": self.server.text}
        choice = {"index": 0, "message": message, "finish_reason": self.server.finish}
        return {**self.head("chat.completion"), "choices": [choice], "usage": USAGE}

    def head(self, kind):
        return {"id": "1", "object": kind, "created": 1, "model": self.server.model}

    def stream(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for word in self.server.text.split(" "):
            self.event([{"index": 0, "delta": {"role": "assistant", "content": word}}])
        self.event([{"index": 0, "delta": {}, "finish_reason": self.server.finish}])
        self.event([], usage=USAGE)
        self.wfile.write(b"data: [DONE]\n\n")

    def event(self, choices, **more):
        chunk = {**self.head("chat.completion.chunk"), "choices": choices, **more}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

    def answer(self, body):
        content = json.dumps(body).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


USAGE = {
    "prompt_tokens": 20,
    "completion_tokens": 3,
    "total_tokens": 23,
    "prompt_tokens_details": {"cached_tokens": 16},
}


@contextmanager
def served(text="red green", status=200, finish="stop", mute=False):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), OpenAiLike) as server:
        server.text, server.status, server.finish, server.asked = text, status, finish, []
        server.model = "tiny"
        server.released = threading.Event()
        if not mute:
            server.released.set()
        server.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()


class Misbehaving(OpenAiLike):
    """Meets each request with the next of `server.plan`; when none is left, it answers.

    A misbehaviour is a status, a status with headers and a body, or the name of a method.
    """

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        next_one = self.server.plan.pop(0) if self.server.plan else None
        if next_one is None:
            return super().do_POST()
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if isinstance(next_one, str):
            return getattr(self, next_one)()
        status, headers, body = next_one if isinstance(next_one, tuple) else (next_one, {}, None)
        return self.refuse(status, headers, body or {"error": {"message": "Not now.", "type": "x"}})

    def refuse(self, status, headers, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def mute(self):
        """Say nothing until the test is over."""
        self.server.over.wait()
        self.close_connection = True

    def hang_up(self):
        """Close the connection without a word."""
        self.close_connection = True

    def half_stream(self):
        """A piece of a reply, and the connection is gone in the middle of a chunked body."""
        self.begin_stream({"Transfer-Encoding": "chunked"})
        piece = self.piece("red")
        self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    def half_reply(self):
        """A piece of a reply, and a body that ends in good order."""
        self.begin_stream({"Connection": "close"})
        self.wfile.write(self.piece("red"))

    def half_body(self):
        """The beginning of a reply that is not streamed."""
        content = json.dumps(self.completion()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:20])
        self.close_connection = True

    def begin_stream(self, headers):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True

    def piece(self, text):
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}}
        chunk = {**self.head("chat.completion.chunk"), "choices": [choice]}
        return f"data: {json.dumps(chunk)}\n\n".encode()

    def stream(self):
        self.close_connection = True
        super().stream()


@contextmanager
def misbehaving(*plan, **options):
    """A server that meets its requests with `plan`, one after the other, then answers."""
    with served(**options) as server:
        server.RequestHandlerClass = Misbehaving
        server.plan, server.over = list(plan), threading.Event()
        try:
            yield server
        finally:
            server.over.set()
