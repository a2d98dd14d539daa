// Asks the browser to keep the site (sw.js), and says so on the page when it has: not where the site is opened from a
// folder, and not for a reader who asked the browser to save data.
{
  const keep = async () => {
    const root = new URL("..", document.querySelector("link[rel=manifest]").href);
    const registration = await navigator.serviceWorker.register(new URL("sw.js", root), { updateViaCache: "none" });
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    const tell = () => {
      if (worker.state !== "activated") return;
      for (const line of document.querySelectorAll("[data-kept]")) line.hidden = false;
    };
    worker.addEventListener("statechange", tell);
    tell();
    await registration.update(); // a browser looks for news only when the reader has stayed on a page for a while
    registration.waiting?.postMessage("take over"); // it does if no window shows a page of the older copy
  };
  if (navigator.serviceWorker && location.protocol !== "file:" && !navigator.connection?.saveData) {
    addEventListener("load", () => keep().catch(() => {})); // a browser may refuse: the pages are read all the same
  }
}
