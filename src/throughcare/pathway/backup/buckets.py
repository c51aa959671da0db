"""A place of backups in an S3-compatible store. Its library is loaded only where a backup is really kept in one."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from throughcare.knowledge.backups import STORE_CONNECTS, STORE_GIVES_UP, STORE_REQUEST, STORE_TRIES
from throughcare.pathway.backup.places import Taken, taken
from throughcare.pathway.backup.sealing import Broken
from throughcare.pathway.cannot import Cannot

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Store

Answer = TypeVar("Answer")
S3 = "s3://"
AMAZON = "https://s3.amazonaws.com"
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
# What stores say when there is no room, beside the status 507.
FULL = frozenset({"QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "StorageFull"})
NOT_KNOWN = 501
BETWEEN_TRIES = timedelta(milliseconds=200)


class Bucket:
    """A bucket, or the part of one under a prefix. It is asked to put, to read, to list, and for pruning to remove."""

    def __init__(self, named: str) -> None:
        self.named = named
        self.bucket, _, prefix = named.removeprefix(S3).partition("/")
        self.prefix = prefix.strip("/")
        if not self.bucket:
            raise Cannot("Name the bucket: s3://bucket/prefix.")
        if not (settings.BACKUP_STORE["access_key_id"] and settings.BACKUP_STORE["secret_access_key"]):
            raise Cannot(
                "Backups to a bucket need AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment."
            )
        address = address_of_store()
        self.host = address.hostname or ""
        self.is_here = self.host in HERE
        if address.scheme != "https" and not self.is_here:
            raise Cannot(
                "AWS_ENDPOINT_URL must begin with https://; only a store on this machine may go without."
            )
        self.knows_conditions = True

    def add(self, name: str, content: bytes) -> None:
        """Keep it, whole or not at all. The store itself is asked not to take the place of what is there."""
        if self.knows_conditions:
            try:
                return self._put(name, content, "create")
            except Taken:
                # Put once, and the answer lost on its way: a seal is made with dice, so the same bytes are our own.
                if self.read(name) != content:
                    raise
                return None
            except NotKnown:
                self.knows_conditions = False
        # Such a store can only be looked at first. Versions keep what somebody else puts there in between.
        if self._size(name) is not None:
            raise taken(name)
        return self._put(name, content, "overwrite")

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """A part of it, or all. Raises `Broken` when it is not there or too short."""
        import obstore

        if length == 0:
            return b""
        if length is None:
            return self._asked(lambda: bytes(obstore.get(self.store, name).bytes()), name)[start:]
        found = self._asked(
            lambda: bytes(obstore.get_range(self.store, name, start=start, length=length)), name
        )
        if len(found) != length:
            raise Broken(f"{name} is shorter than it was written.")
        return found

    def names(self, under: str) -> Iterator[str]:
        """Every name that begins so, in order; a shelf at a time."""
        for shelf in self._shelves(under):
            yield from self._on(shelf)

    def last(self, under: str) -> str | None:
        """The last name that begins so: two short lists, however many there are."""
        for shelf in reversed(self._shelves(under)):
            names = self._on(shelf)
            if names:
                return names[-1]
        return None

    def remove(self, name: str) -> int:
        """Let it go; the bytes that it had. What a lock or versions hold on to is the store's own affair."""
        import obstore

        size = self._size(name)
        self._asked(lambda: obstore.delete(self.store, name), name)
        return size or 0

    @cached_property
    def store(self) -> "S3Store":
        """The library's own; nothing is asked yet."""
        from obstore.store import S3Store

        told = {name: value for name, value in settings.BACKUP_STORE.items() if value}
        config: S3Config = {
            **told,  # type: ignore[typeddict-item]
            # A bucket with object lock takes nothing without one.
            "checksum_algorithm": "SHA256",
            "disable_bulk_delete": True,
        }
        return S3Store(
            self.bucket,
            prefix=self.prefix or None,
            config=config,
            client_options={
                "allow_http": self.is_here,
                "connect_timeout": STORE_CONNECTS,
                "timeout": STORE_REQUEST,
            },
            retry_config={
                "max_retries": STORE_TRIES - 1,
                "retry_timeout": STORE_GIVES_UP,
                "backoff": {"init_backoff": BETWEEN_TRIES, "max_backoff": 10 * BETWEEN_TRIES, "base": 2},
            },
        )

    def _put(self, name: str, content: bytes, mode: Literal["create", "overwrite"]) -> None:
        import obstore

        self._asked(lambda: obstore.put(self.store, name, content, mode=mode, use_multipart=False), name)

    def _size(self, name: str) -> int | None:
        import obstore

        try:
            return self._asked(lambda: obstore.head(self.store, name)["size"], name)
        except Broken:
            return None

    def _shelves(self, under: str) -> list[str]:
        import obstore

        found = self._asked(lambda: obstore.list_with_delimiter(self.store, under), under)
        return sorted(one for one in found["common_prefixes"] if _is_ours(one))

    def _on(self, shelf: str) -> list[str]:
        import obstore

        pages = self._asked(lambda: list(obstore.list(self.store, shelf)), shelf)
        return sorted(one["path"] for page in pages for one in page if _is_ours(one["path"]))

    def _asked(self, question: Callable[[], Answer], name: str) -> Answer:
        """The answer; what went wrong in a sentence that somebody can act on."""
        from obstore.exceptions import AlreadyExistsError, BaseError

        try:
            return question()
        except AlreadyExistsError:
            raise taken(name) from None
        except (BaseError, FileNotFoundError) as error:
            raise self._trouble(str(error), name) from None

    def _trouble(self, words: str, name: str) -> Cannot:
        """The library tells the status and the store's own code in words; no key stands in them."""
        status, code = _found(r"status code: (\d+)", words), _found(r"<Code>(\w+)</Code>", words)
        said = f"{status} {code}".strip()
        where = f"The bucket {self.bucket} at {self.host}"
        if status == str(NOT_KNOWN):
            return NotKnown(f"{where} does not know what was asked ({said}).")
        if status == "416":
            return Broken(f"{name} is shorter than it was written.")
        if status == "404" and code != "NoSuchBucket":
            return Broken(f"{name} is missing from the backups.")
        if status == "404":
            return Cannot(
                f"{where} is not there ({said}). Make it, or look at BACKUP_TO and AWS_ENDPOINT_URL."
            )
        if status == "507" or code in FULL:
            return Cannot(
                f"{where} has no room ({said}). Make room there, or let old backups go with prune-backups."
            )
        if status in ("401", "403"):
            return Cannot(
                f"{where} refuses ({said}). Look at the keys in the environment, and at what they may do."
            )
        if status.startswith("5") or status == "429":
            return Cannot(
                f"{where} is in trouble ({said}); it was asked {STORE_TRIES} times. Try again later."
            )
        if status or "redirect" in words:
            return Cannot(
                f"{where} does not take this ({said or 'moved'}). Look at AWS_REGION and AWS_ENDPOINT_URL."
            )
        return Cannot(
            f"{where} does not answer; it was asked {STORE_TRIES} times. Look at the network and AWS_ENDPOINT_URL."
        )


def address_of_store() -> SplitResult:
    """Where the store is that the settings name."""
    return urlsplit(settings.BACKUP_STORE["aws_endpoint_url_s3"] or AMAZON)


class NotKnown(Cannot):
    """The store does not know a part of the question."""


def _is_ours(name: str) -> bool:
    """Whether it has a number: what somebody else put into the bucket is not looked at."""
    return name.rpartition("/")[2].isdecimal()


def _found(pattern: str, words: str) -> str:
    match = re.search(pattern, words)
    return match.group(1) if match else ""
