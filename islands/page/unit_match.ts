// Whether a unit's name is meant by what was typed: every word must begin somewhere in it, accents and case aside.

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}

export function belongs(name: string, wanted: string): boolean {
  const words = plain(name).split(/[^\p{L}\p{N}]+/u);
  return plain(wanted)
    .split(/\s+/)
    .filter((part) => part !== "")
    .every((part) => words.some((word) => word.startsWith(part)));
}
