"""A visited site stays on the reader's device: without a network it opens, and old and new never mix."""

import gzip
import json
import re
import shutil

import pytest
from pages import served, started_browser

from kit_builder.offline import offline_files
from kit_builder.site.assets import KIT_TO_ROOT, published_path

OPENED = "documents/2026/questions.arabic-1.ar.pdf"
FETCH = "path => fetch(path).then(answer => answer.arrayBuffer()).then(body => body.byteLength)"


@pytest.fixture(scope="module")
def browser():
    with started_browser() as started:
        yield started


@pytest.fixture
def kit(site, tmp_path):
    """A kit of its own that a test may change, with the assets of its site, in a folder of a web host."""
    project = tmp_path / "host" / "project"
    target = project / "kits" / "mallila"
    shutil.copytree(site / "kits" / "mallila", target, ignore=shutil.ignore_patterns("*.zip"))
    shutil.copytree(site / "assets", project / "assets")
    return target


@pytest.fixture
def page(browser):
    window = browser.new_context(locale="tlh")
    yield window.new_page()
    window.close()


def visit_until_kept(page, address):
    page.goto(address)
    page.locator("[data-kept]").wait_for(state="visible")


def until(page, promise):
    """Waits for a promise in the page that holds true."""
    for _ in range(100):
        if page.evaluate(promise):
            return
        page.wait_for_timeout(200)
    raise AssertionError(promise)


def test_a_visited_kit_its_search_and_an_opened_paper_work_without_a_network(page, kit):
    with served(kit.parents[2]) as host:
        here = f"{host}project/kits/mallila/"
        visit_until_kept(page, f"{here}en/index.html")
        page.reload()
        page.evaluate(FETCH, here + OPENED)
    page.context.set_offline(True)
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "Mallila"
    header = page.locator(".md-header").evaluate("header => getComputedStyle(header).backgroundColor")
    assert header == "rgb(23, 69, 111)"
    assert page.evaluate(FETCH, here + OPENED) == (kit / OPENED).stat().st_size
    page.locator(".md-search__input").click()
    page.keyboard.type("secretaries")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/actors/leaders.html*")
    assert page.get_by_role("heading", level=1).is_visible()
    page.goto(f"{here}fi/why.html")  # a language that was never opened on this device
    assert page.get_by_role("heading", name="Ei verkkoyhteyttä").is_visible()


def test_news_are_shown_at_once_and_replace_the_kept_copy(page, kit):
    with served(kit.parents[2]) as host:
        here = f"{host}project/kits/mallila/"
        visit_until_kept(page, f"{here}en/index.html")
        page.goto(f"{here}en/why.html")
        (first,) = page.evaluate("caches.keys()")
        page.evaluate(FETCH, here + OPENED)
        publish_news(kit)
        page.reload()
        assert is_new(page)
        # The new copy is complete, and takes over: no window shows a page of the old one.
        until(page, f"caches.keys().then(names => names.length === 1 && names[0] !== '{first}')")
        page.goto(f"{here}en/why.html")
        assert is_new(page)
    page.context.set_offline(True)
    page.reload()
    assert is_new(page)
    assert page.evaluate(FETCH, here + OPENED) > 0  # it has not changed: it stays kept


def test_a_window_that_shows_the_old_version_keeps_it_as_long_as_it_does(page, kit):
    with served(kit.parents[2]) as host:
        here = f"{host}project/kits/mallila/"
        visit_until_kept(page, f"{here}en/index.html")
        page.goto(f"{here}en/why.html")
        publish_news(kit)
        other = page.context.new_page()
        other.goto(f"{here}en/why.html")
        assert is_new(other) and not is_new(page)
        until(other, "caches.keys().then(names => names.length === 2)")
        until(other, "navigator.serviceWorker.getRegistration().then(found => Boolean(found.waiting))")
        styles = "fetch('../../../assets/site.css').then(answer => answer.text()).then(text => text.includes('--news'))"
        assert [page.evaluate(styles), other.evaluate(styles)] == [False, True]
        page.close()
        other.goto(f"{here}en/why.html")
        until(other, "caches.keys().then(names => names.length === 1)")
        assert is_new(other)


def test_without_a_network_the_old_copy_is_shown_as_a_whole(page, kit):
    with served(kit.parents[2]) as host:
        here = f"{host}project/kits/mallila/"
        visit_until_kept(page, f"{here}en/index.html")
        publish_news(kit)
    page.context.set_offline(True)
    page.goto(f"{here}en/why.html")
    assert page.locator("h1[data-news]").count() == 0
    assert not page.evaluate(NEWS)


NEWS = "getComputedStyle(document.documentElement).getPropertyValue('--news')"


def publish_news(kit):
    """A new version, of which a page and the styles are new."""
    for name, old, new in (
        ("en/why.html", "<h1", "<h1 data-news"),
        ("../../assets/site.css", ":root {", ":root { --news: 1;"),
    ):
        path = kit / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    renew_worker(kit, CODES)


def renew_worker(kit, codes):
    found = {path.relative_to(kit).as_posix(): path for path in kit.rglob("*") if path.is_file()}
    assets = kit.parents[1] / "assets"
    for path in assets.rglob("*"):
        name = f"assets/{path.relative_to(assets).as_posix()}"
        if path.is_file() and published_path(name).startswith(KIT_TO_ROOT):
            found[published_path(name)] = path
    read = {name: path.read_bytes() for name, path in found.items()}
    for name, data in offline_files(read, codes).items():
        (kit / name).write_bytes(data)


def is_new(page):
    """Page and styles are both of the new version; that only one of them is never happens."""
    page_, styles = page.locator("h1[data-news]").count() == 1, bool(page.evaluate(NEWS).strip())
    assert page_ == styles
    return page_


CODES = ("fi", "sv", "en", "ar", "so", "ru", "ti")


def lists(folder):
    text = (folder / "sw.js").read_text(encoding="utf-8")
    return {
        name: json.loads(re.search(f"^const {name} = (.*);$", text, re.MULTILINE)[1])
        for name in ("SHARED", "LANGUAGES", "WHEN_OPENED")
    }


def test_every_page_and_every_paper_can_be_kept(site):
    for folder in (site, site / "kits" / "mallila"):
        found = lists(folder)
        kept = {*found["SHARED"], *found["WHEN_OPENED"]}.union(*found["LANGUAGES"].values())
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            own = not name.startswith("kits/") or folder != site
            if own and path.suffix in (".html", ".pdf", ".docx", ".pptx", ".ics", ".css", ".woff2", ".webp"):
                assert name in kept, name
    assert not any(name.startswith("kits/") for name in lists(site)["LANGUAGES"]["en"])


def test_what_is_kept_at_the_first_visit_is_light(site):
    """The pages of one language with their styles, letters and search, packed as a web host sends them."""
    folder = site / "kits" / "mallila"
    found = lists(folder)
    wanted = [*found["SHARED"], *found["LANGUAGES"]["fi"]]
    assert sum(wire_size(folder / name) for name in wanted) < 600_000


def wire_size(path):
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 6))


def test_the_same_site_gives_the_same_worker(kit):
    first = (kit / "sw.js").read_bytes()
    renew_worker(kit, tuple(lists(kit)["LANGUAGES"]))
    assert (kit / "sw.js").read_bytes() == first
    publish_news(kit)
    assert (kit / "sw.js").read_bytes() != first


def test_the_site_can_be_installed(site):
    for code, direction in (("fi", "ltr"), ("ar", "rtl")):
        folder = site / "kits" / "mallila" / code
        told = json.loads((folder / "manifest.webmanifest").read_text(encoding="utf-8"))
        assert (told["lang"], told["dir"], told["short_name"]) == (code, direction, "Mallila")
        assert (folder / told["start_url"]).is_file()
        assert all((folder / icon["src"]).is_file() for icon in told["icons"])
