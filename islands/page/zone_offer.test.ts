import assert from "node:assert/strict";
import { test } from "node:test";

import { zoneToOffer } from "./zone_offer";

const known = ["UTC", "Europe/Vienna"];

test("an empty line is offered the browser's own zone", () => {
  assert.equal(zoneToOffer({ typed: " ", own: "Europe/Vienna", known }), "Europe/Vienna");
});

test("what was typed stays", () => {
  assert.equal(zoneToOffer({ typed: "Lisbon", own: "Europe/Vienna", known }), "");
});

test("a zone that the house does not know is not offered", () => {
  assert.equal(zoneToOffer({ typed: "", own: "Etc/Unknown", known }), "");
  assert.equal(zoneToOffer({ typed: "", own: undefined, known }), "");
});
