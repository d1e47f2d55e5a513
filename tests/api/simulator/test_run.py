"""What the command line says becomes what the simulator does."""

from pathlib import Path

import pytest

from api.errors import OperatorError
from api.simulator.options import Faults
from api.simulator.run import faults_of, numbers_of, products_of, templates_of
from api.simulator.simulator import Simulator, SimulatorError
from tests.docs.pages import ROOT


def test_faults_are_named_with_their_share() -> None:
    assert faults_of(["duplicate=0.2", "batch=5", "seed=7"]) == Faults(duplicate=0.2, batch=5, seed=7)


@pytest.mark.parametrize("given", ["twice=0.2", "duplicate", "batch=0.5"])
def test_a_fault_that_is_none_is_told_with_those_there_are(given: str) -> None:
    with pytest.raises(OperatorError, match="duplicate, hold"):
        faults_of([given])


def test_numbers_are_given_with_or_without_their_phone_number() -> None:
    numbers = numbers_of(["1:+91 98000 00001", "2"], "9")

    assert [(each.phone_number_id, each.digits, each.waba_id) for each in numbers] == [
        ("1", "919800000001", "9"),
        ("2", "2", "9"),
    ]


def test_a_catalogue_file_fills_the_cart() -> None:
    products = products_of(ROOT / "datasets" / "demo" / "catalog.csv")

    assert ("KU-ANAR-BLU-M", "Anarkali Kurti · blue · M", 899.0, "INR") in {
        (each.retailer_id, each.name, each.price, each.currency) for each in products
    }


def test_templates_are_read_as_graph_lists_them(tmp_path: Path) -> None:
    file = tmp_path / "templates.json"
    file.write_text('{"data": [{"name": "sale", "language": "en"}]}')
    assert templates_of(file) == [{"name": "sale", "language": "en"}]
    for wrong in ("{", '{"name": "sale"}', "[1]"):
        file.write_text(wrong)
        with pytest.raises(OperatorError):
            templates_of(file)


def test_a_port_that_is_taken_is_told() -> None:
    with Simulator() as first, pytest.raises(SimulatorError, match="cannot listen"):
        Simulator(port=int(first.address.rpartition(":")[2]))
