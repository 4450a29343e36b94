// Meanings carried onto columns, by pointer or by keyboard: Enter takes a chip up, Enter on a column puts it down,
// Escape lets go. The lists below each column's name stay, hold the answer and work without this file.

import { assigned, rolesIn } from "./contract";
import { drawChips, drawPlace, showUse } from "./draw";

for (const section of document.querySelectorAll<HTMLElement>("[data-import-mapper]")) follow(section);

function follow(section: HTMLElement): void {
  const columns = [...section.querySelectorAll<HTMLElement>("th[data-column]")];
  const lists = columns.map((column) => column.querySelector<HTMLSelectElement>("select[data-role]"));
  const first = lists[0];
  const table = section.querySelector("[data-mapper-table]");
  if (!first || !table) return;
  const chips = drawChips(rolesIn(first), section.dataset["help"] ?? "");
  table.before(chips);
  const isWide = section.dataset["layout"] === "wide";
  const all = [...chips.querySelectorAll<HTMLButtonElement>(".mapper-role")];
  let carried = "";

  const carry = (role: string) => {
    carried = role;
    section.classList.toggle("is-carrying", role !== "");
    for (const chip of all) chip.setAttribute("aria-pressed", String(chip.dataset["carries"] === role));
  };
  const show = () => columns.forEach((column, at) => showUse(column, lists[at]?.value ?? ""));
  const put = (place: number) => {
    if (!carried) return;
    const now = assigned(lists.map((list) => list?.value ?? ""), place, carried, isWide);
    lists.forEach((list, at) => list && (list.value = now[at] ?? ""));
    const chip = all.find((each) => each.dataset["carries"] === carried);
    carry("");
    show();
    chip?.focus();
  };

  for (const chip of all) {
    const role = chip.dataset["carries"] ?? "";
    chip.addEventListener("click", () => carry(carried === role ? "" : role));
    chip.addEventListener("dragstart", (started) => {
      started.dataTransfer?.setData("text/plain", role);
      carry(role);
    });
    chip.addEventListener("dragend", () => carry(""));
  }
  columns.forEach((column, place) => {
    const here = drawPlace(column, section.dataset["here"] ?? "");
    column.append(here);
    here.addEventListener("click", () => put(place));
    column.addEventListener("dragover", (over) => {
      if (!carried) return;
      over.preventDefault();
      column.classList.add("is-target");
    });
    column.addEventListener("dragleave", () => column.classList.remove("is-target"));
    column.addEventListener("drop", (dropped) => {
      dropped.preventDefault();
      column.classList.remove("is-target");
      put(place);
    });
  });
  section.addEventListener("keydown", (pressed) => pressed.key === "Escape" && carry(""));
  section.addEventListener("change", show);
  show();
}
