import assert from "node:assert/strict";
import { test } from "node:test";

import { readChart, readTooltip } from "./contract";

const VEGA = "https://vega.github.io/schema/vega/v6.json";

test("Vega's JSON is taken as it is", () => {
  const chart = { $schema: VEGA, marks: [{ type: "rect" }] };
  assert.deepEqual(readChart(chart), { spec: chart });
});

test("anything else is refused with its reason", () => {
  for (const [answer, problem] of [
    [null, "not an object"],
    [[], "not an object"],
    [{ marks: [{}] }, "not a Vega chart"],
    [{ $schema: "https://vega.github.io/schema/vega-lite/v6.json", marks: [{}] }, "not a Vega chart"],
    [{ $schema: VEGA, marks: [] }, "nothing to draw"],
  ] as const) {
    assert.deepEqual(readChart(answer), { problem });
  }
});

test("a tooltip keeps the server's digits and its order", () => {
  assert.deepEqual(readTooltip({ period: "June 2026", Value: "1,095 €k" }), [
    ["period", "June 2026"],
    ["Value", "1,095 €k"],
  ]);
  assert.deepEqual(readTooltip("plain"), []);
});
