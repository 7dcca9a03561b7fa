"""What stands on a page when something is missing: what to do, at the field, and for everybody to read."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import looking, story
from tests.journeys.conftest import Browse
from tests.journeys.looking import Eyes
from tests.journeys.running import House

pytestmark = pytest.mark.browser

EMPTY = """form => {
  form.noValidate = true;
  form.querySelectorAll('input:not([type=hidden]), textarea').forEach(field => {
    field.checked = false;
    if (!['checkbox', 'radio'].includes(field.type)) field.value = '';
  });
}"""
POST = "main form.form[method=post]"


@pytest.fixture
def maja(house: House, browse: Browse, eyes: Eyes) -> Page:
    eyes.allowed = ["status of 422"]
    page = browse(width=390)
    story.step_in(page, house.url, "Maja")
    return page


def send_empty(page: Page, eyes: Eyes, name: str, form: str = POST) -> None:
    """Send a form with nothing in it, and look at what comes back."""
    sent = page.locator(form)
    sent.evaluate(EMPTY)
    with page.expect_navigation():
        sent.locator("button:not([type=button])").last.click()
    expect(page.locator("main .wrong").first).to_be_visible()
    expect(page.locator("#errors")).to_be_focused()
    eyes(page, name)


@pytest.mark.feature("SIT-03")
def test_the_forms_of_a_resident_say_what_they_lack(house: House, maja: Page, eyes: Eyes):
    maja.goto(f"{house.url}/beboere/ny/")
    send_empty(maja, eyes, "resident_new")

    maja.goto(f"{house.url}/beboere/")
    maja.locator(".rows a.row__name").first.click()
    resident = maja.url
    send_empty(maja, eyes, "note", "#notat form")
    for form, action in (("need_new", "behov/nyt/"), ("resident_change", "ret/")):
        maja.goto(f"{resident}{action}")
        send_empty(maja, eyes, form)

    assert not eyes.faults


@pytest.mark.feature("SIT-03")
def test_a_next_step_that_is_wiped_out_is_asked_for(maja: Page, eyes: Eyes):
    maja.locator("main .next a").click()
    maja.wait_for_url("**/beboere/**")
    maja.locator("main a[href^='/behov/']").first.click()
    maja.wait_for_url("**/behov/**")
    send_empty(maja, eyes, "need_change")

    assert not eyes.faults


@pytest.mark.feature("SIT-03")
def test_the_forms_of_a_bridge_say_what_they_lack(house: House, maja: Page, eyes: Eyes):
    maja.goto(f"{house.url}/broer/")
    drafts = maja.locator(".row--bridge", has=maja.locator(".at-0")).locator("a.row__name")
    drafts.first.click()
    maja.locator("main .state a[href*='/send/']").click()
    maja.wait_for_url("**/samtykke/")
    send_empty(maja, eyes, "consent")
    for form, action in (("way_in", "vej-ind/"), ("withdraw", "traek-tilbage/")):
        maja.goto(maja.url.rsplit("/", 2)[0] + f"/{action}")
        send_empty(maja, eyes, form)

    assert not eyes.faults


@pytest.mark.feature("SIT-03")
def test_a_note_about_nobody_we_know_asks_who_is_meant(maja: Page, eyes: Eyes):
    maja.locator("#notat [name=who]").fill("Ingen af dem")
    maja.locator("#notat [name=text]").fill("Vi talte om vejret.")
    maja.locator("#notat button.btn--go").click()

    expect(maja.locator("main .wrong")).to_be_visible()
    eyes(maja, "note_any")
    assert not eyes.faults


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "axe image-alt"),
        ('<p style="color: #aaa">bleg</p>', "axe color-contrast"),
        ('<button style="height: 30px; width: 60px">lille</button>', "too small: 60 x 30"),
        ('<p style="width: 2000px">bred</p>', "too wide"),
        ("<h1>igen</h1>", "2 h1 on the page"),
        ("<input name=navn>", "axe label"),
    ],
)
def test_the_eyes_see_what_is_planted(browse: Browse, planted: str, told: str):
    page = browse(width=390)
    page.set_content(f"<html lang=da><title>Prøve</title><main><h1>Prøve</h1>{planted}</main></html>")

    found = looking.faults(page)

    assert any(fault.startswith(told) for fault in found), found


def test_an_ink_that_turns_pale_on_a_page_that_was_fine_is_seen_each_time(browse: Browse):
    page = browse(width=390)
    page.set_content("<html lang=da><title>Prøve</title><main><h1>Prøve</h1><p>sort</p></main></html>")
    assert not looking.axe_faults(page)

    page.locator("p").evaluate("text => { text.style.color = '#aaa' }")

    for _look in range(2):
        assert any(told.startswith("axe color-contrast") for told in looking.axe_faults(page))


def test_a_pale_ink_that_was_hidden_at_the_first_look_is_seen_when_it_is_shown(browse: Browse):
    page = browse(width=390)
    pale = '<p style="color: #bbb" hidden>bleg</p>'
    page.set_content(f"<html lang=da><title>Prøve</title><main><h1>Prøve</h1>{pale}</main></html>")
    assert not looking.axe_faults(page)

    page.locator("p").evaluate("text => text.removeAttribute('hidden')")

    assert any(told.startswith("axe color-contrast") for told in looking.axe_faults(page))
