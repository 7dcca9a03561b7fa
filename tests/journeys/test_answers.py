"""What can be done with the link of a letter: by a person, and by a machine that reads everybody's mail."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from brobygger.site.sample.frame import HOUSE
from tests.journeys import story
from tests.journeys.conftest import Browse
from tests.journeys.letters import Asked, standing, unanswered
from tests.journeys.looking import Eyes
from tests.journeys.running import House

pytestmark = pytest.mark.browser

# Every form of the page, with its hidden fields, as a machine sends it: no button was pressed.
SUBMIT = "form => form.requestSubmit()"
REFUSED, UNCHOSEN = 403, 422


@pytest.fixture(scope="module")
def questions(house: House) -> Iterator[Asked]:
    """Each test takes a question of its own."""
    return unanswered(house)


@pytest.mark.feature("BRI-04")
def test_a_no_takes_one_reason_and_the_worker_sees_who_decided(
    house: House, browse: Browse, eyes: Eyes, questions: Iterator[Asked]
):
    eyes.allowed = ["status of 422"]
    asked, page = next(questions), browse(width=390)
    show(page, asked.link)
    page.locator("button[name=svar][value=nej]").tap()
    expect(page.locator("main [name=reason]").first).to_be_visible()
    eyes(page, "no")

    page.locator("main form button.btn--go").tap()
    expect(page.locator("main .wrong")).to_be_visible()
    eyes(page, "no_without_reason")
    assert standing(house, asked.code).state == "requested"

    page.locator("main [name=reason][value=no_capacity]").check()
    page.locator("main form button.btn--go").tap()
    expect(page.locator("main [name=reason]")).to_have_count(0)
    eyes(page, "declined")
    assert standing(house, asked.code).claims[-2:] == ("opened", "rejected")

    worker = see_as_leader(house, browse(), asked)
    expect(worker.locator("main .say--them .say__by").first).not_to_be_empty()
    expect(worker.locator("main .state a.btn--go[href^='/forslag/']")).to_be_visible()
    eyes(worker, "bridge_rejected")
    assert not eyes.faults


@pytest.mark.feature("BRI-04")
def test_a_yes_on_another_day_asks_for_day_and_hour(
    house: House, browse: Browse, eyes: Eyes, questions: Iterator[Asked]
):
    eyes.allowed = ["status of 422"]
    asked, page = next(questions), browse(width=390)
    show(page, asked.link)
    page.locator("button[name=svar][value=anden]").tap()
    expect(page.locator("main [name=day]")).to_be_visible()
    eyes(page, "another_day")

    page.locator("main form button.btn--go").tap()
    expect(page.locator("main .wrong").first).to_be_visible()
    eyes(page, "another_day_without_day")

    page.locator("main [name=day]").fill((story.today() + timedelta(days=5)).isoformat())
    page.locator("main [name=hour]").fill("10:30")
    page.locator("main form button.btn--go").tap()
    expect(page.locator("main [name=day]")).to_have_count(0)
    eyes(page, "thanks_another_day")

    assert standing(house, asked.code).state == "accepted"
    assert not eyes.faults


@pytest.mark.feature("BRI-04", "BRI-09")
def test_a_mail_scanner_that_follows_links_and_runs_scripts_changes_nothing(
    house: House, browse: Browse, eyes: Eyes, questions: Iterator[Asked]
):
    """It looks at the link in every way there is without sending a form. Nothing is even "opened"."""
    asked, page = next(questions), browse()
    before = standing(house, asked.code)

    for method in ("GET", "HEAD", "OPTIONS"):
        for _time in range(5):
            page.request.fetch(asked.link, method=method, headers={"X-Purpose": "preview"})
    page.goto(asked.link)
    for address in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
        page.goto(address)

    assert standing(house, asked.code) == before


@pytest.mark.feature("BRI-04", "BRI-09")
def test_a_mail_scanner_that_submits_every_form_can_open_but_never_answer(
    house: House, browse: Browse, eyes: Eyes, questions: Iterator[Asked]
):
    """The worst there is: with cookies and script it submits "Vis" too, and so the leg reads as opened.

    That is the whole of its reach. No answer is chosen beforehand, so what it sends next is refused with 422.
    """
    asked, page = next(questions), browse()

    page.goto(asked.link)
    page.locator("main form").evaluate(SUBMIT)
    expect(page.locator("form.outcomes")).to_be_visible()
    for form in page.locator("main form").all():
        with page.expect_response("**/svar/*/svar/") as sent:
            form.evaluate(SUBMIT)
        assert sent.value.status == UNCHOSEN

    now = standing(house, asked.code)
    assert (now.state, now.claims.count("opened")) == ("requested", 1)
    expect(page.locator("main [role=alert]")).to_be_visible()


@pytest.mark.feature("BRI-09")
def test_a_form_that_is_sent_without_having_been_shown_is_refused(
    house: House, browse: Browse, questions: Iterator[Asked]
):
    """A machine that posts to the addresses it can guess holds no nonce."""
    asked, page = next(questions), browse()
    before = standing(house, asked.code)

    for act in ("vis/", "svar/"):
        sent = page.request.post(f"{asked.link}{act}", form={"svar": "venteliste", "version": "1"})
        assert sent.status == REFUSED

    assert standing(house, asked.code) == before


def show(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("main form button").click()
    expect(page.locator("form.outcomes")).to_be_visible()


def see_as_leader(house: House, page: Page, asked: Asked) -> Page:
    query = "SELECT bridge_id FROM bridging_leg WHERE code = %s"
    ((bridge,),) = house.asked(query, asked.code, house=HOUSE)
    story.step_in(page, house.url, "Torben")
    page.goto(f"{house.url}/broer/{bridge}/")
    return page
