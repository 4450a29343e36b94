// Marks what belongs to a chain; the style sheet does the rest.

import type { Chain, Link } from "./chain";

export function bringOut(drawing: SVGSVGElement, chain: Chain, links: ReadonlyMap<SVGGElement, Link>): void {
  drawing.classList.add("is-following");
  for (const card of drawing.querySelectorAll<SVGAElement>("[data-objective]")) {
    card.classList.toggle("is-on-chain", chain.objectives.has(card.dataset["objective"] ?? ""));
  }
  for (const [edge, link] of links) edge.classList.toggle("is-on-chain", chain.links.has(link));
}

export function letGo(drawing: SVGSVGElement): void {
  drawing.classList.remove("is-following");
}
