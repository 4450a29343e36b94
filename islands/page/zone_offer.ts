// Which zone to write into an empty line.

export interface Zones {
  typed: string;
  own: string | undefined;
  known: readonly string[];
}

/** The browser's own zone where nothing was typed and the house knows it; else nothing. */
export function zoneToOffer({ typed, own, known }: Zones): string {
  return own && !typed.trim() && known.includes(own) ? own : "";
}
