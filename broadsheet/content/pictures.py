"""The size of the paper's own pictures, read from their files where the front matter does not say."""

from __future__ import annotations

import os
from functools import lru_cache
from stat import S_ISREG

from msgspec.structs import replace

from broadsheet.config import Site
from broadsheet.model import Article, Image

MAX_BYTES = 64 * 1024 * 1024


def sized(article: Article, site: Site) -> Article:
    """Return ``article`` with the width and height of its local pictures, in pixels."""
    if all(image.width or not _is_local(image) for image in article.images):
        return article
    return replace(article, images=tuple(_sized(image, site) for image in article.images))


def _is_local(image: Image) -> bool:
    return image.url.lstrip("/").startswith("images/") and ".." not in image.url


def _sized(image: Image, site: Site) -> Image:
    size = picture_size(image.url, site) if _is_local(image) and not image.width else None
    return replace(image, width=size[0], height=size[1]) if size else image


def picture_size(address: str, site: Site) -> tuple[int, int] | None:
    """Return width and height, in pixels, of the picture at ``address`` below content/, where its file tells."""
    path = f"{site.content}/{address.lstrip('/')}"
    try:
        stat = os.lstat(path)
    except (OSError, ValueError):
        return None
    if not S_ISREG(stat.st_mode) or stat.st_size > MAX_BYTES:
        return None
    width, height = _measure(path, stat.st_mtime_ns, stat.st_size)
    return (width, height) if width > 0 and height > 0 else None


@lru_cache(maxsize=4096)
def _measure(path: str, modified: int, size: int) -> tuple[int, int]:
    """Return width and height in pixels, (-1, -1) where the file does not say."""
    import imagesize

    del modified, size  # part of the key: a picture that was replaced is measured again
    try:
        width, height = imagesize.get(path)
    except (OSError, ValueError):
        return -1, -1
    return round(width), round(height)
