import json

from tests.audit.audits import finding, page
from wagtail_careers.audit.results import merge_modes, page_contents, read_page


def test_a_finding_in_several_modes_is_one_finding() -> None:
    light, dark = finding(modes=("light",), fix="A"), finding(modes=("dark",), fix="B")
    other = finding(target="h1", modes=("dark",))
    assert merge_modes([light, dark, other]) == (finding(modes=("light", "dark"), fix="A"), other)


def test_a_mode_is_named_once() -> None:
    assert merge_modes([finding(), finding()]) == (finding(),)


def test_a_page_is_read_as_it_was_written() -> None:
    written = page("/a/", finding(), undecided=(finding(rule="other"),), not_tested=("print",))
    assert read_page(json.loads(json.dumps(page_contents(written)))) == written


def test_a_finding_knows_its_criterion() -> None:
    criterion = finding().success_criterion
    assert criterion is not None
    assert criterion.number == "1.4.3"
    assert finding(criterion="").success_criterion is None
