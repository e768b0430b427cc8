/** What each file imports of the others, by paths from the root of the project. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * The relative paths that a file's text imports: whole files, types alone, for re-export, or later, by `import()`.
 */
export function importsIn(text: string): string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) => target);
}

/**
 * Imports that come back to where they began, each as the files passed, the first of them once more at the end. Of
 * cycles that share files at least one is told.
 */
export function findCycles(graph: ImportGraph): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string) => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return cycles;
}
