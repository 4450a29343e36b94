// The chips that can be carried, and the places where they can be put down. Texts come from the page.

import type { Role } from "./contract";

/** A row of chips above the table, one for each meaning. */
export function drawChips(roles: readonly Role[], help: string): HTMLElement {
  const row = document.createElement("div");
  row.className = "mapper-roles";
  const told = document.createElement("p");
  told.textContent = help;
  row.append(told, ...roles.map(drawChip));
  return row;
}

function drawChip(role: Role): HTMLButtonElement {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "mapper-role";
  chip.draggable = true;
  chip.dataset["carries"] = role.key;
  chip.setAttribute("aria-pressed", "false");
  chip.textContent = role.label;
  return chip;
}

/** The button under a column's name that takes what is carried. */
export function drawPlace(column: HTMLElement, label: string): HTMLButtonElement {
  const place = document.createElement("button");
  place.type = "button";
  place.className = "mapper-drop";
  place.textContent = label;
  place.setAttribute("aria-describedby", column.querySelector(".mapper-name")?.id ?? "");
  return place;
}

/** Columns with a meaning stand out from those that are left out. */
export function showUse(column: HTMLElement, role: string): void {
  column.classList.toggle("is-used", role !== "");
}
