// Finding a unit by name in the unit picker: typing narrows the tree, arrows walk through what is left.
// Listens on the page, because htmx may put a fresh picker in place of the one that was there.

import { belongs } from "./unit_match";

const PICKER = ".picker-unit";

function pickerOf(event: Event): HTMLDetailsElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLDetailsElement>(PICKER) : null;
}

export function followUnitSearch(page: Document): void {
  page.addEventListener("input", (typing) => {
    const picker = pickerOf(typing);
    if (picker) narrow(picker, (typing.target as HTMLInputElement).value);
  });
  page.addEventListener("toggle", focusSearch, true); // does not bubble
  page.addEventListener("keydown", (press) => {
    const picker = pickerOf(press);
    if (picker) walk(picker, press);
  });
}

function focusSearch(toggling: Event): void {
  const picker = pickerOf(toggling);
  if (picker?.open) picker.querySelector<HTMLInputElement>("input[type=search]")?.focus();
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
  if (!step || !picker.hasAttribute("open")) return;
  const links = [...picker.querySelectorAll<HTMLElement>(".unit-tree a")].filter((link) => link.offsetParent !== null);
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
  links[next]?.focus();
  press.preventDefault();
}
