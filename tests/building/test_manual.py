"""The manual says what the code says."""

import importlib.util
import inspect
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def drawer():
    specification = importlib.util.spec_from_file_location("draw", DOCS / "draw.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", drawer().PAGES)
def test_a_drawn_page_is_fresh(name):
    assert (DOCS / name).read_text(encoding="utf-8") == drawer().PAGES[name](), (
        "run: ./run python docs/draw.py"
    )


def test_every_part_of_the_pathway_is_in_its_order():
    import throughcare.pathway

    listed = drawer().order_of_parts(inspect.getdoc(throughcare.pathway))
    folders = {path.parent.name for path in Path(throughcare.pathway.__file__).parent.glob("*/__init__.py")}
    assert folders == set(listed)
