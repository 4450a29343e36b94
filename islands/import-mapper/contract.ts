// What the page says about columns and their meanings, and what happens when a meaning is given to a column.

export type Role = { readonly key: string; readonly label: string };

/** The column at each place and the role it has; an empty role is left out. */
export type Assignments = readonly string[];

/** Roles that several columns of a wide file may have, each for a measure of its own. */
export const SHARED = new Set(["value", "numerator", "denominator", "n", "promoters", "detractors", "target"]);

/** Give a role to a column. Whoever had it before loses it, unless the file has a column for each measure. */
export function assigned(before: Assignments, place: number, role: string, isWide: boolean): Assignments {
  const isShared = role === "" || (isWide && SHARED.has(role));
  return before.map((had, at) => {
    if (at === place) return role;
    return had === role && !isShared ? "" : had;
  });
}

/** The roles a list offers; the one that leaves a column out is none to carry about. */
export function rolesIn(list: HTMLSelectElement): Role[] {
  return [...list.options].filter((each) => each.value !== "").map((each) => ({ key: each.value, label: each.text }));
}
