// <fourfold-chart src="…/chart.json"> holds a picture of the chart; with script, the same chart answers the pointer
// and fits its place. Where it cannot be drawn the picture stays, and a line says so.

import { readChart } from "./contract";
import { draw, type Drawing } from "./draw";

const dark = matchMedia("(prefers-color-scheme: dark)");

function theme(): "light" | "dark" {
  const chosen = document.documentElement.dataset.bsTheme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return dark.matches ? "dark" : "light";
}

class FourfoldChart extends HTMLElement {
  #drawing: Drawing | undefined;
  #stage = document.createElement("div");
  #tip = document.createElement("div");
  #watch = new ResizeObserver(() => this.#drawing?.fit(this.#stage.clientWidth));
  #redraw = () => void this.#show();

  connectedCallback(): void {
    this.#stage.className = "chart-stage";
    this.#stage.setAttribute("aria-hidden", "true");
    this.#tip.className = "chart-tip";
    this.#tip.hidden = true;
    this.append(this.#stage, this.#tip);
    dark.addEventListener("change", this.#redraw);
    this.#watch.observe(this);
    void this.#show();
  }

  disconnectedCallback(): void {
    dark.removeEventListener("change", this.#redraw);
    this.#watch.disconnect();
    this.#drawing?.close();
  }

  async #show(): Promise<void> {
    try {
      const address = new URL(this.getAttribute("src") ?? "", document.baseURI);
      address.searchParams.set("theme", theme());
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const chart = readChart(answer.ok ? await answer.json() : null);
      if ("problem" in chart) throw new Error(chart.problem);
      this.#drawing?.close();
      this.#stage.replaceChildren();
      this.dataset.drawn = "";
      this.#drawing = await draw(chart.spec, this.#stage, this.#tip);
    } catch (problem) {
      delete this.dataset.drawn;
      this.#say(problem);
    }
  }

  #say(problem: unknown): void {
    const words = document.createElement("p");
    words.className = "chart-problem";
    words.setAttribute("role", "status");
    words.textContent = `The chart stays a picture: ${problem instanceof Error ? problem.message : "it could not be drawn"}.`;
    this.append(words);
  }
}

customElements.define("fourfold-chart", FourfoldChart);
