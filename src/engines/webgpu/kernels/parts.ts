/** What some threads of a kernel do. In the body `own` is a thread's number among them. */
export interface Part {
  readonly threads: number;
  readonly body: string;
}

/** Parts of a kernel, of which each thread does one: as many threads as all take, and their common body. */
export function inParts(parts: readonly Part[]): Part {
  let first = 0;
  const bodies = parts.map(({ threads, body }) => {
    const from = first;
    first += threads;
    return `  if (i < ${first}u) {\n    let own = i - ${from}u;${body}\n    return;\n  }`;
  });
  return { threads: first, body: bodies.join('\n') };
}
