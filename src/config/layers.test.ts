import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = resolve(import.meta.dirname, '..');

/** What each folder of src may import, beside itself: imports point one way. */
const allowed: Record<string, readonly string[]> = {
  config: [],
  data: ['config'],
  model: ['config', 'data'],
  plan: ['data', 'model'],
  trainer: ['config', 'data', 'model', 'plan'],
  families: ['config', 'data', 'model', 'plan', 'trainer'],
  contract: ['config', 'data', 'model', 'plan', 'trainer', 'families'],
  metrics: ['config', 'data', 'model'],
  files: ['config', 'data', 'model'],
  record: ['config', 'model', 'metrics'],
  protocol: ['config', 'record'],
  history: ['config', 'model', 'record', 'protocol'],
  worker: ['config', 'data', 'model', 'trainer', 'families', 'metrics', 'files', 'record', 'protocol'],
  ui: ['config', 'data', 'model', 'record', 'protocol', 'history'],
};
/** Modules at the top of src that anyone may import. */
const common = ['errors.ts'];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) =>
    relative(source, resolve(dirname(path), target)),
  );
}

describe('imports point one way', () => {
  for (const folder of readdirSync(source, { withFileTypes: true }).filter((e) => e.isDirectory())) {
    test(folder.name, () => {
      expect(allowed).toHaveProperty(folder.name);
      const files = filesBelow(join(source, folder.name));
      const wrong = files.flatMap((file) =>
        importsOf(file)
          .filter((target) => !common.includes(target))
          .filter((target) => {
            const [to] = target.split('/');
            return to !== folder.name && !allowed[folder.name].includes(to);
          })
          .map((target) => `${relative(source, file)} -> ${target}`),
      );
      expect(wrong).toEqual([]);
    });
  }
});
