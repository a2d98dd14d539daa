// Asks for the letters of the page early, so that nothing moves when they come; a page in a folder finds them at once.
if (location.protocol !== "file:") {
  for (const weight of [400, 700]) {
    const href = `../assets/fonts/noto-sans-latin-${weight}.woff2`;
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href }));
  }
}
