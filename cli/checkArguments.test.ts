import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkArguments } from './checkArguments.ts';
import { command } from './train/options.ts';

const npm = { npm_lifecycle_event: 'train', npm_config_cache: '/home/a/.npm', npm_config_prefix: '/usr' };
const refused = (args: readonly string[], env = {}, of: Parameters<typeof checkArguments>[0] = command) => {
  try {
    checkArguments(of, args, env);
  } catch (thrown) {
    expect(thrown).toMatchObject({ name: 'UsageError' });
    return String(thrown);
  }
  return null;
};

describe('options that npm kept for itself', () => {
  test.each<[string, string[], Record<string, string>, string]>([
    ['--preset=tiny', [], { preset: 'tiny' }, '-- --preset tiny'],
    ['--preset tiny', ['tiny'], { preset: 'true' }, '-- --preset tiny'],
    ['--conv-widths=8_16', [], { conv_widths: '8_16' }, '-- --conv-widths 8_16'],
    ['--seed=0 -- --out d', ['--out', 'd'], { seed: '0' }, '-- --seed 0 --out d'],
    ['--seed 3 -- --out d', ['3', '--out', 'd'], { seed: 'true' }, '-- --seed 3 --out d'],
    ['--out="my runs"', [], { out: 'my runs' }, "-- --out 'my runs'"],
    ['--seed', [], { seed: 'true' }, '-- --seed ...'],
    ['--out d --seed 1', ['d', '1'], { out: 'true', seed: 'true' }, '-- --out ... --seed ...'],
    ['--gamma=20', ['20'], { global: 'true', all: 'true', message: '' }, '-- --gamma 20'],
    [
      '--gamma=20 --out=d',
      ['20'],
      { out: 'd', global: 'true', all: 'true', message: '' },
      '-- --out d --gamma 20',
    ],
  ])('npm run train %s', (_, args, config, meant) => {
    const env = Object.fromEntries(
      Object.entries(config).map(([name, text]) => [`npm_config_${name}`, text]),
    );
    const message = refused(args, { ...npm, ...env }) ?? '';
    expect(message).toMatch(/npm kept --.* for itself/);
    expect(message).toContain(`Write: npm run train ${meant}`);
    expect(message.endsWith(meant)).toBe(true);
  });

  test('a file before the options stays', () => {
    const env = { npm_lifecycle_event: 'parity', npm_config_engine: 'true' };
    const parity = { name: 'parity', options: ['engine'] };
    expect(refused(['a.safetensors', 'webgpu'], env, parity)).toContain(
      'parity -- a.safetensors --engine webgpu',
    );
  });

  test.each<[string[], Record<string, string>]>([
    [['--out', 'd', '--preset', 'tiny'], npm],
    [['--out', 'd'], { ...npm, npm_config_global: 'true' }],
    [['--out', 'd'], { npm_config_preset: 'tiny' }],
    [['--out', 'd'], { npm_lifecycle_event: 'test', npm_config_seed: '3' }],
    [[], {}],
  ])('%j with nothing kept', (args, env) => {
    expect(refused(args, env)).toBeNull();
  });

  test('npm itself says so', () => {
    const folder = mkdtempSync(join(tmpdir(), 'npm-'));
    try {
      const script = `${process.execPath} ${resolve(import.meta.dirname, 'run.mjs')} ${resolve(import.meta.dirname, 'train.ts')}`;
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'a', scripts: { train: script } }));
      const result = spawnSync('npm', ['run', 'train', '--preset=tiny', '--gamma', '20'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(result.status).not.toBe(0);
      expect(result.stderr).toContain('Write: npm run train -- --preset tiny --gamma 20');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('characters that are not what they look like', () => {
  test.each<[string, string[], RegExp, string]>([
    ['an en dash', ['\u2013gamma', '20'], /“\u2013gamma” begins with an en dash \(U\+2013\)/, '--gamma 20'],
    ['an em dash', ['\u2014seed=3'], /em dash \(U\+2014\)/, '--seed=3'],
    ['a figure dash', ['\u2012gamma', '20'], /figure dash/, '--gamma 20'],
    ['a minus sign', ['\u2212gamma', '20'], /minus sign \(U\+2212\)/, '--gamma 20'],
    ['two en dashes', ['\u2013\u2013gamma', '20'], /en dash/, '--gamma 20'],
    ['a hyphen and a dash', ['-\u2013gamma', '20'], /en dash/, '--gamma 20'],
    ['a non-breaking hyphen', ['\u2011\u2011gamma', '20'], /non-breaking hyphen/, '--gamma 20'],
    ['one hyphen', ['-gamma', '20'], /begins with one hyphen/, '--gamma 20'],
    ['three hyphens', ['---gamma=20'], /begins with 3 hyphens/, '--gamma=20'],
    ['a carriage return', ['--gamma', '20\r'], /carriage return \(U\+000D\)/, '--gamma 20'],
    ['a no-break space behind', ['--gamma', '20\u00a0'], /no-break space \(U\+00A0\)/, '--gamma 20'],
    ['a no-break space between', ['--gamma\u00a020'], /held together by a no-break space/, '--gamma 20'],
    ['a zero-width space', ['--out\u200b', 'd'], /zero-width space \(U\+200B\)/, '--out d'],
    ['a thin space', ['--gamma', '20\u2009'], /U\+2009/, '--gamma 20'],
    ['curly quotes', ['--out', '“runs”'], /quotes of “runs” are typographic/, '--out runs'],
    [
      'curly quotes with a space',
      ['--out', '“my', 'runs”', '--seed', '1'],
      /typographic/,
      "--out 'my runs' --seed 1",
    ],
    ['curly quotes behind =', ['--out=“my', 'runs”'], /typographic/, "'--out=my runs'"],
    ['low quotes', ['--preset', '„tiny“'], /typographic/, '--preset tiny'],
    ['single ones', ['--preset=‘tiny’'], /typographic/, '--preset=tiny'],
    [
      'several',
      ['\u2014out', '“d”', '--seed', '1\r'],
      /em dash.*carriage return|carriage return.*em dash|em dash/,
      '--out d --seed 1',
    ],
  ])('%s', (_, args, problem, meant) => {
    const message = refused(args) ?? '';
    expect(message).toMatch(problem);
    expect(message.endsWith(`Write: npm run train -- ${meant}`)).toBe(true);
  });

  test.each([
    [['--gamma', '-4']],
    [['--gamma', '\u22124']],
    [['--learning-rate', '1e\u22124']],
    [['--seed', '1\u00a0000']],
    [['--seed', '0; 1 ']],
    [['--out', 'r\u00e9sultats d\u2019essai']],
    [['--out', 'my runs', '-h']],
    [['--out', '']],
    [['-x']],
  ])('%j is left to the reader of options', (args) => {
    expect(refused(args)).toBeNull();
  });
});
