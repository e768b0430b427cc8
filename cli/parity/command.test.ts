import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSafetensors, type SafeTensor, writeSafetensors } from '../../src/files/safetensors.ts';
import { readInput } from '../inputFile.ts';
import { compareFiles } from './command.ts';
import { readFixture } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'parity-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fixturePath = resolve(import.meta.dirname, '../../src/engines/fixtures/step-tiny.safetensors');
const { tensors, metadata } = readSafetensors(readFileSync(fixturePath));

/** The reference's file, with other settings, facts or tensors. */
function changed(
  settings: Record<string, unknown>,
  facts: Record<string, string> = {},
  others: Record<string, SafeTensor> = {},
): Uint8Array {
  const config = JSON.stringify({ ...JSON.parse(metadata.config), ...settings });
  return writeSafetensors(new Map([...tensors, ...Object.entries(others)]), {
    ...metadata,
    config,
    ...facts,
  });
}

function refused(bytes: Uint8Array, message: RegExp): void {
  const whole = /^The parity file cannot be used: [\x20-\x7e…]*\.$/;
  const error = (pattern: RegExp) =>
    expect.objectContaining({ name: 'FixtureError', message: expect.stringMatching(pattern) });
  expect(() => readFixture(bytes)).toThrow(error(message));
  expect(() => readFixture(bytes)).toThrow(error(whole));
}

describe('settings out of the limits are refused before they cost anything', () => {
  test.each([
    ['size', 2 ** 32, /"size" of its config must be a whole number from 16 to 64, not "4294967296"/],
    ['size', 8, /from 16 to 64, not "8"/],
    ['size', 18, /"size" of its config must be a multiple of 4, .* not 18/],
    ['size', '16', /from 16 to 64/],
    ['channels', 2, /"channels" of its config must be 1 or 3, not "2"/],
    ['conv', [], /"conv" of its config must be a list of 1 to 5 whole numbers from 1 to 256, not "\[\]"/],
    ['conv', [1, 1, 1, 1, 1, 1], /a list of 1 to 5/],
    ['conv', [8, 1e9], /a list of 1 to 5/],
    ['dense', 1e300, /"dense" of its config must be a whole number from 1 to 1024/],
    ['latents', 33, /"latents" of its config must be a whole number from 1 to 32/],
    ['disc_width', 2 ** 31, /"disc_width" .* from 1 to 2048/],
    ['disc_hidden', 2 ** 32 - 1, /"disc_hidden" .* from 1 to 8, not "4294967295"/],
    ['batch', 1, /"batch" .* from 2 to 512, not "1"/],
    ['batch', 513, /from 2 to 512/],
    ['batch', 8.5, /whole number from 2 to 512, not "8.5"/],
    ['gamma', -1e30, /"gamma" .* a number from 0 to 200, not "-1e\+30"/],
    ['gamma', null, /"gamma" .* not "null"/],
    ['lr', -5, /"lr" .* a number from 0 to 1, not "-5"/],
    ['lr', 2, /"lr"/],
    ['disc_lr', 1.01, /"disc_lr"/],
    ['betas', [2, 2], /"betas" .* a list of two numbers from 0 to 0.9999, not "\[2,2\]"/],
    ['betas', [0.9], /"betas"/],
    ['disc_betas', [0.5, -0.1], /"disc_betas"/],
    ['eps', 1e-7, /"eps" .* must be 1e-8/],
    ['disc_width', undefined, /"disc_width" .* and is missing/],
  ])('%s %j', (key, value, message) => {
    refused(changed({ [key]: value }), message);
  });

  test.each(['0', '-1', '1001', '9007199254740991', '1e3', '0x2', ' 2', '2.5', '', 'x'.repeat(500)])(
    'steps %j',
    (steps) => {
      refused(changed({}, { steps }), /"steps" of its metadata must be a whole number from 1 to 1000, not "/);
    },
  );

  test.each(['', '{', '[]', 'null', '5', '{"size":16,}'])('a config of %j', (config) => {
    refused(changed({}, { config }), /the "config" of its metadata must be a JSON object/);
  });
});

describe('tensors have the shapes that the settings give them', () => {
  const f32 = (shape: number[], value = 0): SafeTensor => ({
    dtype: 'F32',
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value),
  });
  const perm = (fill: (i: number) => number): SafeTensor => ({
    dtype: 'I32',
    shape: [4, 8],
    data: Int32Array.from({ length: 32 }, (_, i) => fill(i)),
  });
  test.each<[string, SafeTensor, RegExp]>([
    [
      'batch1.0',
      f32([8, 16, 16, 1]),
      /"batch1.0" has the shape \[8, 16, 16, 1\] instead of \[8, 1, 16, 16\]/,
    ],
    ['noise2.1', f32([4, 8]), /instead of \[8, 4\]/],
    ['loss.2', f32([8, 4]), /"loss.2" has the shape/],
    ['perm.0', f32([4, 8]), /"perm.0" must be I32, not F32/],
    ['perm.1', perm(() => 0), /row 0 of "perm.1" is no permutation of 0 to 7/],
    ['perm.1', perm((i) => (i === 31 ? 8 : i % 8)), /row 3 of "perm.1"/],
    ['noise1.0', f32([8, 4], Number.NaN), /"noise1.0" holds numbers that are not finite/],
    ['after.decoder.dense0.bias', f32([3]), /"after.decoder.dense0.bias" has the shape/],
  ])('%s', (name, tensor, message) => {
    refused(changed({}, {}, { [name]: tensor }), message);
  });

  test('another batch than the tensors have, and more steps than there are', () => {
    refused(changed({ batch: 9 }), /"batch1.0" has the shape \[8, 1, 16, 16\] instead of \[9, 1, 16, 16\]/);
    refused(changed({}, { steps: '4' }), /no tensor "batch1.3"/);
  });
});

describe('npm run parity', () => {
  const script = resolve(import.meta.dirname, '../run.mjs');
  const command = resolve(import.meta.dirname, '../parity.ts');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [script, command, ...args], { encoding: 'utf8' });
  const write = (name: string, bytes: Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

  test('ends with 0, 1, 2 or 5, and says why in one line', () => {
    expect(run(fixturePath)).toMatchObject({ status: 0, stderr: '' });
    const losses: SafeTensor = { dtype: 'F32', shape: [4], data: Float32Array.of(1, 2, 3, 4) };
    const failed = run(write('other.safetensors', changed({}, {}, { 'loss.1': losses })));
    expect(failed).toMatchObject({ status: 1, stderr: '' });
    expect(failed.stdout).toMatch(/^FAIL {2}\S*other\.safetensors: loss/m);
    const damaged = run(write('large.safetensors', changed({ size: 2 ** 40 })));
    expect(damaged.status).toBe(5);
    expect(damaged.stderr).toMatch(
      /^FixtureError: \S*large\.safetensors: The parity file cannot be used: .*\.\n$/,
    );
    const missing = run(join(folder, 'missing'));
    expect(missing.status).toBe(2);
    expect(missing.stderr).toMatch(/^FileError: \S*missing cannot be read: there is no such file/);
    expect(run('--help').stdout).toMatch(/5 where a file is damaged/);
  });

  test.each([
    [[], /Name at least one parity file/],
    [[fixturePath, '--engine', 'torch'], /--engine must be reference or webgpu or .*, not "torch"/],
    [[fixturePath, '--engine', 'webgl'], /--engine must be .*, not "webgl"/],
    [[fixturePath, '--engine', '__proto__'], /--engine must be/],
    [[fixturePath, '--trainer', 'wasm'], /--trainer is no option; valid ones are --engine VALUE/],
    [[fixturePath, '--engine'], /--engine needs a value/],
  ])('arguments %#', async (args, message) => {
    const error = expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) });
    await expect(compareFiles(args, () => undefined)).rejects.toThrow(error);
  });

  test('what a reader throws that is no fault of the file stays what it is', async () => {
    const fault = new TypeError('a fault of the program');
    const parse = () => {
      throw fault;
    };
    await expect(readInput(fixturePath, parse)).rejects.toBe(fault);
  });
});
