// A request that is given up is no fault: fresher words replaced it, or the reader left the page while it ran.
// htmx writes every aborted request to the console as an error; a reader's console is for what went wrong.

interface Sent {
  xhr?: XMLHttpRequest;
  error?: string;
}

interface Library {
  logger: unknown;
}

export function forgiveGivenUp(page: Document, library: Library): void {
  const givenUp = new WeakSet<XMLHttpRequest>();
  page.addEventListener("htmx:beforeSend", (sending) => {
    const { xhr } = (sending as CustomEvent<Sent>).detail;
    if (!xhr) return;
    // Around htmx's own handler, so that the request is known as given up before htmx speaks of it.
    const told = xhr.onabort;
    xhr.onabort = (abort) => {
      givenUp.add(xhr);
      told?.call(xhr, abort);
    };
  });
  // The logger is asked before the error is written, and may take it away.
  library.logger = (_place: Element, _event: string, sent?: Sent) => {
    if (sent?.xhr && givenUp.has(sent.xhr)) delete sent.error;
  };
}
