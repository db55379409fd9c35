"""Where the benchmark works: what it measures is its own business."""

from pathlib import Path

import pytest

from bench import hall


def test_a_fresh_clone_has_no_folder_for_it_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall, "WORK", tmp_path / "var")
    with hall.work_folder() as folder:
        assert folder.parent == tmp_path / "var"
    assert not folder.exists()
