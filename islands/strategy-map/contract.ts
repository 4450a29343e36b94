// What the server's drawing promises: every arrow names the two objectives it joins.

import type { Link } from "./chain";

export function drawnLinks(drawing: SVGSVGElement): Map<SVGGElement, Link> {
  const found = new Map<SVGGElement, Link>();
  for (const edge of drawing.querySelectorAll<SVGGElement>(".map-edge")) {
    const { source, target } = edge.dataset;
    if (source && target) found.set(edge, { source, target });
    else console.error("An arrow of the map names no objectives.", edge);
  }
  return found;
}
