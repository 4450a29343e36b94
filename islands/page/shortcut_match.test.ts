import assert from "node:assert/strict";
import { test } from "node:test";

import { wayOf } from "./shortcut_match";

const WAYS = [
  { label: " Home ", address: "/home/" },
  { label: "Scorecard", address: "/scorecards/" },
  { label: "Strategy map", address: "/maps/" },
];

test("a letter leads to the first page whose name begins with it", () => {
  assert.equal(wayOf(WAYS, "s"), "/scorecards/");
  assert.equal(wayOf(WAYS, "H"), "/home/");
});

test("a later word of a name is enough where no name begins so", () => {
  assert.equal(wayOf(WAYS, "m"), "/maps/");
});

test("other keys lead nowhere", () => {
  for (const key of ["x", "1", "Enter", ""]) assert.equal(wayOf(WAYS, key), null);
});
