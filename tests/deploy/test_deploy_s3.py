"""A bucket, on a server of this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from broadsheet.config import Site
from broadsheet.deploy import Busy, DeployFailed, Report, Wish, deploy
from broadsheet.deploy.s3 import LOCK, S3Target

pytest.importorskip("boto3")
pytest.importorskip("moto.server")

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def own(site: Callable[..., Site], bucket: Any, endpoint: str) -> Site:
    """Return a site whose target is the bucket."""
    return site({"kind": "s3", "bucket": bucket.name, "endpoint": endpoint, "prefix": "paper", "jobs": 4})


@pytest.fixture
def send(own: Site, output: Path) -> Callable[..., Report]:
    """Return a call that deploys the output."""
    return lambda **wish: deploy("live", own, output, Wish(**wish))


def names(bucket: Any) -> set[str]:
    """Return the keys of the bucket below paper/."""
    return {one.key.removeprefix("paper/") for one in bucket.objects.all()}


def test_the_bucket_holds_the_site(send: Callable[..., Report], output: Path, bucket: Any) -> None:
    """Every file stands below the prefix, and no lock is left."""
    send()
    files = {one.relative_to(output).as_posix() for one in output.rglob("*") if one.is_file()}
    assert names(bucket) == {*files, ".broadsheet-rules"}


def test_files_come_with_their_headers(send: Callable[..., Report], bucket: Any) -> None:
    """The type and the cache policy are sent with the file."""
    send()
    page = bucket.Object("paper/index.html").get()
    assert (page["ContentType"], page["CacheControl"].split(",")[1]) == ("text/html; charset=utf-8", " max-age=300")


def test_only_what_changed_is_sent(send: Callable[..., Report], output: Path) -> None:
    """A change of the same size is sent, and nothing else."""
    send()
    (output / "index.html").write_text("<h1>Tnorf</h1>", encoding="utf-8")
    with mock.patch.object(S3Target, "_put", autospec=True) as put:
        send()
    assert [call.args[2].path for call in put.call_args_list] == ["index.html"]


def test_nothing_changed_is_nothing_sent(send: Callable[..., Report]) -> None:
    """The same site again is not sent."""
    send()
    report = send()
    assert (report.bytes, report.same) == (0, 8)


def test_what_is_gone_is_deleted_last(send: Callable[..., Report], output: Path, bucket: Any) -> None:
    """A page that is no longer built goes."""
    send()
    (output / "articles/ferry.html").unlink()
    send()
    assert "articles/ferry.html" not in names(bucket)


def test_an_interrupted_deploy_goes_on(send: Callable[..., Report]) -> None:
    """What was sent before the interruption is not sent again."""

    def put(self: S3Target, bundle: Any, one: Any, *, whole: Any = S3Target._put) -> None:
        if one.group == "article":
            raise DeployFailed("here", "interrupted")
        whole(self, bundle, one)

    with mock.patch.object(S3Target, "_put", put), pytest.raises(DeployFailed):
        send()
    assert send(dry=True).added == (
        "articles/ferry.html",
        "articles/ferry.json",
        "index.html",
        "feed.atom.xml",
        "sitemap.xml",
    )


def test_no_page_is_served_before_its_assets(send: Callable[..., Report]) -> None:
    """Each group is there before the next begins."""
    sent: list[str] = []
    whole = S3Target._put

    def put(self: S3Target, bundle: Any, one: Any) -> None:
        whole(self, bundle, one)
        sent.append(one.group)

    with mock.patch.object(S3Target, "_put", put):
        send()
    assert sent == sorted(sent, key=["asset", "data", "article", "page", "list"].index)


def test_a_held_lock_keeps_others_out(send: Callable[..., Report], bucket: Any) -> None:
    """While one deploys, a second is told who it is."""
    bucket.put_object(Key=f"paper/{LOCK}", Body=b'{"host": "desk-7", "at": "2999-01-01T00:00:00+00:00"}')
    with pytest.raises(Busy, match="desk-7"):
        send()


def test_an_old_lock_is_taken_over(send: Callable[..., Report], bucket: Any) -> None:
    """A lock that a killed deploy left behind does not stand for ever."""
    bucket.put_object(Key=f"paper/{LOCK}", Body=b'{"host": "desk-7", "at": "2001-01-01T00:00:00+00:00"}')
    assert len(send().added) == 8


def test_a_bucket_that_is_not_there_is_told(
    site: Callable[..., Site], output: Path, endpoint: str, bucket: Any
) -> None:
    """The error is one sentence with the bucket's name."""
    other = site({"kind": "s3", "bucket": f"{bucket.name}-none", "endpoint": endpoint})
    with pytest.raises(DeployFailed, match="NoSuchBucket"):
        deploy("live", other, output, Wish())


def test_missing_credentials_are_told(own: Site, output: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The sentence says which variables to set."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(DeployFailed, match="no credentials"):
        deploy("live", own, output, Wish())


def test_a_server_that_is_gone_is_told(site: Callable[..., Site], output: Path, bucket: Any) -> None:
    """A vanished endpoint is one sentence, after a few tries."""
    gone = site({"kind": "s3", "bucket": bucket.name, "endpoint": "http://127.0.0.1:9"})
    with mock.patch("time.sleep"), pytest.raises(DeployFailed, match="Could not connect"):
        deploy("live", gone, output, Wish())


def test_a_bucket_left_alone_is_not_listed(send: Callable[..., Report]) -> None:
    """The note of the last deploy tells that nothing need be done."""
    send()
    with mock.patch.object(S3Target, "_listed", side_effect=AssertionError):
        assert send().same == 8


def test_fresh_sees_what_others_did(send: Callable[..., Report], bucket: Any) -> None:
    """--fresh lists the bucket and sends what someone deleted there."""
    send()
    bucket.Object("paper/index.html").delete()
    assert send(fresh=True).added == ("index.html",)


def test_a_change_lists_the_bucket(send: Callable[..., Report], output: Path, bucket: Any) -> None:
    """As soon as anything is to be sent, all that is amiss is put right."""
    send()
    bucket.Object("paper/articles/ferry.html").delete()
    (output / "index.html").write_text("<h1>New</h1>", encoding="utf-8")
    report = send()
    assert (report.added, report.changed) == (("articles/ferry.html",), ("index.html",))
