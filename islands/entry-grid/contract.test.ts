import assert from "node:assert/strict";
import { test } from "node:test";

import { isBlock, readBlock, step } from "./contract";

test("a block copied from a spreadsheet keeps its rows and columns", () => {
  assert.deepEqual(readBlock("95\t100\r\n47\t50\r\n"), [
    ["95", "100"],
    ["47", "50"],
  ]);
});

test("an empty cell stays an empty cell", () => {
  assert.deepEqual(readBlock("\t100\n47\t"), [
    ["", "100"],
    ["47", ""],
  ]);
});

test("a quoted cell may hold a tab, a line and a quote", () => {
  assert.deepEqual(readBlock('"a\tb"\t"two\nlines"\t"say ""no"""'), [["a\tb", "two\nlines", 'say "no"']]);
});

test("one cell is no block", () => {
  assert.equal(isBlock(readBlock("95")), false);
  assert.equal(isBlock(readBlock("95\t100")), true);
});

test("arrows stop at the edges and stay in the nearest column of a shorter row", () => {
  const widths = [2, 3, 2];
  assert.deepEqual(step(widths, { row: 1, column: 2 }, { row: 1, column: 0 }), { row: 2, column: 1 });
  assert.deepEqual(step(widths, { row: 0, column: 0 }, { row: 0, column: 1 }), { row: 0, column: 1 });
  assert.equal(step(widths, { row: 0, column: 0 }, { row: -1, column: 0 }), null);
  assert.equal(step(widths, { row: 0, column: 1 }, { row: 0, column: 1 }), null);
});
