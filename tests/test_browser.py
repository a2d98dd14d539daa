"""The websites in a real browser: accessibility, keyboard, narrow screens, search, and what works without scripts."""

import datetime as dt
import zipfile

import pytest
from pages import FIRST_LOAD, NARROW, PHONE, WIDE, faults, first_load, served, started_browser

PAGES = [
    "index.html",
    "fi/index.html",
    "en/method.html",
    "fi/actors/municipality.html",
    "sv/documents.html",
    "en/kits.html",
    "sv/actions.html",
    "fi/accessibility.html",
    "edit/index.html",
    "ti/index.html",
    "kits/mallila/fi/index.html",
    "kits/mallila/fi/follow-up/rounds.html",
    "en/residents.html",
    "kits/mallila/sv/actors/leaders.html",
    "kits/mallila/en/accessibility.html",
    "kits/mallila/ar/index.html",
    "kits/lillby/sv/index.html",
]
"""One of every kind of page."""


@pytest.fixture(scope="module")
def address(site):
    """The site as a web server of this machine shows it."""
    with served(site) as here:
        yield here


@pytest.fixture(scope="module")
def browser():
    with started_browser() as started:
        yield started


@pytest.fixture
def visit(browser):
    """Opens an address in a new window; the test fails if the page complains or asks another host for something."""
    windows, complaints = [], []

    def open_window(address, width=WIDE, scheme="light", **options):
        window = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            service_workers="block",
            locale="tlh",  # none of the site's languages: the entrance leads nobody on
            **options,
        )
        windows.append(window)
        page = window.new_page()
        listen(page, address.split("/", 3)[:3], complaints)
        page.goto(address, wait_until="load")
        return page

    yield open_window
    for window in windows:
        window.close()
    assert complaints == []


def listen(page, host, complaints):
    """Notes what the page complains of, what it can't load, and what it asks of another host. A reader who goes on to
    the next page breaks off what the last one was loading: that is no failure."""

    def asked(request):
        if request.url.split("/", 3)[:3] != host and not request.url.startswith("data:"):
            complaints.append(f"asked for {request.url}")

    def failed(request):
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.url}: {request.failure}")

    def told(message):
        if message.type in ("error", "warning") and "blocked by Playwright" not in message.text:
            complaints.append(message.text)

    page.on("request", asked)
    page.on("requestfailed", failed)
    page.on("console", told)
    page.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_is_accessible_and_fits_on_a_narrow_screen(visit, address, name, scheme):
    page = visit(address + name, scheme=scheme)
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], width
    for width in (WIDE // 2, NARROW):  # a wide screen at 200 and 400 %
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize(
    "name", ["fi/index.html", "kits/mallila/sv/actors/leaders.html", "kits/mallila/ar/index.html"]
)
def test_the_tab_key_stops_only_where_a_reader_sees_it(visit, address, name, width):
    page = visit(address + name, width)
    unseen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const stop = document.activeElement;
                const shown = stop.type === "radio" ? stop.nextElementSibling : stop;
                const { left, right, top, bottom, width } = shown.getBoundingClientRect();
                const seen = width > 0 && left < innerWidth && right > 0 && top < innerHeight && bottom > 0;
                const marked = getComputedStyle(stop).outlineStyle !== "none" || stop.type === "radio";
                return stop === document.body ? "" : seen && marked ? "seen" : stop.outerHTML.slice(0, 200);
            }"""
        )
        if not stop:
            break
        unseen += [stop] if stop != "seen" else []
    assert unseen == []


def test_the_first_stop_leads_past_the_menus(visit, address):
    page = visit(address + "en/method.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('article'))")


def test_the_language_menu_opens_with_the_keyboard(visit, address):
    page = visit(address + "fi/why.html")
    page.get_by_role("button", name="Valitse kieli").focus()
    arabic = page.locator(".md-select").get_by_role("link", name="العربية")
    assert arabic.is_visible()
    assert (arabic.get_attribute("lang"), arabic.get_attribute("hreflang")) == ("ar", "ar")
    arabic.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/index.html")
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_the_menu_of_a_phone_opens_and_closes_with_the_keyboard(visit, address):
    page = visit(address + "sv/why.html", PHONE)
    button = page.get_by_role("button", name="Navigation")
    link = page.locator(".md-sidebar--primary").get_by_role("link", name="För kommunen")
    assert not link.is_visible()
    button.focus()
    page.keyboard.press("Space")
    assert link.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert not link.is_visible()
    assert button.evaluate("button => button === document.activeElement")


def test_the_kit_page_knows_what_is_next_by_the_readers_clock(visit, address):
    page = visit(address + "kits/mallila/en/index.html")
    open_meetings = "details.kit-meeting[open] h3"
    page.clock.set_fixed_time(dt.datetime(2026, 10, 12, 12, 0))
    page.reload()
    assert page.locator(".next-up .next").inner_text().startswith("Next\nWednesday 14 October 2026")
    assert not page.get_by_text("Tuesday 29 September 2026, 17:30").first.is_visible()  # it is over
    assert page.locator(open_meetings).evaluate_all("all => all.map(one => one.id)") == [
        "russian-1",
        "tigrinya-1",
        "finnish-1",
    ]
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.reload()
    assert page.locator(open_meetings).evaluate_all("all => all.map(one => one.id)") == ["russian-1"]


def test_what_is_folded_opens_with_the_keyboard(visit, address):
    page = visit(address + "kits/mallila/en/index.html")
    folded = page.locator("details").first
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    assert folded.evaluate("folded => folded.open")


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        ("fi/index.html", "keskustelutilaisuudessa", "collect/how.html"),
        ("sv/index.html", "sekreterarna", "actors/leaders.html"),
        ("kits/mallila/en/why.html", "secretaries", "actors/leaders.html"),
    ],
)
def test_the_search_finds_other_forms_of_a_word_in_the_readers_language(visit, address, name, asked, found):
    page = visit(address + name)
    language = name.split("/")[-2]
    results = searched(page, asked)
    assert any(result.endswith(found) for result in results)
    assert all(f"/{language}/" in result for result in results)
    assert faults(page) == []


def searched(page, words):
    """The addresses that the search gives."""
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    page.locator(".md-search-result__link").first.wait_for()
    return page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")


def test_a_kit_that_is_opened_from_its_zip_can_be_read_and_searched(visit, site, tmp_path):
    with zipfile.ZipFile(site / "kits" / "mallila" / "mallila.zip") as archive:
        archive.extractall(tmp_path)
    page = visit((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name="suomi").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Mallila"
    assert any("documents.html" in result for result in searched(page, "kokemuskortteja"))


@pytest.mark.parametrize(
    ("written", "shown", "leads_to"),
    [
        ("mod", "Mallila – Modellby: open the meeting kit", "kits/mallila/index.html"),
        (
            "soadegilli",
            "Sodankylä – Soađegilli: no meeting kit yet: how to start one",
            "edit/en.html#sodankyla",
        ),
        ("AANEKOSKI", "Äänekoski: no meeting kit yet: how to start one", "edit/en.html#aanekoski"),
        (
            "tavastkyro",
            "Hämeenkyrö – Tavastkyro: no meeting kit yet: how to start one",
            "edit/en.html#hameenkyro",
        ),
    ],
)
def test_a_municipality_is_found_by_any_name_without_accents(visit, address, written, shown, leads_to):
    page = visit(address + "en/index.html")
    page.get_by_label("Name of the municipality").fill(written)
    first = page.locator("form.find li a").first
    assert first.inner_text() == shown
    page.keyboard.press("Enter")
    page.wait_for_url(address + leads_to)


def test_finder_and_library_need_no_mouse(visit, address):
    page = visit(address + "en/index.html")
    page.get_by_label("Name of the municipality").focus()
    page.keyboard.type("modellby")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Mallila – Modellby: open the meeting kit"
    page.goto(address + "en/actions.html")
    page.get_by_label("Search words").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # the first area
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # what is done
    assert page.locator("table.decided tbody tr:visible").count() == 1
    assert page.locator("form.filter").get_by_role("status").inner_text().endswith(" 1")


def test_a_calendar_program_can_subscribe_to_the_round(visit, address):
    page = visit(address + "kits/mallila/en/index.html")
    link = page.get_by_role("link", name="Subscribe to the calendar").get_attribute("href")
    assert link == address.replace("http:", "webcal:") + "kits/mallila/documents/2026/calendar.fi.ics"
    assert page.request.get(link.replace("webcal:", "http:")).ok


def test_a_name_that_no_municipality_has_is_said(visit, address):
    page = visit(address + "en/index.html")
    page.get_by_label("Name of the municipality").fill("stockholm")
    assert (
        page.locator("form.find").get_by_role("status").inner_text()
        == "No municipality has a name like that."
    )
    page.get_by_label("Name of the municipality").fill("hameenkyro")
    assert page.locator("form.find code").inner_text() == "kit new hameenkyro"


def test_the_decided_actions_can_be_narrowed_down(visit, address):
    page = visit(address + "fi/actions.html")
    status = page.locator("form.filter").get_by_role("status")
    assert status.inner_text().endswith(" 8")
    page.get_by_label("Tilanne").select_option(label="Valmis")
    assert status.inner_text().endswith(" 2")
    headings = [text.strip() for text in page.get_by_role("heading", level=2).all_inner_texts()]
    assert headings == ["Osallisuus", "Turvallisuuden tunne"]
    page.get_by_label("Hakusanat").fill("vanhempainilto")
    assert page.locator("table.decided tbody th:visible").all_inner_texts() == [
        "Tulkki koulujen vanhempainiltoihin"
    ]
    page.get_by_label("Kuultu ryhmä").select_option(label="العربية")
    assert status.inner_text().endswith(" 1")
    page.get_by_label("Kuultu ryhmä").select_option(label="Soomaali")  # heard in another round
    assert status.inner_text().endswith(" 0")


def test_pages_can_be_read_and_papers_downloaded_without_scripts(visit, address):
    page = visit(address + "en/index.html", java_script_enabled=False)
    assert not page.get_by_label("Name of the municipality").is_visible()
    page.get_by_role("link", name="All published meeting kits").click()
    page.get_by_role("link", name="Mallila – Modellby").click()
    page.get_by_role("link", name="English").click()
    paper = page.locator("a.file[href$='.pdf']").first
    got = page.request.get(page.evaluate("link => link.href", paper.element_handle()))
    assert got.ok and got.body().startswith(b"%PDF")
    page.goto(address + "en/actions.html")
    assert page.locator("table.decided tbody tr:visible").count() == 8
    assert not page.locator("form.filter").is_visible()


@pytest.mark.parametrize("name", ["fi/index.html", "sv/method.html", "kits/mallila/en/index.html"])
def test_a_page_loads_little_and_nothing_on_it_jumps(browser, address, name):
    sent, moved = first_load(browser, address + name)
    assert sum(sent.values()) <= FIRST_LOAD, sent
    assert moved < 0.01


def test_paper_holds_the_text_alone_and_what_is_folded(visit, address):
    page = visit(address + "kits/mallila/fi/index.html", scheme="dark")
    folded = page.locator("details table").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    for hidden in (".md-header", ".md-tabs", ".md-footer", ".downloads", "nav.jump"):
        assert not page.locator(hidden).is_visible()
    assert page.locator(".hero dt").first.evaluate("text => getComputedStyle(text).color") == "rgb(0, 0, 0)"
    assert page.locator("article p").first.evaluate("text => getComputedStyle(text).color") == "rgb(0, 0, 0)"


def test_nothing_moves_for_a_reader_who_asked_for_that(visit, address):
    page = visit(address + "sv/why.html", PHONE)
    slowest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map(e => parseFloat(getComputedStyle(e).transitionDuration)))"
    )
    assert slowest <= 0.001
