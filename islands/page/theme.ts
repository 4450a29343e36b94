// Choosing a theme without a reload: the same form is sent in the background, and <html> changes at once.

export function followTheme(page: Document): void {
  page.addEventListener("submit", (sending) => {
    const form = sending.target as HTMLFormElement;
    const button = sending.submitter as HTMLButtonElement | null;
    if (!form.matches("[data-theme-switch]") || !button) return;
    sending.preventDefault();
    const fields = new FormData(form, button);
    void fetch(form.action, { method: "POST", body: fields });
    showTheme(page, button.value);
  });
}

function showTheme(page: Document, theme: string): void {
  page.documentElement.dataset.bsTheme = theme;
  const scheme = theme === "auto" ? "light dark" : theme;
  page.querySelector('meta[name="color-scheme"]')?.setAttribute("content", scheme);
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
