// The chain a card belongs to: everything that leads to it and everything it leads to, with the links on the way.

export interface Link {
  readonly source: string;
  readonly target: string;
}

export interface Chain {
  readonly objectives: ReadonlySet<string>;
  readonly links: ReadonlySet<Link>;
}

export function chainOf(objective: string, links: readonly Link[]): Chain {
  const causes = reached(objective, links, (link) => link.target, (link) => link.source);
  const effects = reached(objective, links, (link) => link.source, (link) => link.target);
  return {
    objectives: new Set([...causes, ...effects]),
    links: new Set(
      links.filter(
        (link) =>
          (causes.has(link.source) && causes.has(link.target)) || (effects.has(link.source) && effects.has(link.target)),
      ),
    ),
  };
}

function reached(
  start: string,
  links: readonly Link[],
  near: (link: Link) => string,
  far: (link: Link) => string,
): Set<string> {
  const found = new Set([start]);
  for (const objective of found) {
    for (const link of links) if (near(link) === objective) found.add(far(link));
  }
  return found;
}
