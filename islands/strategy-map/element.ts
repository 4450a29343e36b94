// Resting on a card, by pointer or by keyboard, brings out its chain; the map is whole without this file.

import { chainOf, type Link } from "./chain";
import { drawnLinks } from "./contract";
import { bringOut, letGo } from "./draw";

for (const drawing of document.querySelectorAll<SVGSVGElement>("svg.map-drawing")) follow(drawing);

function follow(drawing: SVGSVGElement): void {
  const links = drawnLinks(drawing);
  const chosen = (happened: Event) => (happened.target as Element).closest<SVGAElement>("[data-objective]");
  const rest = (happened: Event) => {
    const objective = chosen(happened)?.dataset["objective"];
    if (objective) bringOut(drawing, chainOf(objective, [...links.values()] as Link[]), links);
  };
  drawing.addEventListener("pointerover", rest);
  drawing.addEventListener("focusin", rest);
  drawing.addEventListener("pointerout", (left) => chosen(left) && letGo(drawing));
  drawing.addEventListener("focusout", () => letGo(drawing));
}
