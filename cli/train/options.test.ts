import { describe, expect, test } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { runFieldsSchema } from '../../src/config/schema.ts';
import { byLikeness } from './closest.ts';
import { help, parseOptions } from './options.ts';
import { settings } from './settings.ts';

function parsed(...args: string[]) {
  const options = parseOptions(['--out', 'd', ...args]);
  if (!options) throw new Error('help was asked for');
  return options;
}
const refused = (message: string | RegExp, ...args: string[]) =>
  expect(() => parsed(...args)).toThrow(
    expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) }),
  );

describe('options', () => {
  test('the command of the readme', () => {
    const options = parseOptions('--preset quick --gamma 20 --seed 1 --steps 20000 --out DIR'.split(' '));
    expect(options).toEqual({
      out: 'DIR',
      engine: 'auto',
      steps: 20_000,
      evaluateEvery: 0,
      checkpointEvery: 60,
      runs: [{ name: '', preset: 'quick', config: { ...presets.quick, gamma: 20, seed: 1 } }],
    });
  });

  test('every setting of the schema has one, with its values in the help', () => {
    const fields = Object.keys(runFieldsSchema.shape).filter((name) => name !== 'factors');
    const factors = Object.keys(runFieldsSchema.shape.factors.shape);
    expect(settings.map(({ path }) => path.at(-1)).sort()).toEqual([...fields, ...factors].sort());
    for (const { option } of settings) expect(help).toContain(`--${option} `);
    expect(help).not.toContain('undefined');
    expect(parseOptions(['--gamma', '1', '--help'])).toBeNull();
  });

  test('settings of every kind, also as name=value', () => {
    const { runs } = parsed(
      '--preset=tiny',
      ...['--objective', 'beta-vae', '--conv-widths', '8_16_16', '--adam-betas=0.8_0.99', '--pos-x', '4'],
      ...['--channels', '3', '--learning-rate', '1e-4'],
    );
    expect(runs).toEqual([
      {
        name: '',
        preset: 'tiny',
        config: {
          ...presets.tiny,
          objective: 'betaVae',
          convWidths: [8, 16, 16],
          adamBetas: [0.8, 0.99],
          channels: 3,
          learningRate: 1e-4,
          factors: { ...presets.tiny.factors, posX: 4 },
        },
      },
    ]);
    expect(parsed('--conv-widths', '8', '--preset', 'tiny').runs[0].config.convWidths).toEqual([8]);
  });

  test('a wrong one names itself and the valid ones, the closest first', () => {
    refused(/^--gama is no option\. Valid ones, the closest first: --gamma, .*--seed/, '--gama', '3');
    refused(/^--step is no option.*first: --steps,/, '--step=3');
    refused('"gamma" is no option: options begin with --', 'gamma', '3');
    refused('--gamma must be a number from 0 to 200, not "201"', '--gamma', '201');
    refused('--gamma must be a number from 0 to 200, not ""', '--gamma', '1,,2');
    refused('--gamma must be a number from 0 to 200, not "0x10"', '--gamma', '0x10');
    refused('--seed must be a whole number from 0 to 4294967295, not "1.5"', '--seed', '1.5');
    refused('--objective must be factorVae or betaVae, not "vae"', '--objective', 'vae');
    refused('--channels must be 1 or 3, not "2"', '--channels', '2');
    refused('--image-size: imageSize must be a multiple', '--image-size', '36');
    refused('--preset must be tiny or quick or paper, not "big"', '--preset', 'tiny,big');
    refused('--backend must be auto or webgpu', '--backend', 'webgl');
    refused('--steps must be a whole number from 1 on, not "0"', '--steps', '0');
    refused('--gamma needs a value after it', '--gamma', '--seed', '1');
    refused('--gamma needs a value after it', '--gamma');
    refused('--gamma is given twice', '--gamma', '1', '--gamma', '2');
    expect(() => parseOptions([])).toThrow(/--out DIR/);
  });

  test('names by likeness', () => {
    expect(byLikeness('beta', ['gamma', 'seed', 'beta', 'betas'])).toEqual([
      'beta',
      'betas',
      'seed',
      'gamma',
    ]);
  });
});

describe('sweeps', () => {
  test('every combination, named by what was given as a list', () => {
    const { runs } = parsed('--preset', 'tiny', '--gamma', '10,20', '--seed', '0,1,2', '--beta', '2');
    expect(runs.map(({ name }) => name)).toEqual([
      'gamma-10_seed-0',
      'gamma-10_seed-1',
      'gamma-10_seed-2',
      'gamma-20_seed-0',
      'gamma-20_seed-1',
      'gamma-20_seed-2',
    ]);
    expect(runs[4].config).toEqual({ ...presets.tiny, gamma: 20, seed: 1, beta: 2 });
  });

  test('of presets, words and lists', () => {
    const { runs } = parsed(
      '--preset',
      'tiny,quick',
      '--conv-widths',
      '8,8_16',
      '--objective',
      'factorVae,betaVae',
    );
    expect(runs.length).toBe(8);
    expect(runs[7].name).toBe('preset-quick_objective-betaVae_conv-widths-8x16');
    expect(runs[7].config.imageSize).toBe(presets.quick.imageSize);
  });

  test('nothing is asked for twice', () => {
    refused('--gamma lists "1" twice', '--gamma', '1,1');
    refused('ask for the run gamma-1 twice', '--gamma', '1,1.0');
  });
});
