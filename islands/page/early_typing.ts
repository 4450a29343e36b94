// Somebody quick, on a page whose scripts come late, has typed before anything listened: a preview would stand
// still until the next key, and a draft would not be kept. Such fields speak once more when the page listens.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isChosen(field: Field): boolean {
  return field instanceof HTMLSelectElement || ["checkbox", "radio"].includes(field.type);
}

function isTouched(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const given = [...field.options].filter((option) => option.defaultSelected);
    // With nothing given, a single select shows its first option by itself.
    const shown = given.length || field.multiple ? given : [...field.options].slice(0, 1);
    return [...field.selectedOptions].some((option) => !shown.includes(option));
  }
  if (isChosen(field)) return (field as HTMLInputElement).checked !== (field as HTMLInputElement).defaultChecked;
  return field.type !== "hidden" && field.value !== field.defaultValue;
}

/** The last of each form's touched fields speaks: what listens to the form reads the whole of it. */
export function hearEarlyTyping(page: Document): void {
  const hear = () => {
    const last = new Map<Element, Field>();
    for (const field of page.querySelectorAll<Field>("input, textarea, select"))
      if (isTouched(field)) last.set(field.form ?? field, field);
    for (const field of last.values())
      field.dispatchEvent(new Event(isChosen(field) ? "change" : "input", { bubbles: true }));
  };
  // htmx says so once it listens to the whole page.
  page.addEventListener("htmx:load", hear, { once: true });
}
