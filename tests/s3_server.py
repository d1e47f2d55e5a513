"""An S3-compatible bucket on a real socket: as much of it as keeping and fetching files needs."""

import hashlib
import re
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.local_server import running


class Bucket(ThreadingHTTPServer):
    """Objects by path; `signed` is whether every request so far was."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.signed = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Bucket

    def _begin(self) -> tuple[str, dict[str, list[str]], bytes]:
        self.server.signed &= "AWS4-HMAC-SHA256" in self.headers.get("Authorization", "")
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        return url.path, parse_qs(url.query, keep_blank_values=True), body

    def _reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        path, query, body = self._begin()
        if "partNumber" in query:
            self.server.parts[path][int(query["partNumber"][0])] = body
        else:
            self.server.objects[path] = body
        self._reply(200, ETag=f'"{hashlib.md5(body).hexdigest()}"')  # noqa: S324 - S3's own

    def do_POST(self) -> None:
        path, query, _ = self._begin()
        if "uploads" in query:
            self.server.parts[path] = {}
            xml = "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
        else:
            self.server.objects[path] = b"".join(body for _, body in sorted(self.server.parts[path].items()))
            xml = "<CompleteMultipartUploadResult><ETag>1</ETag></CompleteMultipartUploadResult>"
        self._reply(200, xml.encode())

    def do_GET(self) -> None:
        path, _, _ = self._begin()
        body = self.server.objects.get(path)
        if body is None:
            self._reply(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        facts = {"ETag": '"1"', "Last_Modified": "Mon, 23 Nov 2026 05:00:00 GMT"}
        part = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if part is None:
            self._reply(200, body, **facts)
            return
        start, end = int(part[1]), min(int(part[2] or len(body) - 1), len(body) - 1)
        self._reply(206, body[start : end + 1], Content_Range=f"bytes {start}-{end}/{len(body)}", **facts)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        pass


def running_bucket() -> AbstractContextManager[Bucket]:
    """A bucket while the block runs."""
    return running(Bucket())
