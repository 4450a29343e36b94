import assert from "node:assert/strict";
import { test } from "node:test";

import { assigned } from "./contract";

test("a meaning given to another column leaves the one that had it", () => {
  assert.deepEqual(assigned(["unit", "period", ""], 2, "unit", false), ["", "period", "unit"]);
});

test("a column that gets a meaning loses the one it had", () => {
  assert.deepEqual(assigned(["unit", "period", ""], 0, "measure", false), ["measure", "period", ""]);
});

test("several columns of a wide file hold values, each of a measure of its own", () => {
  assert.deepEqual(assigned(["period", "value", ""], 2, "value", true), ["period", "value", "value"]);
});

test("of a wide file too only one column names the unit", () => {
  assert.deepEqual(assigned(["unit", "", "value"], 1, "unit", true), ["", "unit", "value"]);
});

test("leaving a column out takes nothing from the others that are left out", () => {
  assert.deepEqual(assigned(["", "unit", ""], 1, "", false), ["", "", ""]);
});
