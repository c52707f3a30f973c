"""The five tasks of a new leader, from the front page to the answer, in at most three steps."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MOST_STEPS = 3
MOST_TABS = 80
DOOR = {"da": "Jeg er ny her", "en": "I am new here"}
POST = {"da": "Leder af plejehjemsområdet", "en": "Leader of the nursing-home area"}
# Each task: the step of the walk that is opened last, if any, and the answer.
TASKS: dict[str, dict[str, tuple[str | None, str]]] = {
    "where do I sit": {
        "da": (None, "Du er leder af plejehjemsområdet, på 2. ledelseslag i Ballerup Kommune"),
        "en": (None, "in leadership layer 2 of Ballerup Kommune"),
    },
    "whom do I report to": {
        "da": (None, "Du refererer til centerchef Dorte Dahl"),
        "en": (None, "Dorte Dahl and have 3 peers"),
    },
    "which forums do I sit in": {
        "da": ("Dine ledelsesfora", "Plejehjemmenes ledergruppe"),
        "en": ("Your groups", "Plejehjemmenes ledergruppe"),
    },
    "how many do I lead": {
        "da": ("Dit team", "Du leder mindst 7 personer direkte"),
        "en": ("Your team", "You lead at least 7 people directly"),
    },
    "what is expected first": {
        "da": ("Dit første år", "Få ældrelovens tre værdier"),
        "en": ("Your first year", "From the job advertisement"),
    },
}


class Leader:
    """A reader who counts the links that were followed."""

    def __init__(self, page):
        self.page = page
        self.steps = 0

    def follow(self, link):
        link.click()
        self.steps += 1


class LeaderWithKeys(Leader):
    """The same with the keyboard alone: Tab to the link, then Enter."""

    def follow(self, link):
        link.wait_for()
        for _ in range(MOST_TABS):
            if link.evaluate("one => one === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        expect(link).to_be_focused()
        self.page.keyboard.press("Enter")
        self.steps += 1


@pytest.mark.parametrize("hand", [Leader, LeaderWithKeys], ids=["mouse", "keys"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("task", TASKS)
def test_the_answer_is_at_most_three_steps_from_the_front_page(
    look, site, task, language, width, hand
):
    step, answer = TASKS[task][language]
    with look(width=width, height=900) as page:
        page.goto(f"{site}/?lang={language}")
        leader = hand(page)
        main = page.get_by_role("main")
        leader.follow(main.get_by_role("link", name=DOOR[language]))
        leader.follow(main.get_by_role("link", name=re.compile(POST[language])).first)
        if step:
            steps = page.get_by_role("list").get_by_role("link", name=re.compile(step))
            leader.follow(steps.first)
        expect(main).to_contain_text(answer)
        assert leader.steps <= MOST_STEPS
