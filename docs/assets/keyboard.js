// The theme opens its menu and its search on a narrow screen with labels, which a keyboard can't reach: here they become
// buttons that say whether they are open. Escape closes, and leads back to the button.
for (const label of document.querySelectorAll(".md-header__button:is([for=__drawer], [for=__search])")) {
  const box = document.getElementById(label.htmlFor);
  const button = document.createElement("button");
  button.type = "button";
  button.className = `${label.className} opens-${label.htmlFor.slice(2)}`;
  button.append(...label.childNodes);
  button.setAttribute("aria-label", label.title);
  const tell = () => button.setAttribute("aria-expanded", String(box.checked));
  box.addEventListener("change", tell);
  button.addEventListener("click", () => box.click());
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.checked) {
      box.click();
      button.focus();
    }
  });
  tell();
  label.replaceWith(button);
}
