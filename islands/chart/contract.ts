// What the server sends for a chart: Vega's own JSON. Anything else is refused with a reason, and the picture stays.

import type { Spec } from "vega";

export type Reading = { readonly spec: Spec } | { readonly problem: string };

export function readChart(answer: unknown): Reading {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return { problem: "not an object" };
  const { $schema, marks } = answer as Record<string, unknown>;
  if (typeof $schema !== "string" || !$schema.includes("/schema/vega/")) return { problem: "not a Vega chart" };
  if (!Array.isArray(marks) || marks.length === 0) return { problem: "nothing to draw" };
  return { spec: answer as Spec };
}

/** What a tooltip says, line by line; the first line is the period. */
export function readTooltip(value: unknown): readonly [string, string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([name, said]) => [name, String(said)]);
}
