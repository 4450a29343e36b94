// Drawing with Vega under a policy that forbids evaluating text: expressions are interpreted, styles set by property.

import { parse, View, type Spec } from "vega";
import { expressionInterpreter } from "vega-interpreter";

import { readTooltip } from "./contract";

export const NARROW = 520; // pixels; below it the chart is lower, its lettering keeps its size
const HEIGHTS = { narrow: 240, wide: 340 };

export interface Drawing {
  fit(width: number): void;
  close(): void;
}

export async function draw(spec: Spec, place: HTMLElement, tip: HTMLElement): Promise<Drawing> {
  const view = new View(parse(spec, undefined, { ast: true }), {
    container: place,
    expr: expressionInterpreter,
    renderer: "svg",
    hover: false,
    tooltip: (_handler, event, _item, value) => showTip(tip, event as MouseEvent, value),
  });
  const fit = (width: number) => {
    view.width(width).height(width < NARROW ? HEIGHTS.narrow : HEIGHTS.wide);
    void view.runAsync();
  };
  fit(place.clientWidth);
  await view.runAsync();
  return { fit, close: () => view.finalize() };
}

function showTip(tip: HTMLElement, event: MouseEvent, value: unknown): void {
  const lines = readTooltip(value);
  tip.hidden = lines.length === 0;
  if (tip.hidden) return;
  tip.replaceChildren(...lines.map(([name, said], place) => line(place ? name : "", said)));
  const room = tip.parentElement!.getBoundingClientRect();
  const left = event.clientX - room.left + 14;
  const turned = left + tip.offsetWidth > room.width ? left - tip.offsetWidth - 28 : left;
  tip.style.left = `${Math.max(0, turned)}px`;
  tip.style.top = `${Math.max(0, event.clientY - room.top - tip.offsetHeight - 10)}px`;
}

function line(name: string, said: string): HTMLElement {
  const row = document.createElement("p");
  const label = document.createElement("span");
  label.textContent = name;
  const number = document.createElement("b");
  number.textContent = said;
  row.append(...(name ? [label, number] : [number]));
  return row;
}
