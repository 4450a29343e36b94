import assert from "node:assert/strict";
import { test } from "node:test";

import { chainOf } from "./chain";

const LINKS = [
  { source: "skills", target: "punctuality" },
  { source: "skills", target: "safety" },
  { source: "punctuality", target: "loyalty" },
  { source: "loyalty", target: "profit" },
  { source: "price", target: "profit" },
];

test("a chain runs down to the causes and up to the effects, but not sideways", () => {
  const chain = chainOf("punctuality", LINKS);

  assert.deepEqual([...chain.objectives].sort(), ["loyalty", "profit", "punctuality", "skills"]);
  assert.equal(chain.links.size, 3);
});

test("a circle of links ends", () => {
  const circle = [
    { source: "a", target: "b" },
    { source: "b", target: "a" },
  ];

  assert.deepEqual([...chainOf("a", circle).objectives].sort(), ["a", "b"]);
});

test("an objective without links is a chain of one", () => {
  assert.deepEqual([...chainOf("alone", LINKS).objectives], ["alone"]);
});
