import { describe, expect, test } from 'vitest';
import { presets } from '../../src/config/presets.ts';
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
      jobs: null,
      threads: null,
      steps: 20_000,
      evaluateEvery: 0,
      checkpointEvery: 60,
      tensorboard: true,
      runs: [{ name: '', preset: 'quick', config: { ...presets.quick, gamma: 20, seed: 1 } }],
    });
  });

  test('every setting of the schema has one, with its values in the help', () => {
    const { factors, shapes3d, ...plain } = presets.tiny;
    expect(settings.map(({ field }) => field.name).sort()).toEqual(
      [plain, factors, shapes3d].flatMap(Object.keys).sort(),
    );
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
    refused('--objective must be factorVae or betaVae or infoWganGp, not "vae"', '--objective', 'vae');
    refused('--channels must be 1 or 3, not "2"', '--channels', '2');
    refused('--image-size: imageSize must be a multiple', '--image-size', '36');
    refused(
      '--preset must be tiny or small or quick or paper or quick3d or paper3d, not "big"',
      '--preset',
      'tiny,big',
    );
    refused('--engine must be auto or webgpu', '--engine', 'tfjs-webgl');
    // A former name has no meaning under the new option.
    refused('--engine must be auto or webgpu', '--engine', 'cpu');
    refused('--steps must be a whole number from 1 on, not "0"', '--steps', '0');
    refused('--gamma needs a value after it', '--gamma', '--seed', '1');
    refused('--gamma needs a value after it', '--gamma');
    refused('--gamma is given twice', '--gamma', '1', '--gamma', '2');
    expect(() => parseOptions([])).toThrow(/--out DIR/);
  });

  test.each([
    ['wasm', 'tfjs-wasm'],
    ['cpu', 'tfjs-cpu'],
    ['tfjs-webgpu', 'tfjs-webgpu'],
    ['auto', 'auto'],
  ])('--backend %s, as it was formerly, is --engine %s, and says so', (former, engine) => {
    const notices = [`--backend ${former} is now called --engine ${engine}.`];
    expect(parsed('--backend', former)).toMatchObject({ engine, notices });
    expect(help).not.toContain('--backend');
  });

  test('--backend with what it never was, or beside --engine, is refused by the name of now', () => {
    refused('--engine must be auto or webgpu.*, not "cuda"', '--backend', 'cuda');
    refused('--engine must be auto or webgpu.*, not "tfjs-webgl"', '--backend', 'webgl');
    refused('--engine is given twice', '--backend', 'wasm', '--engine', 'webgpu');
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
    refused('--gamma lists the same value twice, as "1" and as "1.0"', '--gamma', '1,1.0');
    refused('--seed lists the same value twice, as "1000" and as "1e3"', '--seed', '1000,1e3');
    refused('--gamma lists the same value twice, as "0" and as "-0"', '--gamma', '0;-0');
    refused('--preset lists "tiny" twice', '--preset', 'tiny,tiny');
    refused('as "betaVae" and as "beta-vae"', '--objective', 'betaVae,beta-vae');
    refused('as "8_16" and as "8 16"', '--conv-widths', '8_16,8 16');
  });

  test('a run has one combination for all values of what it does not use', () => {
    const { runs } = parsed('--preset', 'tiny', '--objective', 'factorVae,betaVae', '--gamma', '3,6');
    expect(runs.map(({ name }) => name)).toEqual([
      'objective-factorVae_gamma-3',
      'objective-factorVae_gamma-6',
      'objective-betaVae',
    ]);
    expect(runs[2].config).toEqual({ ...presets.tiny, objective: 'betaVae', gamma: 3 });
    const seeds = parsed(
      '--objective',
      'betaVae,factorVae',
      '--permuted-batch',
      'first,second',
      '--seed',
      '1,2',
    );
    expect(seeds.runs.length).toBe(2 + 4);
  });

  test.each([
    ['--gamma', '3'],
    ['--gamma-warmup-steps', '100'],
    ['--permuted-batch', 'first,second'],
    ['--discriminator-width', '64'],
    ['--discriminator-adam-betas', '0.5_0.9'],
  ])('%s is named where a run does not use it', (option, text) => {
    const notices = [`${option} has no effect on beta-VAE.`];
    expect(parsed(option, text, '--objective', 'beta-vae')).toMatchObject({ runs: [{ name: '' }], notices });
    expect(parsed(option, text, '--objective', 'betaVae,factorVae').notices).toEqual(notices);
    expect(parsed(option, text)).not.toHaveProperty('notices');
  });

  const valuesOf = (option: string, text: string) => {
    const setting = settings.find((known) => `--${known.option}` === option);
    const { runs } = parsed('--preset', 'tiny', option, text);
    return runs.map(({ config }) =>
      setting?.field.path.reduce<unknown>((at, key) => Object(at)[key], config),
    );
  };

  test.each<[string, string, unknown[]]>([
    ['--seed', '0,1,2', [0, 1, 2]],
    ['--seed', '0,1', [0, 1]],
    ['--seed', '0, 1, 2', [0, 1, 2]],
    ['--seed', '0;1', [0, 1]],
    ['--seed', '1 000', [1000]],
    ['--seed', '1e3,2e3', [1000, 2000]],
    ['--seed', '\uff11\uff0c\uff12', [1, 2]],
    ['--gamma', '3,6', [3, 6]],
    ['--gamma', '2,5', [2, 5]],
    ['--gamma', '0,5,10', [0, 5, 10]],
    ['--gamma', '0.5,1.5', [0.5, 1.5]],
    ['--gamma', '0; 5', [0, 5]],
    ['--gamma', '0, 5', [0, 5]],
    ['--gamma', '100,150', [100, 150]],
    ['--batch-size', '128,256', [128, 256]],
    ['--learning-rate', '1e-3,1e-4', [1e-3, 1e-4]],
    ['--learning-rate', '\u22120', [0]],
    ['--pos-x', '4,8', [4, 8]],
    ['--channels', '1,3', [1, 3]],
    ['--objective', 'factor-vae, beta-vae', ['factorVae', 'betaVae']],
    // Lists inside one value.
    ['--conv-widths', '8_8', [[8, 8]]],
    ['--conv-widths', '8 8', [[8, 8]]],
    ['--conv-widths', '8;8_8', [[8], [8, 8]]],
    ['--conv-widths', '8,8_8', [[8], [8, 8]]],
    ['--adam-betas', '0.9_0.99', [[0.9, 0.99]]],
    ['--adam-betas', '0.9, 0.99', [[0.9, 0.99]]],
    ['--adam-betas', '0.9,0.99', [[0.9, 0.99]]],
    ['--adam-betas', '0.9_0.99,0.5_0.9', [[0.9, 0.99], [0.5, 0.9]]], // biome-ignore format: a row
  ])('%s %s asks for these', (option, text, values) => {
    expect(valuesOf(option, text)).toEqual(values);
  });

  test.each<[string, string, RegExp]>([
    [
      '--learning-rate',
      '0,001',
      /could mean 0\.001 or the list 0 and 1\. Write 0\.001, or "0; 1" for 2 runs\./,
    ],
    ['--learning-rate', '0,5', /could mean 0\.5 or the list 0 and 5\./],
    ['--gamma', '0,5', /could mean 0\.5 or the list 0 and 5\. Write 0\.5, or "0; 5" for 2 runs\./],
    ['--gamma', '1,05', /could mean 1\.05 or the list 1 and 5\./],
    ['--gamma', '1,000', /could mean 1 or the list 1 and 0\./],
    ['--seed', '1,000', /could mean 1000 or the list 1 and 0\./],
    ['--seed', '4,500', /could mean 4500 or the list 4 and 500\. Write 4500, or "4; 500" for 2 runs\./],
    ['--annealing-steps', '100,200', /could mean 100200 or the list 100 and 200\./],
    ['--seed', '1,000,000', /could mean 1000000 or/],
    ['--seed', '4.000', /could mean 4000 or 4\./],
    ['--learning-rate', '0,001,0,0005', /“001” in “0,001,0,0005” is no number to list/],
    ['--conv-widths', '8,16', /could mean one run with the list 8 and 16, or 2 runs\. Write 8_16 .*"8; 16"/],
    ['--adam-betas', '0,9_0,999', /could mean 0\.9 or the list 0 and 9/],
    ['--gamma', '1e400', /too large/],
    ['--learning-rate', '1e-400', /so small that it would become 0/],
    ['--gamma', '0x10', /must be a number from 0 to 200, not "0x10"/],
    ['--gamma', 'Infinity', /must be a number/],
    ['--steps', '10,000', /could mean 10000 or 10\. Write 10000 or 10\./],
    ['--steps', '10.000', /could mean 10000 or 10\./],
    ['--steps', '1e20', /must be a whole number from 1 on/],
    ['--steps', '0x10', /must be a whole number from 1 on/],
    ['--evaluate-every', '1.5', /must be a whole number from 0 on/],
  ])('%s %s is refused, with both readings where it has two', (option, text, message) => {
    refused(message, option, text);
  });

  test.each([
    ['10000', 10_000],
    ['10_000', 10_000],
    ['1e4', 10_000],
    ['10 000', 10_000],
  ])('--steps %s', (text, steps) => {
    expect(parsed('--steps', text).steps).toBe(steps);
  });
});
