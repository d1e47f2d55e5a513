"""A lean HTTP connection that webhooks go over: a general client takes longer than all else that a webhook needs."""

import asyncio
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

_MOST_HEAD_BYTES = 64 * 1024


class Connection:
    """Posts to one address, over one connection that is kept as long as the other side keeps it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.url = url
        self._host = parts.hostname or ""
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._tls else 80)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._begin = f"POST {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, body: bytes, headers: Mapping[str, str], seconds: float) -> int:
        """Send a body; return the answer's status. Raises OSError where no answer comes in time."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        request = f"{self._begin}{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body
        try:
            async with asyncio.timeout(seconds):
                return await self._exchange(request)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, IndexError) as error:
            self.close()
            raise ConnectionError("no HTTP answer") from error
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """End the connection; the next post opens another one."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, request: bytes) -> int:
        if self._streams is None or self._streams[0].at_eof():
            self.close()
            self._streams = await asyncio.open_connection(self._host, self._port, ssl=self._tls, limit=_MOST_HEAD_BYTES)
        reader, writer = self._streams
        writer.write(request)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        fields = dict(line.split(":", 1) for line in head[1:] if ":" in line)
        length = fields.get("content-length", "").strip()
        if length.isdigit():
            await reader.readexactly(int(length))
        if not length.isdigit() or not head[0].startswith("http/1.1") or "close" in fields.get("connection", ""):
            self.close()  # the status is all that matters
        return int(head[0].split()[1])
