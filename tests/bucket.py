"""A stand-in for an S3-compatible store: the calls that backups make, in memory, refusing when told to."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET, KEY_ID = "clinic-backups", "AKIDTEST"
# Shorter than a real store's thousand, so that a list of a few things has a second page.
PAGE = 3


class Bucket:
    """What is kept, and how the store behaves today."""

    def __init__(self) -> None:
        self.things: dict[str, bytes] = {}
        self.asked: list[str] = []
        # (status, code) with which every call is answered.
        self.refuses: tuple[int, str] | None = None
        self.knows_conditions = True
        self.address = ""

    def settings(self) -> dict[str, str]:
        """As the program is told of it."""
        return {
            "access_key_id": KEY_ID,
            "secret_access_key": "secret-of-the-test",
            "session_token": "",
            "region": "us-east-1",
            "aws_endpoint_url_s3": self.address,
        }


class Answering(BaseHTTPRequestHandler):
    """PUT with If-None-Match, GET with a range, HEAD, DELETE, and a list with shelves and pages."""

    protocol_version = "HTTP/1.1"
    # Head and body leave together; otherwise each answer waits 40 ms for the other side's receipt.
    wbufsize = 65_536
    bucket: Bucket

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._is_refused():
            return
        if self.headers.get("If-None-Match") and not self.bucket.knows_conditions:
            return self._say(501, "NotImplemented")
        if self.headers.get("If-None-Match") == "*" and self._key() in self.bucket.things:
            return self._say(412, "PreconditionFailed")
        self.bucket.things[self._key()] = body
        self._answer(200, b"", {"ETag": '"1"'})

    def do_GET(self) -> None:
        if self._is_refused():
            return
        if not self._key():
            return self._list()
        whole = self.bucket.things.get(self._key())
        if whole is None:
            return self._say(404, "NoSuchKey")
        asked = self.headers.get("Range")
        about = {"ETag": '"1"', "Last-Modified": "Mon, 02 Mar 2026 14:00:00 GMT"}
        if asked is None:
            return self._answer(200, whole, about)
        first, _, last = asked.removeprefix("bytes=").partition("-")
        start, end = int(first), min(int(last), len(whole) - 1)
        if start >= len(whole):
            return self._say(416, "InvalidRange")
        about["Content-Range"] = f"bytes {start}-{end}/{len(whole)}"
        self._answer(206, whole[start : end + 1], about)

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        if not self._is_refused():
            self.bucket.things.pop(self._key(), None)
            self._answer(204, b"")

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}").removeprefix("/")

    def _is_refused(self) -> bool:
        bucket = self.bucket
        bucket.asked.append(f"{self.command} {self._key()}")
        refusal = bucket.refuses
        if f"Credential={KEY_ID}/" not in self.headers.get("Authorization", ""):
            refusal = (403, "InvalidAccessKeyId")
        if not urlsplit(self.path).path.startswith(f"/{BUCKET}"):
            refusal = (404, "NoSuchBucket")
        if refusal:
            self._say(*refusal)
        return refusal is not None

    def _list(self) -> None:
        told = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        prefix, delimiter = told.get("prefix", ""), told.get("delimiter", "")
        after = told.get("continuation-token", "")
        found: dict[str, str] = {}
        for key in sorted(self.bucket.things):
            if not key.startswith(prefix):
                continue
            shelf, cut, _ = key[len(prefix) :].partition(delimiter) if delimiter else ("", "", "")
            if cut:
                name = prefix + shelf + cut
                found[name] = f"<CommonPrefixes><Prefix>{escape(name)}</Prefix></CommonPrefixes>"
            else:
                size = len(self.bucket.things[key])
                found[key] = (
                    f"<Contents><Key>{escape(key)}</Key><LastModified>2026-03-02T14:00:00.000Z</LastModified>"
                    f'<ETag>"1"</ETag><Size>{size}</Size></Contents>'
                )
        rest = [name for name in found if name > after]
        page = rest[:PAGE]
        more = (
            f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if len(rest) > PAGE else ""
        )
        whole = f"<IsTruncated>{'true' if more else 'false'}</IsTruncated>{more}"
        inside = "".join(found[name] for name in page)
        self._answer(200, f"<ListBucketResult>{whole}{inside}</ListBucketResult>".encode())

    def _say(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode())

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body)


@contextmanager
def open_bucket():
    """A store that listens on this machine until the test ends."""
    bucket = Bucket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Answering,), {"bucket": bucket}))
    server.daemon_threads = True
    bucket.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
