import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunConfig } from '../../src/config/schema.ts';
import { parseRunRecord } from '../../src/record/runRecord.ts';
import { usedFields } from '../../src/settings/fields.ts';
import { parseOptions } from './options.ts';

const evidence = join(import.meta.dirname, '../../docs/evidence');

/** The arguments of every `npm run train` in a text; a backslash ends a line that goes on. */
function commandsOf(markdown: string): string[][] {
  return [...markdown.matchAll(/^ {4}npm run train --((?:.*\\\n)*.*)$/gm)].map(([, text]) =>
    text
      .replaceAll('\\\n', ' ')
      .replaceAll('"', '')
      .replace(/--data \S+/, `--dataset own --data ${'0'.repeat(32)}_1_all_images`)
      .trim()
      .split(/\s+/),
  );
}

/** Of images of one's own a command names the file, a record the hash, so which they are is left out. */
const usedSettings = (config: RunConfig) =>
  usedFields(config)
    .filter(({ name }) => name !== 'data')
    .map((field) => `${field.name} ${field.textOf(config)}`)
    .join(', ');

test('a command of the evidence makes each of its records, whatever the presets have become', () => {
  const commands = commandsOf(readFileSync(join(evidence, 'README.md'), 'utf8'));
  const made = commands.flatMap(
    (args) => parseOptions(args)?.runs.map(({ config }) => usedSettings(config)) ?? [],
  );
  const files = readdirSync(evidence, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.json'),
  );
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const record = parseRunRecord(readFileSync(join(evidence, file), 'utf8'));
    expect(record.changes, file).toEqual([]);
    expect(made, file).toContain(usedSettings(record.config));
  }
});
