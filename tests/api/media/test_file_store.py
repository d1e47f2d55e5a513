"""Files are kept in a folder or in a bucket, in the same way."""

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.errors import OperatorError
from api.media.file_store import FileMissing, FileStore, StoreError
from tests.s3_server import Bucket, running_bucket


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    with running_bucket() as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        monkeypatch.setenv("AWS_REGION", "ap-south-1")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        yield server


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, bucket: Bucket) -> FileStore:
    return FileStore("s3://shop/files" if request.param == "bucket" else "", tmp_path / "media")


def test_what_is_put_is_read_whole_and_in_part(store: FileStore) -> None:
    store.put("1/ab/abcd", b"0123456789")

    assert b"".join(store.read("1/ab/abcd")) == b"0123456789"
    assert b"".join(store.read("1/ab/abcd", 2, 5)) == b"234"
    assert b"".join(store.read("1/ab/abcd", 7)) == b"789"


def test_large_file_is_put_and_read_in_pieces(store: FileStore) -> None:
    body = bytes(range(256)) * 4 * 12 * 1024  # 12 MB

    with tempfile.SpooledTemporaryFile(1024) as file:
        file.write(body)
        file.seek(0)
        store.put("1/cd/cdef", file)
    pieces = list(store.read("1/cd/cdef"))

    assert b"".join(pieces) == body
    assert len(pieces) > 10


def test_putting_again_changes_nothing(store: FileStore) -> None:
    store.put("1/ab/abcd", io.BytesIO(b"same"))
    store.put("1/ab/abcd", io.BytesIO(b"same"))

    assert b"".join(store.read("1/ab/abcd")) == b"same"


def test_missing_file_is_missing_and_no_trouble_of_the_store(store: FileStore) -> None:
    with pytest.raises(FileMissing):
        store.read("1/no/none")


def test_bucket_gets_the_prefix_and_signed_requests(bucket: Bucket, tmp_path: Path) -> None:
    FileStore("s3://shop/files", tmp_path).put("1/ab/abcd", b"x")

    assert list(bucket.objects) == ["/shop/files/1/ab/abcd"]
    assert bucket.signed


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("no folder")

    with pytest.raises(StoreError, match="could not be kept"):
        FileStore("", tmp_path / "media").put("1/a", b"x")


def test_other_addresses_are_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="SATYASELL_MEDIA_URL"):
        FileStore("ftp://shop/files", tmp_path)


def test_nothing_of_it_is_loaded_before_a_file_is_moved() -> None:
    code = "import sys, api.app, api.media.tasks; print([m for m in ('obstore', 'PIL') if m in sys.modules])"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
