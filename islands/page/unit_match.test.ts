import assert from "node:assert/strict";
import { test } from "node:test";

import { belongs } from "./unit_match";

test("a unit is found by the beginnings of its words in any order", () => {
  assert.ok(belongs("Port of Rotterdam", "rott port"));
  assert.ok(!belongs("Port of Rotterdam", "dam"));
});

test("accents and case do not matter", () => {
  assert.ok(belongs("Région Île-de-France", "ile region"));
});

test("nothing typed means every unit", () => {
  assert.ok(belongs("North", "  "));
});
