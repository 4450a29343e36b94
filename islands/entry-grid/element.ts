// <fourfold-entry-grid> around the table of values: moves through its fields like a spreadsheet, and takes a pasted
// block. It knows no number and no score: what is typed goes to the server as a form, which answers both.

import { isBlock, readBlock, step, type Place } from "./contract";

const MOVES: Record<string, Place> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

class FourfoldEntryGrid extends HTMLElement {
  #before = "";

  connectedCallback(): void {
    this.addEventListener("focusin", this.#enter);
    this.addEventListener("keydown", this.#press);
    this.addEventListener("paste", this.#paste);
  }

  get #rows(): HTMLInputElement[][] {
    const rows = [...this.querySelectorAll<HTMLElement>("[data-entry-row]")];
    return rows.map((row) => [...row.querySelectorAll<HTMLInputElement>("input[data-entry]")]);
  }

  #place(field: EventTarget | null): Place | null {
    for (const [row, fields] of this.#rows.entries()) {
      const column = fields.indexOf(field as HTMLInputElement);
      if (column >= 0) return { row, column };
    }
    return null;
  }

  #enter = (event: FocusEvent): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !("entry" in field.dataset)) return;
    this.#before = field.value;
    field.select();
  };

  #press = (event: KeyboardEvent): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return this.#restore(field);
    const by = event.key === "Enter" ? { row: event.shiftKey ? -1 : 1, column: 0 } : MOVES[event.key];
    if (!by || (by.column !== 0 && !atEdge(field, by.column))) return;
    const here = this.#place(field);
    const rows = this.#rows;
    const to = here && step(rows.map((row) => row.length), here, by);
    event.preventDefault(); // Enter in a grid never sends the form: saving is a decision of its own
    if (to) rows[to.row]![to.column]!.focus();
  };

  #restore(field: HTMLInputElement): void {
    if (field.value === this.#before) return;
    field.value = this.#before;
    tell(field);
  }

  #paste = (event: ClipboardEvent): void => {
    const here = this.#place(event.target);
    const block = readBlock(event.clipboardData?.getData("text/plain") ?? "");
    if (!here || !isBlock(block)) return;
    event.preventDefault();
    const rows = this.#rows;
    let last: HTMLInputElement | undefined;
    block.forEach((cells, down) =>
      cells.forEach((text, right) => {
        const field = rows[here.row + down]?.[here.column + right];
        if (!field || field.readOnly) return;
        field.value = text.trim();
        last = field;
      }),
    );
    if (last) tell(last);
  };
}

/** Left and right leave a field only where its text ends, or while all of it is selected. */
function atEdge(field: HTMLInputElement, by: number): boolean {
  const [start, end, length] = [field.selectionStart ?? 0, field.selectionEnd ?? 0, field.value.length];
  if (end - start === length) return true;
  return start === end && (by < 0 ? start === 0 : end === length);
}

function tell(field: HTMLInputElement): void {
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

customElements.define("fourfold-entry-grid", FourfoldEntryGrid);
