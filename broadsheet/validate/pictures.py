"""The pictures that front matter names: are they there, and of the size it says?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from broadsheet.validate.wording import quoted

MAX_BYTES = 64 * 1024 * 1024  # a larger file is no picture for a page, and is not opened

#: (JSON Pointer, sentence)
Fault = tuple[str, str]


def pictures(data: Mapping[str, Any], key: str, site_root: Path) -> Iterator[Fault]:
    """Yield what is wrong with the local pictures under ``key``; sizes are read from the files."""
    value = data.get(key)
    several = value if isinstance(value, list) else [value]
    for number, one in enumerate(several):
        at = f"/{key}/{number}" if isinstance(value, list) else f"/{key}"
        table = one if isinstance(one, Mapping) else {"url": one}
        url = table.get("url")
        if isinstance(url, str) and _is_local(url):
            yield from _picture(table, url.strip(), at if table is not one else f"{at}", site_root / "content")


def _is_local(url: str) -> bool:
    return bool(url.strip()) and ":" not in url.partition("/")[0] and not url.startswith(("/", "//", "#", "?"))


def _picture(table: Mapping[str, Any], url: str, at: str, content: Path) -> Iterator[Fault]:
    where = f"{at}/url" if "width" in table or "alt" in table or len(table) > 1 else at
    path = content / PurePosixPath(url)
    if ".." in PurePosixPath(url).parts or not path.resolve().is_relative_to(content.resolve()):
        yield where, f"The picture {quoted(url)} lies outside of content/; put it below content/images."
    elif path.is_symlink() or not path.is_file():
        yield where, f"There is no picture {quoted(url)} below content/; correct the path or add the file."
    else:
        yield from _size(table, url, at, path)


def _size(table: Mapping[str, Any], url: str, at: str, path: Path) -> Iterator[Fault]:
    import imagesize

    stated = (table.get("width"), table.get("height"))
    if not all(isinstance(one, int) for one in stated) or path.stat().st_size > MAX_BYTES:
        return
    try:
        found = imagesize.get(path)
    except (OSError, ValueError):
        found = (-1, -1)
    width, height = (round(one) for one in found)
    if width <= 0 or height <= 0:
        yield (
            f"{at}/url",
            f"The file of the picture {quoted(url)} is no picture that can be read; save it as WebP, JPEG, PNG or SVG.",
        )
    elif (width, height) != stated and path.suffix.lower() != ".svg":
        sizes = f"{stated[0]} by {stated[1]} pixels are stated, the file has {width} by {height}"
        yield (
            f"{at}/width",
            f"The size of the picture {quoted(url)} is wrong: {sizes}; correct width and height, or leave them out.",
        )
