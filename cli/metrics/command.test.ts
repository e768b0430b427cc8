import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type SafeTensor, writeSafetensors } from '../../src/files/safetensors.ts';
import { gridRows } from '../../src/metrics/codeSample.ts';
import { evaluationJson, measureFile } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'codes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sizes = [2, 3, 4];
const rows = 24;
const factors: SafeTensor = { dtype: 'I32', shape: [rows, 3], data: new Int32Array(gridRows(sizes)) };
const codes: SafeTensor = { dtype: 'F32', shape: [rows, 3], data: Float32Array.from(gridRows(sizes)) };
const metadata = { factor_sizes: JSON.stringify(sizes) };

function codesFile(tensors: Record<string, SafeTensor>, facts: Record<string, string> = metadata): string {
  const path = join(folder, 'codes.safetensors');
  writeFileSync(path, writeSafetensors(new Map(Object.entries(tensors)), facts));
  return path;
}

describe('npm run metrics', () => {
  test('prints one object of all scores and nothing else', () => {
    const path = codesFile({ codes, factors });
    const script = resolve(import.meta.dirname, '../run.mjs');
    const command = resolve(import.meta.dirname, '../metrics.ts');
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [script, command, ...args], { encoding: 'utf8' });
    const good = run(path, '--seed', '3');
    expect(good).toMatchObject({ status: 0, stderr: '' });
    const score = expect.any(Number);
    expect(JSON.parse(good.stdout)).toEqual({
      mig: expect.closeTo(1, 6),
      sapContinuous: expect.closeTo(1, 6),
      modularity: expect.closeTo(1, 6),
      gaussianTotalCorrelation: expect.closeTo(0, 6),
      mutualInformation: [
        [score, score, score],
        [score, score, score],
        [score, score, score],
      ],
      dci: {
        disentanglement: score,
        completeness: score,
        informativenessTrain: score,
        informativenessTest: score,
      },
      factorVae: { fitted: 1, heldOut: 1 },
      higgins: { fitted: 1, heldOut: 1 },
    });

    const bad = run(path, '--seed', '-1');
    expect(bad).toMatchObject({ status: 1, stdout: '' });
    expect(bad.stderr).toBe('UsageError: --seed must be a whole number from 0 to 4294967295.\n');
  });

  test('a total correlation without bound is null', async () => {
    const constantSum = Float32Array.from(
      { length: rows * 2 },
      (_, at) => (at >> 1) * (at % 2 === 0 ? 1 : -1),
    );
    const path = codesFile({ codes: { dtype: 'F32', shape: [rows, 2], data: constantSum }, factors });
    expect(evaluationJson(await measureFile([path]))).toContain('"gaussianTotalCorrelation":null');
  });

  const cases: [string, string, Record<string, SafeTensor>, Record<string, string>?][] = [
    ['no codes', 'no tensor "codes"', { factors }],
    ['no factors', 'no tensor "factors"', { codes }],
    ['codes of another type', '"codes" must be F32, not I32', { codes: factors, factors }],
    ['factors of another type', '"factors" must be I32, not F32', { codes, factors: codes }],
    ['flat codes', 'two dimensions', { codes: { ...codes, shape: [rows * 3] }, factors }],
    ['too few rows', 'needs 30', { codes, factors }, { factor_sizes: '[2, 3, 5]' }],
    ['too many factors', 'shape [24,3] instead of [24,2]', { codes, factors }, { factor_sizes: '[6, 4]' }],
    ['another order', 'row 2 of "factors"', { codes, factors }, { factor_sizes: '[3, 4, 2]' }],
    ['no sizes', 'no "factor_sizes"', { codes, factors }, {}],
    ['sizes that are none', 'whole numbers above 0', { codes, factors }, { factor_sizes: '[2, 3, 0]' }],
    ['sizes that are no JSON', 'whole numbers above 0', { codes, factors }, { factor_sizes: '2x3x4' }],
  ];
  test.each(cases)('%s: named in a sentence', async (_, message, tensors, facts) => {
    const path = codesFile(tensors, facts);
    const error = expect.objectContaining({
      name: 'CodesFileError',
      message: expect.stringMatching(/^The file of codes cannot be used: [^\n]*\.$/),
    });
    await expect(measureFile([path])).rejects.toThrow(error);
    await expect(measureFile([path])).rejects.toThrow(message);
  });

  test('codes that are not finite, a file that is none, no file, unknown options and bad seeds', async () => {
    const endless = new Float32Array(rows * 3).fill(Number.POSITIVE_INFINITY);
    const infinite: SafeTensor = { dtype: 'F32', shape: [rows, 3], data: endless };
    const refused = async (name: string, ...args: string[]) =>
      expect(measureFile(args)).rejects.toThrow(expect.objectContaining({ name }));
    await refused('CodesNotFiniteError', codesFile({ codes: infinite, factors }));
    writeFileSync(join(folder, 'text'), 'no safetensors');
    await refused('SafetensorsHeaderError', join(folder, 'text'));
    await refused('FileError', join(folder, 'missing'));
    await refused('FileError', folder);
    await refused('UsageError');
    await refused('UsageError', 'a', 'b');
    await refused('UsageError', 'a', '--sead', '1');
    for (const seed of ['x', '1.5', '', '4294967296']) await refused('UsageError', 'a', '--seed', seed);
    await refused('UsageError', 'a', '--seed');
  });
});
