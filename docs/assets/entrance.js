// Leads a reader on to the page in the first language of theirs that the site has.
for (const wanted of navigator.languages || []) {
  const link = document.querySelector(`a[hreflang="${wanted.split("-")[0]}"]`);
  if (link) {
    location.replace(link.href);
    break;
  }
}
