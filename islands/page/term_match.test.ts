import assert from "node:assert/strict";
import { test } from "node:test";

import { finderOf, isTerms } from "./term_match";

const term = (key: string, ...said: string[]) => ({ key, name: key, definition: `what ${key} means`, said });
const find = finderOf([term("measure", "measure"), term("lead", "lead measure"), term("raci", "RACI"), term("hidden")]);

test("a plural and a capital letter are the same word", () => {
  const found = find("Measures of this unit");
  assert.equal(found?.term.key, "measure");
  assert.deepEqual([found?.start, found?.end], [0, 8]);
});

test("the longer term wins", () => {
  assert.equal(find("Every lead measure counts")?.term.key, "lead");
});

test("a part of a longer word is not the term", () => {
  assert.equal(find("Measurement and countermeasure"), null);
});

test("what no term says is left alone", () => {
  assert.equal(find("hidden"), null);
  assert.equal(finderOf([])("measure"), null);
});

test("an answer of another shape is not taken for terms", () => {
  assert.ok(isTerms({ terms: [term("a", "a")] }));
  assert.ok(!isTerms({ terms: [{ key: "a" }] }));
  assert.ok(!isTerms(null));
});
