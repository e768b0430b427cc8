import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = resolve(import.meta.dirname, '..');

/** What each folder of src may import, beside itself: imports point one way. */
const allowed: Record<string, readonly string[]> = {
  settings: [],
  locale: ['settings'],
  config: ['settings'],
  data: ['config', 'settings'],
  model: ['config', 'settings', 'data'],
  plan: ['data', 'model'],
  trainer: ['config', 'settings', 'data', 'model', 'plan'],
  families: ['config', 'settings', 'data', 'model', 'plan', 'trainer'],
  contract: ['config', 'settings', 'data', 'model', 'plan', 'trainer', 'families'],
  metrics: ['config', 'settings', 'data', 'model'],
  files: ['config', 'settings', 'data', 'model'],
  record: ['config', 'settings', 'model', 'metrics'],
  protocol: ['config', 'settings', 'model', 'record'],
  history: ['config', 'settings', 'model', 'record'],
  run: ['config', 'settings', 'data', 'model', 'plan', 'trainer', 'families', 'metrics', 'files', 'record'],
  worker: [
    'config',
    'settings',
    'locale',
    'data',
    'model',
    'trainer',
    'families',
    'metrics',
    'files',
    'record',
    'run',
    'protocol',
  ],
  ui: ['config', 'settings', 'locale', 'data', 'model', 'record', 'protocol', 'history'],
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
