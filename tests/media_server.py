"""Meta's side of files, on a test's Graph API: media ids, addresses that hold bytes, and lies where a test asks."""

import hashlib
from dataclasses import dataclass, field

from tests.graph_server import Asked, GraphServer, Reply, refusal

TOKEN = "EAAG-token"


@dataclass
class HeldFile:
    """A file at Meta. `body` is what its address really gives; the others are what Meta says of it."""

    body: bytes
    mime_type: str
    sha256: str = ""
    size: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    url: str | None = None
    answers: list[Reply] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sha256 = self.sha256 or hashlib.sha256(self.body).hexdigest()
        self.size = len(self.body) if self.size is None else self.size


class MediaServer:
    """Answers for media ids; `answers` of a file come first, one for each time that it is asked for."""

    def __init__(self, graph: GraphServer) -> None:
        self.graph = graph
        self.files: dict[str, HeldFile] = {}
        self.refused: Reply | None = None
        self.uploads: list[bytes] = []
        graph.answer = self.answer

    def hold(self, media_id: str, body: bytes, mime_type: str, **lies: object) -> HeldFile:
        """Have a file."""
        self.files[media_id] = HeldFile(body, mime_type, **lies)  # type: ignore[arg-type]
        return self.files[media_id]

    def answer(self, asked: Asked) -> Reply:
        if self.refused is not None:
            return self.refused
        if asked.token != TOKEN:
            return refusal(190, "Error validating access token", status=401)
        path = asked.path.partition("?")[0]
        if path.startswith("/bytes/"):
            return self._bytes(path.removeprefix("/bytes/"))
        if asked.method == "POST" and path.endswith("/media"):
            self.uploads.append(asked.raw)
            return Reply({"id": f"up{len(self.uploads)}"})
        return self._told(path.rpartition("/")[2])

    def _told(self, media_id: str) -> Reply:
        held = self.files.get(media_id)
        if held is None:
            return refusal(100, "Object does not exist", error_subcode=33)
        if held.answers:
            return held.answers.pop(0)
        return Reply(
            {
                "messaging_product": "whatsapp",
                "url": held.url or f"{self.graph.url}/bytes/{media_id}",
                "mime_type": held.mime_type,
                "sha256": held.sha256,
                "file_size": str(held.size),
                "id": media_id,
            }
        )

    def _bytes(self, media_id: str) -> Reply:
        held = self.files[media_id]
        return Reply(held.body, headers={"Content-Type": held.mime_type} | held.headers)
