// Keeps a visited site on the reader's device, so that it opens without a network. Above stand, from the build
// (kit_builder/offline.py): VERSION, a hash of the whole site; SHARED, what every page needs; LANGUAGES, the pages of each
// language; WHEN_OPENED, papers and pictures. Each is a list of paths, from where this file lies, with the first half of
// the file's SHA-256.
//
// What is kept belongs to one version, and each file is compared with its hash before it is kept: old and new never mix.
// With a network, every visit to a page first asks which version the site has now. If it is another one, that page and all
// that it loads come from the network, and the copy is renewed in the background; without a network, the copy is shown.
// A new copy takes over as soon as no window shows a page of an older one.

const ROOT = new URL("./", self.location).pathname;
const COPY = `${ROOT} ${VERSION}`;
const EVERYTHING = Object.assign({}, SHARED, ...Object.values(LANGUAGES), WHEN_OPENED);
const PATHS = new Map(Object.keys(EVERYTHING).map((path) => [new URL(path, self.location).pathname, path]));
const PATIENCE = 2500; // milliseconds for the question which version there is

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(removeOldCopies()));
self.addEventListener("message", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const path = ownPath(event.request.url);
  if (event.request.method === "GET" && Object.hasOwn(EVERYTHING, path)) event.respondWith(answer(event, path));
});

const ownPath = (address) => {
  const { origin, pathname } = new URL(address);
  return origin === self.location.origin ? PATHS.get(pathname.replace(/\/$/, "/index.html")) : undefined;
};
const languageOf = (path) => path?.split("/")[0];
const keyOf = (path) => `${new URL(path, self.location).pathname}?${EVERYTHING[path]}`;
const markOf = (window) => `${ROOT}from-network/${window}`;

async function install() {
  await bringAlong();
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await keep(SHARED);
  for (const language of new Set(windows.map(({ url }) => languageOf(ownPath(url))))) await keep(LANGUAGES[language]);
  await takeOver();
}

async function takeOver() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const own = windows.filter(({ url }) => Object.hasOwn(EVERYTHING, ownPath(url)));
  for (const { id } of own) if (!(await caches.match(markOf(id)))) return;
  self.skipWaiting();
}

// What an older copy holds and has not changed since need not be fetched again.
async function bringAlong() {
  const copy = await caches.open(COPY);
  for (const name of await oldCopies()) {
    const old = await caches.open(name);
    for (const { url } of await old.keys()) {
      const key = url.slice(self.location.origin.length);
      if (key === keyOf(ownPath(url))) await copy.put(key, await old.match(key));
    }
  }
}

async function oldCopies() {
  return (await caches.keys()).filter((name) => name.startsWith(`${ROOT} `) && name !== COPY);
}

async function removeOldCopies() {
  for (const name of await oldCopies()) await caches.delete(name);
}

async function keep(files = {}) {
  const copy = await caches.open(COPY);
  for (const path of Object.keys(files)) {
    if (await copy.match(keyOf(path))) continue;
    await fetched(path, copy);
    if (!(await copy.match(keyOf(path)))) throw new Error(`${path} could not be kept`);
  }
}

// A file from the network; it is kept if it is the one that belongs to this version.
async function fetched(path, copy) {
  const response = await fetch(ROOT + path, { cache: "no-cache" });
  if (!response.ok) return response;
  const body = await response.arrayBuffer();
  const whole = new Response(body, { headers: { "Content-Type": response.headers.get("Content-Type") } });
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).slice(0, 16);
  if (Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") === EVERYTHING[path]) {
    await copy.put(keyOf(path), whole.clone());
  }
  return whole;
}

async function answer(event, path) {
  const copy = await caches.open(COPY);
  const opensPage = event.request.mode === "navigate";
  if (opensPage ? await isOutdated() : await copy.match(markOf(event.clientId))) {
    try {
      const response = await fetch(event.request);
      if (opensPage) await copy.put(markOf(event.resultingClientId), new Response());
      return response;
    } catch {
      // The network has just gone: the copy is still there.
    }
  }
  if (opensPage) event.waitUntil(keep(LANGUAGES[languageOf(path)]).catch(() => {}));
  try {
    return (await copy.match(keyOf(path))) ?? (await fetched(path, copy));
  } catch (error) {
    if (!opensPage) throw error;
    return copy.match(keyOf("not-kept.html"));
  }
}

async function isOutdated() {
  try {
    const response = await fetch(`${ROOT}version.txt`, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (response.status >= 500 || (await response.text()).trim() === VERSION) return false;
  } catch {
    return false;
  }
  return true;
}
