// Which page of the sidebar a letter leads to: the first whose label begins with it, then the first with a word that does.

export interface Way {
  label: string;
  address: string;
}

export function wayOf(ways: readonly Way[], letter: string): string | null {
  if (!/^\p{L}$/u.test(letter)) return null;
  const wanted = letter.toLowerCase();
  const words = (way: Way) => way.label.trim().toLowerCase().split(/\s+/);
  const byFirst = ways.find((way) => words(way)[0]?.startsWith(wanted));
  const byAny = ways.find((way) => words(way).some((word) => word.startsWith(wanted)));
  return (byFirst ?? byAny)?.address ?? null;
}
