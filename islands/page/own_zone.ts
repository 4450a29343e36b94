// The time zone of whoever founds an organisation is most often the organisation's: the browser knows it.

import { zoneToOffer } from "./zone_offer";

export function offerOwnZone(page: Document): void {
  for (const line of page.querySelectorAll<HTMLInputElement>("input[data-own-zone]")) {
    const known = [...(line.list?.options ?? [])].map((option) => option.value);
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const offered = zoneToOffer({ typed: line.value, own, known });
    if (offered) line.value = offered;
  }
}
