// Where in a text a term of the glossary stands: whole words, singular or plural, the longest term first.

export interface Term {
  key: string;
  name: string;
  definition: string;
  said: string[];
}

export interface Found {
  term: Term;
  start: number;
  end: number;
}

export type Finder = (text: string) => Found | null;

/** A pattern of all words at once: a page has hundreds of headings and one look at each must do. */
export function finderOf(terms: readonly Term[]): Finder {
  const meant = new Map<string, Term>();
  for (const term of terms) for (const word of term.said) meant.set(word.toLowerCase(), term);
  const words = [...meant.keys()].sort((one, other) => other.length - one.length).map(escaped);
  if (words.length === 0) return () => null;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})(?:e?s)?(?![\\p{L}\\p{N}])`, "iu");
  return (text) => {
    const hit = pattern.exec(text);
    const term = hit && meant.get(hit[1]!.toLowerCase());
    return hit && term ? { term, start: hit.index, end: hit.index + hit[0].length } : null;
  };
}

export function isTerms(given: unknown): given is { terms: Term[] } {
  const terms = (given as { terms?: unknown } | null)?.terms;
  return Array.isArray(terms) && terms.every(isTerm);
}

function isTerm(given: unknown): given is Term {
  const term = given as Partial<Record<keyof Term, unknown>> | null;
  const texts = [term?.key, term?.name, term?.definition];
  return texts.every((text) => typeof text === "string") && Array.isArray(term?.said);
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
}
