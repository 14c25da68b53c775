"""docs/datalake.md is what the DAG, the contracts and the questions say today."""

import importlib.util

from conftest import ROOT


def test_the_page_is_up_to_date():
    spec = importlib.util.spec_from_file_location("datalake_page", ROOT / "scripts/datalake-page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "run `python3 scripts/datalake-page.py`"
