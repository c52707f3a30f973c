"""Files that change while they are served: the served version, the cache, reported errors."""

import logging
import os
import shutil
import stat
import threading
from enum import StrEnum
from functools import partial

import pytest

from orgmodel.errors import UnknownIdError
from orgmodel.reading import loading
from orgmodel.reading.record_bytes import UnreadableBytesError, from_bytes, to_bytes
from tests.builders import HEAD, body, post, unit, write
from tests.clients import over, over_body
from webui.store import cache as cache_module
from webui.store import data_files, opened, repository
from webui.store.cache import Cache
from webui.store.data_files import Listing, listing_of
from webui.store.loaded import Versions
from webui.store.repository import Background, Repository

LEADER = post("l", holder="Ida Holm")
BODY = body(unit("a", LEADER, name="Alfa"))
CHANGED = BODY.replace("Alfa", "Beta")
BROKEN = "organisation: test\nunitz: 1\n"


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return write(folder, BODY).parent


@pytest.fixture
def cache(tmp_path):
    made = Cache.at(tmp_path / "cache")
    assert made is not None
    return made


def name_of(served):
    """How a repository calls the unit of the organisation."""
    return served.get("test").organisation.units["a"].name.da


def age(folder):
    """Make every file of a folder an old one; return them."""
    paths = list(folder.rglob("*"))
    for path in paths:
        os.utime(path, (0, 0))
    return [path for path in paths if path.is_file()]


class TestAFileWithErrors:
    def test_leaves_the_last_version_without_any_up_and_says_so(self, data):
        client = over(data)
        assert "Alfa" in client.get("/test/").text
        (data / "test.yaml").write_text(BROKEN)
        for page in ("/test/", "/test/positions/l", "/test/spans", "/test/units/a"):
            answer = client.get(f"{page}?lang=en")
            assert answer.status_code == 200
            assert "test.yaml has errors since it was last changed" in answer.text
            assert "test.yaml:2:1" in answer.text
            assert "unknown-key" in answer.text
        front = client.get("/?lang=en").text
        assert "1 file has errors since it was last changed" in front
        assert "The last version without errors is shown." in front

    def test_is_marked_until_it_is_mended(self, data):
        client = over(data)
        client.get("/test/")
        for text, is_marked in ((BROKEN, True), (HEAD + BODY, False)):
            (data / "test.yaml").write_text(text)
            assert ("stale" in client.get("/test/").text) is is_marked

    def test_names_nobody_where_names_are_left_out(self, data):
        client = over(data)
        client.get("/test/")
        (data / "test.yaml").write_text(HEAD + BODY + "Ida Holm: x\n")
        assert "Ida Holm" in client.get("/test/").text
        assert "Ida Holm" not in client.get("/test/?names=off").text

    def test_is_in_the_log_with_every_error(self, data, caplog):
        client = over(data)
        client.get("/test/")
        (data / "test.yaml").write_text(BROKEN + "nome: x\n")
        client.get("/test/")
        (logged,) = [one for one in caplog.records if one.levelno == logging.ERROR]
        message = logged.getMessage()
        assert "the last content without errors is served" in message
        assert message.count("unknown-key") == 2

    def test_that_was_never_without_is_told_as_before(self, data):
        (data / "test.yaml").write_text(BROKEN)
        answer = over(data).get("/test/")
        assert answer.status_code == 422
        assert "unknown-key" in answer.text

    def test_is_shown_from_the_cache_after_a_new_start(self, data, cache):
        Repository([data], cache).get("test")
        (data / "test.yaml").write_text(BROKEN)
        started = Repository([data], cache)
        assert name_of(started) == "Alfa"
        assert [one.served_id for one in started.faulty()] == ["test"]

    def test_is_read_again_from_the_cache_by_another_version_of_the_program(
        self, data, cache, monkeypatch
    ):
        Repository([data], cache).get("test")
        (data / "test.yaml").write_text(BROKEN)
        monkeypatch.setattr(cache_module, "program_version", lambda: "another")
        upgraded = Cache.at(cache.folder)
        assert name_of(Repository([data], upgraded)) == "Alfa"

    def test_that_is_gone_is_gone(self, data, cache):
        served = Repository([data], cache)
        served.get("test")
        (data / "test.yaml").unlink()
        with pytest.raises(UnknownIdError):
            served.get("test")


class Gates:
    """Holds reading up until it is let on."""

    def __init__(self, monkeypatch):
        self.begun, self.let_on = threading.Event(), threading.Event()
        read = loading.read_bytes

        def held(content, path):
            self.begun.set()
            assert self.let_on.wait(60)
            return read(content, path)

        monkeypatch.setattr(data_files, "read_bytes", held)


class TestReading:
    def test_the_old_is_served_while_the_new_is_read(self, data, monkeypatch):
        served = Repository([data], patience=0.01)
        assert name_of(served) == "Alfa"
        gates = Gates(monkeypatch)
        write(data, CHANGED)
        for _n in range(3):
            assert name_of(served) == "Alfa"
        assert gates.begun.wait(60)
        gates.let_on.set()
        for _n in range(1000):
            if name_of(served) == "Beta":
                return
            threading.Event().wait(0.05)
        pytest.fail("the new content is never served")

    def test_the_front_page_does_not_wait_for_what_takes_long(self, data, monkeypatch):
        gates = Gates(monkeypatch)
        client = over(data, PATIENCE=0.01)
        answer = client.get("/?lang=en")
        assert "1 more file is being read" in answer.text
        assert client.get("/-/ready").status_code == 503
        assert client.get("/-/health").status_code == 200
        gates.let_on.set()
        assert client.get("/test/").status_code == 200
        assert "being read" not in client.get("/?lang=en").text
        assert client.get("/-/ready").status_code == 200

    def test_what_is_not_read_in_time_is_to_be_asked_for_again(self, data, monkeypatch):
        gates = Gates(monkeypatch)
        monkeypatch.setattr(repository, "SECONDS_FOR_FIRST_READING", 0.01)
        answer = over(data, PATIENCE=0.01).get("/test/?lang=en")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert "The organisation is being read" in answer.text
        gates.let_on.set()

    def test_a_fault_of_the_program_costs_that_file_only(self, data, monkeypatch, caplog):
        read = loading.read_bytes

        def fails(content, path):
            if path.stem == "test":
                raise MemoryError
            return read(content, path)

        monkeypatch.setattr(data_files, "read_bytes", fails)
        write(data, BODY, "other")
        client = over(data)
        assert client.get("/other/").status_code == 200
        assert client.get("/test/").status_code == 422
        assert "MemoryError" in caplog.text

    def test_what_was_asked_for_goes_first(self):
        background = Background()
        done: list[int] = []
        started, let_on = threading.Event(), threading.Event()

        def hold():
            started.set()
            let_on.wait(60)

        background.submit(hold)
        assert started.wait(60)
        jobs = [background.submit(partial(done.append, n)) for n in range(3)]
        background.hurry(jobs[2])
        let_on.set()
        for job in jobs:
            job.result(timeout=60)
        assert done == [2, 0, 1]

    def test_work_that_fails_holds_nothing_up(self):
        background = Background()
        failed = background.submit(lambda: 1 // 0)
        assert isinstance(failed.exception(timeout=60), ZeroDivisionError)
        assert background.submit(lambda: 1).result(timeout=60) == 1


class TestMemory:
    def test_only_so_many_stay_open_and_the_others_open_again(self, data, cache, monkeypatch):
        monkeypatch.setattr(opened, "ORGANISATIONS_OPEN", 2)
        ids = [f"o{n}" for n in range(5)]
        for one in ids:
            write(data, BODY, one)
        served = Repository([data], cache)
        first = [served.versions(one) for one in ids]
        assert served.versions("o4") is first[4]
        assert served.versions("o0") is not first[0]
        assert served.get("o0").organisation.record == first[0].base.organisation.record

    def test_only_so_much_is_searched_without_building_its_index_anew(
        self, data, cache, monkeypatch
    ):
        monkeypatch.setattr(opened, "ORGANISATIONS_OPEN", 1)
        monkeypatch.setattr(opened, "ENTRIES_SEARCHED", 10)
        for n in range(5):
            write(data, BODY, f"o{n}")
        served = Repository([data], cache)
        first, second = served.search_indexes(), served.search_indexes()
        assert [one.organisation.id for one in first] == [one.organisation.id for one in second]
        kept = len(set(map(id, first)) & set(map(id, second)))
        assert sum(map(len, first)) > 10
        assert kept < len(first)
        monkeypatch.setattr(opened, "ENTRIES_SEARCHED", 1_000)
        assert [*map(id, served.search_indexes())] != [*map(id, first)]
        again = served.search_indexes()
        assert [*map(id, again)] == [*map(id, served.search_indexes())]

    def test_nothing_is_opened_for_the_front_page(self, data, cache, monkeypatch):
        Repository([data], cache).listings()
        monkeypatch.setattr(data_files, "read_bytes", lambda *_: pytest.fail("it was read"))
        monkeypatch.setattr(data_files, "Versions", lambda *_: pytest.fail("it was opened"))
        (listing,) = Repository([data], cache).listings()
        assert (listing.id, listing.posts, listing.leaders) == ("test", 1, 1)


class TestCache:
    @pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
    def test_what_comes_back_is_what_was_kept(self, name, cache, shipped):
        record = shipped[name].record
        versions = Versions(shipped[name])
        listing = listing_of(versions.base, versions.anonymous)
        cache.keep("0" * 64, b"x", record, listing)
        assert cache.record("0" * 64) == record
        assert cache.listing("0" * 64) == listing

    def test_is_for_its_user_alone(self, data, cache):
        Repository([data], cache).get("test")
        assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
        cache.folder.chmod(0o777)
        assert Cache.at(cache.folder) is None

    @pytest.mark.parametrize("suffix", [".record", ".listing"])
    @pytest.mark.parametrize("damage", [b"", b"\x80\x04.", b"cos\nsystem\n(S'true'\ntR."])
    def test_what_is_damaged_is_made_anew(self, data, cache, suffix, damage):
        before = Repository([data], cache).get("test").organisation.record
        (path,) = cache.folder.rglob(f"*{suffix}")
        path.write_bytes(damage)
        served = Repository([data], cache)
        assert served.listings()[0].posts == 1
        assert served.get("test").organisation.record == before

    def test_forgets_what_a_newer_content_has_replaced(self, data, cache):
        served = Repository([data], cache)
        served.get("test")
        write(data, BODY.replace("Ida Holm", "Bo Lund"))
        served.get("test")
        contents = b"".join(one.read_bytes() for one in cache.folder.rglob("*") if one.is_file())
        assert b"Bo Lund" in contents
        assert b"Ida Holm" not in contents

    def test_forgets_what_is_served_no_more(self, data, cache, monkeypatch):
        Repository([data], cache).get("test")
        assert age(cache.folder)
        assert Cache.at(cache.folder) is not None
        assert not [one for one in cache.folder.rglob("*") if one.is_file()]

    def test_forgets_nothing_of_others_in_its_folder(self, tmp_path):
        folder = tmp_path / "documents"
        (folder / "letters").mkdir(parents=True)
        others = [folder / "plan.yaml", folder / "letters" / "one.txt", folder / ".profile"]
        for path in others:
            path.write_text("not ours")
        age(folder)
        assert Cache.at(folder) is not None
        assert [path.read_text() for path in others] == ["not ours"] * 3

    def test_forgets_what_was_half_written(self, data, cache):
        half = cache.folder / f".{'0' * 50}.abcdefgh"
        half.write_bytes(b"half")
        os.utime(half, (0, 0))
        assert Cache.at(cache.folder) is not None
        assert not half.exists()

    def test_keeps_the_last_good_of_a_file_that_was_not_changed_for_long(self, data, cache):
        Repository([data], cache).get("test")
        age(cache.folder)
        (data / "test.yaml").write_text(BROKEN)
        client = over(data, CACHE=str(cache.folder))
        assert "Alfa" in client.get("/test/").text

    def test_works_where_python_pickles_members_of_enumerations_by_getattr(
        self, shipped, monkeypatch
    ):
        # As Debian's 3.11.2 does.
        def reduced(member, _protocol):
            return getattr, (type(member), member.name)

        for kind in StrEnum.__subclasses__():
            if kind.__module__.startswith("orgmodel."):
                monkeypatch.setattr(kind, "__reduce_ex__", reduced)
        record = shipped["silkeborg"].record
        assert from_bytes(to_bytes(record)) == record

    def test_without_a_place_for_it_all_works(self, data, tmp_path):
        (tmp_path / "file").write_text("")
        client = over(data, CACHE=str(tmp_path / "file"))
        assert client.get("/test/").status_code == 200

    def test_that_vanishes_costs_only_time(self, data, cache):
        served = Repository([data], cache)
        served.listings()
        shutil.rmtree(cache.folder)
        assert name_of(served) == "Alfa"
        write(data, CHANGED)
        assert name_of(served) == "Beta"

    def test_is_shared_by_several_that_start_at_once(self, data, cache, monkeypatch):
        count, read = [], loading.read_bytes

        def counted(content, path):
            count.append(path)
            return read(content, path)

        monkeypatch.setattr(data_files, "read_bytes", counted)
        workers = [Repository([data], cache) for _n in range(4)]
        threads = [threading.Thread(target=one.listings) for one in workers]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert len(count) == 1


class TestKept:
    @pytest.mark.parametrize(
        "data",
        [
            b"cos\nsystem\n(S'true'\ntR.",
            b"cbuiltins\neval\n(S'1'\ntR.",
            b"corgmodel.files\nwrite_whole\n.",
            b"corgmodel.model.entities\nannotations\n.",
            b"corgmodel.model.organisation\nTYPE_CHECKING\n.",
            b"nonsense",
        ],
    )
    def test_bytes_that_name_anything_but_entities_are_refused(self, data):
        with pytest.raises(UnreadableBytesError):
            from_bytes(data)

    def test_a_listing_is_only_had_where_it_is_expected(self, shipped):
        versions = Versions(shipped["silkeborg"])
        data = to_bytes(listing_of(versions.base, versions.anonymous))
        with pytest.raises(UnreadableBytesError):
            from_bytes(data)
        assert isinstance(from_bytes(data, (Listing,)), Listing)


class TestListings:
    def test_say_what_the_organisation_itself_says(self, shipped):
        for organisation in shipped.values():
            versions = Versions(organisation)
            listing, loaded = listing_of(versions.base, versions.anonymous), versions.base
            assert listing.posts == loaded.summary.positions
            assert listing.findings == len(loaded.findings)
            nameless = listing.without_names()
            assert nameless.name == versions.anonymous.record.name
            assert nameless.description == versions.anonymous.record.description

    def test_are_of_the_date_that_is_asked_for(self, tmp_path):
        later = unit("a", LEADER, positions=[post("p", from_="2026-05-01")])
        client = over_body(tmp_path, body(later))
        for query, size in (
            ("", "1 post"),
            ("&date=2026-04-30", "1 post"),
            ("&date=2026-05-01", "2 posts"),
        ):
            assert f">{size} · " in client.get(f"/?lang=en{query}").text
