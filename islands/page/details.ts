// A picker or the drawer is a <details>: opens and closes by itself; this adds Escape and a click elsewhere.

const OPEN = "details[data-picker][open], details.drawer[open]";

function openOnes(page: Document): HTMLDetailsElement[] {
  return [...page.querySelectorAll<HTMLDetailsElement>(OPEN)];
}

export function followDetails(page: Document): void {
  page.addEventListener("click", ({ target }) => {
    for (const panel of openOnes(page)) if (!panel.contains(target as Node)) panel.open = false;
  });
  page.addEventListener("keydown", (press) => {
    if (press.key !== "Escape") return;
    for (const panel of openOnes(page)) {
      const hadFocus = panel.contains(page.activeElement);
      panel.open = false;
      if (hadFocus) panel.querySelector("summary")?.focus();
    }
  });
}
