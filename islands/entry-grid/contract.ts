// What a spreadsheet puts on the clipboard, and where a block of it lands in the grid. No page here: plain values.

export type Place = { readonly row: number; readonly column: number };

/** One line a row, one tab between cells; a cell in quotes may hold both. The last line break ends the block. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"' && (quoted || cell === "")) quoted = !quoted;
    else if (sign === "\t" && !quoted) {
      rows.at(-1)!.push(cell);
      cell = "";
    } else if (sign === "\n" && !quoted) {
      rows.at(-1)!.push(cell);
      rows.push([]);
      cell = "";
    } else if (sign !== "\r" || quoted) cell += sign;
  }
  if (cell !== "" || rows.at(-1)!.length > 0) rows.at(-1)!.push(cell);
  return rows.filter((row) => row.length > 0);
}

/** A block of one cell is an ordinary paste into one field. */
export function isBlock(block: readonly (readonly string[])[]): boolean {
  return block.length > 1 || (block[0]?.length ?? 0) > 1;
}

/** The neighbour a key leads to; a row without that column keeps the nearest one to the left. Null at the edge. */
export function step(widths: readonly number[], from: Place, by: Place): Place | null {
  const row = from.row + by.row;
  const width = widths[row];
  if (width === undefined || width === 0) return null;
  const column = by.column === 0 ? Math.min(from.column, width - 1) : from.column + by.column;
  return column < 0 || column >= width ? null : { row, column };
}
