"""Atomic writing of files."""

import os
import stat
import sys

import pytest

from orgmodel.files import check_writable, write_whole

NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


@pytest.fixture
def pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


class TestWhatIsNoOrdinaryFile:
    @NOT_WINDOWS
    def test_is_never_replaced(self, pipe):
        for write in (check_writable, lambda path: write_whole(path, b"x", force=True)):
            with pytest.raises(OSError, match="Not an ordinary file"):
                write(pipe)
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert list(pipe.parent.iterdir()) == [pipe]

    def test_is_a_folder_too(self, tmp_path):
        for write in (check_writable, lambda path: write_whole(path, b"x", force=True)):
            with pytest.raises(IsADirectoryError):
                write(tmp_path)
        assert list(tmp_path.iterdir()) == []


class TestCheckWritable:
    def test_leaves_nothing_behind(self, tmp_path):
        check_writable(tmp_path / "new")
        (tmp_path / "there").write_text("mine")
        check_writable(tmp_path / "there")
        assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]

    @pytest.mark.parametrize("name", ["no/new", "there/new", "x" * 300])
    def test_refuses_what_writing_would(self, tmp_path, name):
        (tmp_path / "there").write_text("mine")
        for write in (check_writable, lambda path: write_whole(path, b"x")):
            with pytest.raises(OSError, match=r"."):
                write(tmp_path / name)
        assert [path.name for path in tmp_path.iterdir()] == ["there"]
