// Marks what is next and what is past, by the reader's own clock: the site itself knows no today.
for (const list of document.querySelectorAll("ol.next-up")) {
  const now = new Date();
  let next = null;
  for (const item of list.children) {
    if (item.dataset.due) {
      item.classList.toggle("due", new Date(item.dataset.due) <= now); // it does not pass: someone must do it
      continue;
    }
    const past = new Date(item.dataset.until) < now;
    item.classList.toggle("past", past);
    if (!past && !next) next = item;
  }
  if (next) {
    next.classList.add("next");
    const mark = document.createElement("span");
    mark.className = "mark";
    mark.textContent = list.dataset.next;
    next.prepend(mark);
  }
}
