// Finding a unit by name in the unit picker: typing narrows the tree, arrows walk through what is left.

import { belongs } from "./unit_match";

export function followUnitSearch(page: Document): void {
  for (const picker of page.querySelectorAll<HTMLDetailsElement>(".picker-unit")) {
    const search = picker.querySelector<HTMLInputElement>("input[type=search]");
    if (!search) continue;
    search.closest<HTMLElement>("[data-picker-search]")!.hidden = false;
    search.addEventListener("input", () => narrow(picker, search.value));
    picker.addEventListener("toggle", () => picker.open && search.focus());
    picker.addEventListener("keydown", (press) => walk(picker, press));
  }
}

function narrow(picker: HTMLElement, wanted: string): void {
  let found = 0;
  for (const item of [...picker.querySelectorAll<HTMLElement>(".unit-tree li")].reverse()) {
    const own = item.firstElementChild?.textContent ?? "";
    const keepsBelow = item.querySelector("li:not([hidden])") !== null;
    item.hidden = !(keepsBelow || belongs(own, wanted));
    if (!item.hidden) found += 1;
  }
  picker.querySelector<HTMLElement>("[data-picker-none]")!.hidden = found > 0;
}

function walk(picker: HTMLElement, press: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[press.key];
  if (!step) return;
  const links = [...picker.querySelectorAll<HTMLElement>(".unit-tree a")].filter((link) => link.offsetParent !== null);
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
  links[next]?.focus();
  press.preventDefault();
}
