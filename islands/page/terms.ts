// A term of the glossary explains itself where it stands first on a page: on hover, on focus, gone with Escape.

import { finderOf, isTerms, type Finder, type Term } from "./term_match";

const PLACES = "main th, main dt, main h2, main h3, main label, main legend, main .tag";
const SPARED = "a, button, summary, input, select, textarea, svg, .term, .visually-hidden, [data-plain-words]";
const DATA = "/glossary.json";

export async function explainTerms(page: Document): Promise<void> {
  const finder = await readFinder();
  if (!finder) return;
  const explained = new Set<string>();
  const mark = (root: ParentNode) => markIn(root, finder, explained);
  mark(page);
  page.addEventListener("htmx:afterSettle", (settled) => mark(settled.target as HTMLElement));
  const tip = makeTip(page);
  for (const kind of ["mouseover", "focusin"]) page.addEventListener(kind, (event) => tip.follow(event));
  page.addEventListener("keydown", (press) => press.key === "Escape" && tip.hide());
}

async function readFinder(): Promise<Finder | null> {
  // A stranger has no glossary yet, and a page works without it.
  if (!document.querySelector(".shell")) return null;
  try {
    const answer = await fetch(DATA, { headers: { Accept: "application/json" } });
    const given: unknown = answer.ok ? await answer.json() : null;
    return isTerms(given) ? finderOf(given.terms) : null;
  } catch {
    return null;
  }
}

function markIn(root: ParentNode, find: Finder, explained: Set<string>): void {
  for (const place of root.querySelectorAll<HTMLElement>(PLACES)) {
    if (place.closest(SPARED) || place.querySelector(".term")) continue;
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement?.closest(SPARED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    for (let text = texts.nextNode() as Text | null; text; text = texts.nextNode() as Text | null) {
      const found = find(text.data);
      if (!found || explained.has(found.term.key)) continue;
      explained.add(found.term.key);
      wrap(text, found.start, found.end, found.term);
      break;
    }
  }
}

function wrap(text: Text, start: number, end: number, term: Term): void {
  const word = text.splitText(start);
  word.splitText(end - start);
  const mark = document.createElement("span");
  mark.className = "term";
  mark.tabIndex = 0;
  mark.dataset.definition = term.definition;
  mark.dataset.term = term.name;
  mark.dataset.key = term.key;
  word.replaceWith(mark);
  mark.append(word);
}

function makeTip(page: Document) {
  const tip = page.createElement("div");
  tip.className = "term-tip";
  tip.id = "term-tip";
  tip.role = "tooltip";
  tip.hidden = true;
  page.body.append(tip);
  let shownAt: HTMLElement | null = null;
  const hide = () => {
    shownAt?.removeAttribute("aria-describedby");
    shownAt = null;
    tip.hidden = true;
  };
  const show = (mark: HTMLElement) => {
    hide();
    shownAt = mark;
    tip.textContent = `${mark.dataset.term}: ${mark.dataset.definition}`;
    mark.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    place(tip, mark);
  };
  const follow = ({ target }: Event) => {
    const over = target instanceof Element ? target : null;
    const mark = over?.closest<HTMLElement>(".term");
    if (mark) {
      if (mark !== shownAt) show(mark);
    } else if (shownAt && !over?.closest(".term-tip") && page.activeElement !== shownAt) hide();
  };
  return { follow, hide };
}

/** Under the word, and inside the window: positions go through the style object, which the CSP allows. */
function place(tip: HTMLElement, mark: HTMLElement): void {
  const word = mark.getBoundingClientRect();
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(word.left, room)) + window.scrollX}px`;
  tip.style.top = `${word.bottom + window.scrollY + 6}px`;
}
