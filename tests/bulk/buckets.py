"""Object stores for tests: a server of moto's on loopback as S3, and folders by their addresses."""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

has = importlib.util.find_spec
needs_fsspec = pytest.mark.skipif(not has("fsspec"), reason="NOT TRIED: fsspec is not installed")
needs_ray = pytest.mark.skipif(not has("ray"), reason="NOT TRIED: Ray is not installed")
S3 = bool(has("s3fs") and has("moto") and has("flask"))
needs_s3 = pytest.mark.skipif(not S3, reason="NOT TRIED: s3fs and moto[server] are not installed")


class Place(NamedTuple):
    """An address to work below, what holds it, and what tells commands of it."""

    url: str
    store: Any
    env: dict[str, str]

    def filled(self, data: Path) -> str:
        """Have all files of a folder below the address; return theirs."""
        self.store.makedirs(self.store._strip_protocol(self.url), exist_ok=True)
        self.store.put(f"{data}/", f"{self.url}/in/", recursive=True)
        return f"{self.url}/in"

    def names(self, name: str) -> list[str]:
        """The objects below a name."""
        root = self.store._strip_protocol(f"{self.url}/{name}")
        self.store.invalidate_cache()
        return [path[len(root) + 1 :] for path in self.store.find(root)]

    def held(self, name: str) -> dict[str, bytes]:
        """All objects below a name, with what is in them."""
        root = f"{self.url}/{name}"
        return {one: self.store.cat_file(f"{root}/{one}") for one in self.names(name)}


@contextlib.contextmanager
def server() -> Iterator[tuple[Any, dict[str, str]]]:
    """A store on loopback, and what tells commands of it."""
    import s3fs
    from moto.server import ThreadedMotoServer

    served = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    served.start()
    host, port = served.get_host_and_port()
    env = {
        "AWS_ACCESS_KEY_ID": "scrubber",
        "AWS_SECRET_ACCESS_KEY": "scrubber",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    store = s3fs.S3FileSystem(
        key="scrubber",
        secret="scrubber",
        endpoint_url=env["AWS_ENDPOINT_URL"],
        use_listings_cache=False,
    )
    try:
        yield store, env
    finally:
        served.stop()


@contextlib.contextmanager
def place(kind: str, folder: Path) -> Iterator[Place]:
    """A new address: of a folder, or of a bucket."""
    if kind == "file":
        import fsspec

        yield Place(f"file://{folder}", fsspec.filesystem("file"), {})
        return
    with server() as (store, env):
        yield Place(f"s3://crawl-{uuid4().hex}", store, env)  # servers of a process share buckets
