import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findCycles, type ImportGraph, importsIn } from './layers.fixture.ts';

const root = resolve(import.meta.dirname, '../..');

/** What each folder of src may import, beside itself: imports point one way. */
const allowed: Record<string, readonly string[]> = {
  settings: [],
  locale: ['config', 'settings'],
  config: ['settings'],
  data: ['config', 'settings'],
  model: ['config', 'settings', 'data'],
  plan: ['data', 'model'],
  engines: ['config', 'settings', 'data', 'model', 'plan'],
  families: ['config', 'settings', 'data', 'model', 'plan', 'engines'],
  contract: ['config', 'settings', 'data', 'model', 'plan', 'engines', 'families'],
  metrics: ['config', 'settings', 'data', 'model'],
  // What tensors a checkpoint must have, its run's family says.
  files: ['config', 'settings', 'data', 'model', 'families'],
  // From files of any kind to sets of images.
  intake: ['config', 'settings', 'data', 'model', 'files'],
  record: ['config', 'settings', 'model', 'metrics'],
  protocol: ['config', 'settings', 'data', 'model', 'record'],
  history: ['config', 'settings', 'model', 'record'],
  run: ['config', 'settings', 'data', 'model', 'plan', 'engines', 'families', 'metrics', 'files', 'record'],
  worker: [
    'config',
    'settings',
    'data',
    'model',
    'plan',
    'engines',
    'families',
    'metrics',
    'files',
    'record',
    'run',
    'intake',
    'protocol',
  ],
  ui: ['config', 'settings', 'locale', 'data', 'model', 'record', 'protocol', 'history'],
};

/** Anyone may import them. They know the English words, for codes, the names of values, and an error's message. */
const common = ['src/errors.ts', 'src/report.ts'];

/** Where the page begins, on top of all: it imports the page alone, and starts Workers by their address. */
const entry = 'src/main.tsx';
/** What index.html asks for: it fetches the page. */
const start = 'src/start.ts';

const engine = Object.keys(allowed).filter(
  (folder) => !['worker', 'protocol', 'ui', 'contract'].includes(folder),
);
/** The same for what stands beside src. The command line has nothing of the Worker's or the page's. */
const beside: Record<string, readonly string[]> = {
  scripts: engine,
  cli: [...engine, 'scripts'],
  // It measures the Worker's session, too.
  bench: [...engine, 'worker', 'protocol', 'cli', 'scripts'],
  // It sees the page from outside, as a person does, and reads what it saves.
  e2e: [...engine, 'scripts'],
  [entry]: ['ui', 'protocol'],
  [start]: [entry, 'ui', 'config'],
  'src/errors.ts': ['locale'],
  'src/report.ts': ['locale'],
};

/**
 * A test stands beside what it tests. It may import what that may import, whatever is made for tests alone, and
 * what makes engines in Node, holds them to PyTorch's files, and says reports in words. Some need more: a trainer
 * to test with, or every setting's words.
 */
const testHelpers = [
  'src/locale/word.ts',
  'cli/nodeIntake.ts',
  'cli/nodeTfjs.ts',
  'cli/webgpuDriver.ts',
  'cli/wasmEngine.ts',
  'cli/wasmFiles.ts',
  'cli/parity/compare.ts',
  'cli/parity/compareInfoWganGp.ts',
  'cli/parity/fixture.ts',
  'cli/parity/infoWganGpFixture.ts',
];
const testsAlso: Record<string, readonly string[]> = {
  settings: ['locale'],
  engines: ['families'],
  files: ['engines'],
  model: ['families'],
  // The page knows columns of metrics by name: they must be some family's.
  ui: ['families'],
};

/** Tests and what is made for them alone: nothing else may import these. */
function isForTests(path: string): boolean {
  return (
    /\.(test|spec|fixture)\.tsx?$/.test(path) ||
    path.includes('/fixtures/') ||
    path.startsWith('src/contract/')
  );
}

/**
 * The folder of src or of the project that a file is in; a file at the top of src, or its test, by the file's own
 * name.
 */
function areaOf(path: string): string {
  const [top, folder, inside] = path.split('/');
  if (top !== 'src') return top;
  return inside ? folder : path.replace('.test.ts', '.ts');
}

function mayImport(from: string, to: string): boolean {
  const [area, target] = [areaOf(from), areaOf(to)];
  if (isForTests(to) && !isForTests(from)) return false;
  if (target === area || common.includes(to)) return true;
  if ((allowed[area] ?? beside[area])?.includes(target)) return true;
  if (!isForTests(from)) return false;
  return testHelpers.includes(to) || (testsAlso[area]?.includes(target) ?? false);
}

/** Reads the imports of every file of code below some folders. */
function readImports(folders: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) => filesBelow(join(root, folder)));
  const known = new Set(files);
  return new Map(
    files.map((file) => [
      relative(root, file),
      importsIn(readFileSync(file, 'utf8'))
        .map((target) => resolve(dirname(file), target))
        // A text that a test writes into a file of its own may look like an import.
        .filter((target) => known.has(target))
        .map((target) => relative(root, target)),
    ]),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.(tsx?|mjs)$/.test(entry.name) ? [path] : [];
  });
}

const graph = readImports(['src', 'cli', 'bench', 'e2e', 'scripts']);
const areas = [...new Set([...graph.keys()].map(areaOf))];

describe('imports point one way', () => {
  test.each(areas)('%s', (area) => {
    expect({ ...allowed, ...beside }).toHaveProperty([area]);
    const wrong = [...graph]
      .filter(([file]) => areaOf(file) === area)
      .flatMap(([file, targets]) =>
        targets.filter((target) => !mayImport(file, target)).map((target) => `${file} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  test('and no folder has leave to import one above it', () => {
    const folders = new Map(Object.entries({ ...allowed, ...beside }));
    expect(findCycles(folders).map((cycle) => cycle.join(' -> '))).toEqual([]);
  });

  test.each([
    ['cli/train/trainRun.ts', 'src/run/pictures.ts', true],
    ['cli/train/trainRun.ts', 'src/worker/run.ts', false],
    ['cli/train/pictures.test.ts', 'src/protocol/messages.ts', false],
    ['cli/train/command.ts', 'src/ui/format.ts', false],
    ['src/history/history.ts', 'src/protocol/messages.ts', false],
    ['src/run/pictures.ts', 'src/worker/lane.ts', false],
    ['src/ui/App.tsx', 'src/engines/trainer.ts', false],
    ['src/ui/App.tsx', 'src/errors.ts', true],
    ['src/errors.ts', 'src/config/schema.ts', false],
    ['src/main.tsx', 'src/worker/worker.ts', false],
    ['bench/stream.ts', 'src/worker/session.ts', true],
    ['bench/bench.ts', 'src/ui/format.ts', false],
    ['e2e/play.spec.ts', 'src/worker/run.ts', false],
    ['scripts/evidence.ts', 'cli/train/command.ts', false],
    ['src/engines/tfjs/parity.test.ts', 'cli/nodeTfjs.ts', true],
    ['src/engines/tfjs/trainer.ts', 'cli/nodeTfjs.ts', false],
    ['src/engines/tfjs/parity.test.ts', 'cli/train/command.ts', false],
    ['src/engines/tfjs/trainer.test.ts', 'src/families/vae/model.ts', true],
    ['src/engines/tfjs/trainer.ts', 'src/families/vae/model.ts', false],
    ['src/worker/run.ts', 'src/run/smallRun.fixture.ts', false],
    ['src/worker/fork.test.ts', 'src/run/smallRun.fixture.ts', true],
    ['src/families/vae/model.ts', 'src/contract/contract.ts', false],
    ['src/newFolder/file.ts', 'src/config/schema.ts', false],
  ])('%s importing %s: %s', (from, to, may) => {
    expect(mayImport(from, to)).toBe(may);
  });
});

describe('imports are found', () => {
  test.each([
    ["import { a } from './a.ts';", ['./a.ts']],
    ["import type {\n  A,\n  B,\n} from '../a.ts';\nimport './b.ts';", ['../a.ts', './b.ts']],
    ["const { c } = await import('./c.ts');", ['./c.ts']],
    ["export * from './d.ts';\nexport type { E } from './e.ts';", ['./d.ts', './e.ts']],
    ["let f: import('./f.ts').F;", ['./f.ts']],
    ["import { z } from 'zod';", []],
  ])('%s', (text, targets) => {
    expect(importsIn(text)).toEqual(targets);
  });
});

/**
 * Types count too: they are gone when the code runs, yet neither of two files that need each other's types can be
 * read, tested or moved alone.
 */
describe('no import comes back to where it began', () => {
  test('in any file', () => {
    expect(graph.size).toBeGreaterThan(400);
    expect(findCycles(graph).map((cycle) => cycle.join(' -> '))).toEqual([]);
  });

  test.each([
    ['nothing', {}, []],
    ['a file that imports itself', { a: ['a'] }, ['a a']],
    ['two files', { a: ['b'], b: ['a'] }, ['a b a']],
    ['a long way round', { a: ['b'], b: ['c', 'x'], c: ['d'], d: ['b'], x: [] }, ['b c d b']],
    ['two cycles', { a: ['b'], b: ['a'], c: ['a', 'd'], d: ['c'] }, ['a b a', 'c d c']],
    ['two ways to one file, which is none', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
    ['one that is met late', { a: ['b'], b: [], c: ['b', 'd'], d: ['e'], e: ['c'] }, ['c d e c']],
  ])('%s', (_, imports, cycles) => {
    expect(findCycles(new Map(Object.entries(imports))).map((cycle) => cycle.join(' '))).toEqual(cycles);
  });
});
