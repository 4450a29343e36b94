// Keys for those who live in the product: “g” and a letter goes somewhere, “/” finds, “?” lists them all.
// They are silent while one types, and every target is an ordinary link of the page.

import { wayOf } from "./shortcut_match";

const WAIT = 1200; // milliseconds between “g” and its letter

export function followShortcuts(page: Document): void {
  let pending = false;
  let timer = 0;
  page.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey || isTyping(press.target)) return;
    const letter = press.key;
    if (pending) {
      pending = false;
      clearTimeout(timer);
      if (goTo(page, letter)) press.preventDefault();
    } else if (letter === "g") {
      pending = true;
      timer = window.setTimeout(() => (pending = false), WAIT);
    } else if (letter === "/" && focusSearch(page)) press.preventDefault();
    else if (letter === "?") toggleHelp(page);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));
}

function goTo(page: Document, letter: string): boolean {
  const links = [...page.querySelectorAll<HTMLAnchorElement>(".shell-side .side-nav a")];
  const way = wayOf(
    links.map((link) => ({ label: link.textContent ?? "", address: link.href })),
    letter,
  );
  if (way) page.location.href = way;
  return way !== null;
}

function focusSearch(page: Document): boolean {
  const fields = page.querySelectorAll<HTMLInputElement>(".shell-tools input[type=search], main input[type=search]");
  const field = [...fields].find((each) => each.offsetParent !== null);
  field?.focus();
  return field !== undefined;
}

function toggleHelp(page: Document): void {
  const help = page.querySelector<HTMLDialogElement>("#shortcuts");
  if (!help) return;
  if (help.open) help.close();
  else help.showModal();
}
