import { describe, expect, test } from 'vitest';
import { word } from '../locale/word.ts';
import { dataName } from '../settings/ownData.ts';
import type { EngineChoice } from './engines.ts';
import { withObjective } from './objective.ts';
import { presetNames, presets } from './presets.ts';
import { type RivalSettings, rivalSettingsOf, sharedDifferences, usualRival } from './rival.ts';
import { type RunConfig, runConfigSchema } from './schema.ts';
import { parseRunUrl, presetOf, runQuery, wholePage } from './url.ts';

const everythingElse: RunConfig = {
  objective: 'factorVae',
  dataset: 'shapes2d',
  factors: { shape: 2, scale: 3, orientation: 7, posX: 5, posY: 6 },
  data: null,
  shapes3d: presets.quick.shapes3d,
  imageSize: 48,
  channels: 3,
  convWidths: [4, 7, 9, 11],
  denseWidth: 33,
  latents: 5,
  discriminatorWidth: 77,
  discriminatorDepth: 2,
  batchSize: 21,
  gamma: 0.125,
  annealingFactor: 2.5,
  annealingSteps: 4000,
  gammaWarmupSteps: 800,
  permutedBatch: 'first',
  beta: 4.5,
  learningRate: 2e-7,
  adamBetas: [0.8, 0.99],
  discriminatorLearningRate: 3e-3,
  discriminatorAdamBetas: [0, 0.5],
  categories: 0,
  noiseInputs: 5,
  criticSteps: 5,
  informationWeight: 1,
  penaltyWeight: 10,
  generatorLearningRate: 2e-4,
  generatorAdamBetas: [0, 0.9],
  criticLearningRate: 2e-4,
  criticAdamBetas: [0, 0.9],
  seed: 4294967295,
};

const ofInfoWganGp: RunConfig = {
  ...presets.paper,
  objective: 'infoWganGp',
  convWidths: [4, 7, 9],
  denseWidth: 33,
  latents: 5,
  categories: 3,
  noiseInputs: 0,
  criticSteps: 2,
  informationWeight: 0.3,
  penaltyWeight: 5,
  generatorLearningRate: 1e-3,
  generatorAdamBetas: [0.5, 0.99],
  criticLearningRate: 2e-3,
  criticAdamBetas: [0.4, 0.8],
};

describe('the address of a run', () => {
  test.each(presetNames)('preset %s is valid and reads back', (name) => {
    expect(runConfigSchema.parse(presets[name])).toEqual(presets[name]);
    expect(parseRunUrl(runQuery(presets[name], name, 'auto'), 'tiny')).toEqual({
      preset: name,
      config: presets[name],
      engine: 'auto',
      rival: null,
      replay: null,
      rivalMoves: [],
      lesson: wholePage,
      issues: [],
    });
  });

  test.each([everythingElse, ofInfoWganGp])('every setting reads back as it was: $objective', (config) => {
    expect(runConfigSchema.parse(config)).toEqual(config);
    const read = parseRunUrl(runQuery(config, 'paper', 'tfjs-wasm'), 'tiny');
    expect(read).toEqual({
      preset: 'paper',
      config,
      engine: 'tfjs-wasm',
      rival: null,
      replay: null,
      rivalMoves: [],
      lesson: wholePage,
      issues: [],
    });
  });

  test('a set of own images reads back by its hash, count, seed and name, whatever is in that', () => {
    const data = {
      hash: '0123456789abcdef'.repeat(2),
      name: dataName('my_cats (2) & “größe” 猫.v1'),
      count: 7,
      seed: 3,
    };
    const config = { ...presets.tiny, dataset: 'own', data } as const;
    const read = parseRunUrl(runQuery(config, 'tiny', 'auto'), 'tiny');
    expect([read.config.data, read.issues]).toEqual([data, []]);
    const cut = parseRunUrl('?preset=tiny&dataset=own&data=0123_7_all_x', 'tiny');
    expect([cut.config.data, cut.issues]).toMatchObject([null, [{ field: 'data' }]]);
  });

  test('holds how the run was steered, what it ran on and what is said of it', () => {
    const moves = [
      { step: 500, key: 'gamma', to: 12, gesture: 0 },
      { step: 503, key: 'gamma', to: 13.5, gesture: 0 },
    ] as const;
    const replay = { moves, ran: 'webgpu-gpu-1x2y3z', caption: 'Look: γ & β, "both"!' };
    const rivalMoves = [{ step: 9, key: 'beta', to: 2e-7, gesture: 0 }] as const;
    const rival = { objective: 'betaVae', gamma: 10, beta: 2, informationWeight: 1 } as const;
    const query = runQuery(presets.tiny, 'tiny', 'auto', rival, { replay, rivalMoves });
    expect(parseRunUrl(query, 'tiny')).toMatchObject({ replay, rivalMoves, issues: [] });
    // What nothing is said of, and was never moved, is no replay.
    const strayed = parseRunUrl('?preset=tiny&objective=betaVae&moves=discriminator5_1-beta7_2', 'tiny');
    expect(strayed.replay?.moves).toEqual([{ step: 7, key: 'beta', to: 2, gesture: 0 }]);
    expect(strayed.issues).toMatchObject([{ field: 'moves', used: 'beta7_2' }]);
    const plain = { moves: [], ran: 'wasm', caption: null };
    expect(runQuery(presets.tiny, 'tiny', 'auto', null, { replay: plain })).toBe('?preset=tiny');
    expect(parseRunUrl('?preset=tiny&moves=x&caption=', 'tiny')).toMatchObject({
      replay: null,
      issues: [
        { field: 'moves', given: 'x', used: 'ignored' },
        { field: 'caption', given: '', used: 'ignored' },
      ],
    });
    const long = parseRunUrl(`?preset=tiny&caption=${'a'.repeat(300)}`, 'tiny');
    expect(long.replay?.caption).toHaveLength(200);
    expect(long.issues).toHaveLength(1);
  });

  test('holds only what differs from the preset', () => {
    expect(runQuery({ ...presets.quick, seed: 3 }, 'quick', 'auto')).toBe('?preset=quick&seed=3');
  });

  test('without a preset the fallback is the base, and the address names none', () => {
    const read = parseRunUrl('?gamma=2', 'paper');
    expect(read.preset).toBeNull();
    expect(read.config).toEqual({ ...presets.paper, gamma: 2 });
  });

  test('images are those that their data set has', () => {
    const shapes3d = { ...presets.quick, dataset: 'shapes3d', imageSize: 64, channels: 3 };
    const read = parseRunUrl('?preset=quick&dataset=shapes3d&imageSize=60&channels=1', 'tiny');
    expect(read.config).toEqual(shapes3d);
    expect(read.issues).toEqual([
      { field: 'imageSize', given: '60', used: '64' },
      { field: 'channels', given: '1', used: '3' },
    ]);
    // Nobody asked for one channel here.
    const asked = parseRunUrl('?preset=quick&dataset=shapes3d&imageSize=64', 'tiny');
    expect([asked.config, asked.issues]).toEqual([shapes3d, []]);
    for (const wrong of [{ imageSize: 48 }, { channels: 1 }])
      expect(runConfigSchema.safeParse({ ...presets.quick3d, ...wrong }).success).toBe(false);
  });

  test('a number out of range becomes the nearest valid one, named', () => {
    const { config, issues } = parseRunUrl('?preset=tiny&gamma=1e9&batchSize=0&seed=-4&latents=3.6', 'tiny');
    expect(config).toEqual({ ...presets.tiny, gamma: 200, batchSize: 2, seed: 0, latents: 4 });
    expect(issues).toEqual([
      { field: 'latents', given: '3.6', used: '4' },
      { field: 'batchSize', given: '0', used: '2' },
      { field: 'gamma', given: '1e9', used: '200' },
      { field: 'seed', given: '-4', used: '0' },
    ]);
  });

  test.each<[string, string | undefined]>([
    ['seed=abc', 'is not a number'],
    ['seed=', 'is empty'],
    ['seed=0x10', 'is not a number'],
    ['seed=Infinity', 'is not a number'],
    ['seed=NaN', 'is not a number'],
    ['seed=1,2', 'could mean 1.2 or the list 1 and 2'],
    ['seed=4.000', 'could mean 4000 or 4'],
    ['gamma=1,000', 'could mean 1000 or 1'],
    ['gamma=1e400', 'is too large to calculate with'],
    ['learningRate=1e-400', 'is so small that it would become 0'],
    ['learningRate=0,001', 'could mean 0.001 or the list 0 and 1'],
    ['channels=2', 'must be 1 or 3'],
    ['adamBetas=0.9', 'must be two numbers'],
    ['adamBetas=0,9_0,999', 'could mean 0.9 or the list 0 and 9'],
    ['objective=vae', undefined],
  ])('%s falls back to the preset, named', (query, why) => {
    const { config, issues } = parseRunUrl(`?preset=tiny&${query}`, 'tiny');
    expect(config).toEqual(presets.tiny);
    const [field, given] = query.split('=');
    expect(issues).toEqual([expect.objectContaining({ field, given, used: expect.any(String) })]);
    expect(issues[0].why && word(issues[0].why)).toBe(why);
  });

  test('what it does not know is named: preset, engine, list, field', () => {
    const { preset, config, engine, issues } = parseRunUrl(
      '?preset=huge&engine=cuda&convWidths=8_x&adamBetas=0.9&colour=red',
      'tiny',
    );
    expect([preset, config, engine]).toEqual([null, presets.tiny, 'auto']);
    expect(issues.map(({ field, used }) => [field, used])).toEqual([
      ['preset', 'tiny'],
      ['convWidths', '8_16'],
      ['adamBetas', '0.9_0.999'],
      ['engine', 'auto'],
      ['colour', 'ignored'],
    ]);
  });

  test.each<[string, EngineChoice, [string, string, string, string | undefined][]]>([
    ['backend=wasm', 'tfjs-wasm', [['backend', 'wasm', 'tfjs-wasm', 'its name now']]],
    ['backend=WebGL', 'tfjs-webgl', [['backend', 'WebGL', 'tfjs-webgl', 'its name now']]],
    ['backend=cpu', 'tfjs-cpu', [['backend', 'cpu', 'tfjs-cpu', 'its name now']]],
    // What has kept its name needs no word, whichever way it is given.
    ['backend=tfjs-webgpu', 'tfjs-webgpu', []],
    ['engine=tfjs-wasm', 'tfjs-wasm', []],
    // Under today's key only today's names count, and wasm is another one's.
    ['engine=wasm', 'wasm', []],
    ['engine=cpu', 'auto', [['engine', 'cpu', 'auto', undefined]]],
    ['backend=wasm&engine=webgpu', 'webgpu', [['backend', 'wasm', 'ignored', undefined]]],
  ])('engines of older links: %s', (query, taken, told) => {
    const { engine, issues } = parseRunUrl(`?preset=tiny&${query}`, 'tiny');
    expect(engine).toBe(taken);
    expect(issues.map(({ field, given, used, why }) => [field, given, used, why && word(why)])).toEqual(told);
    expect(parseRunUrl(runQuery(presets.tiny, 'tiny', engine), 'tiny')).toMatchObject({ engine, issues: [] });
  });

  test('an image size that the convolutions cannot halve becomes the nearest that they can', () => {
    const { config, issues } = parseRunUrl('?preset=paper&imageSize=40', 'tiny');
    expect(config.imageSize).toBe(48);
    expect(issues).toEqual([{ field: 'imageSize', given: '40', used: '48' }]);
    expect(
      runConfigSchema.safeParse(parseRunUrl('?imageSize=17&convWidths=2_2_2_2_2', 'tiny').config).success,
    ).toBe(true);
  });

  test('another spelling of the same value is no issue', () => {
    expect(parseRunUrl('?preset=tiny&learningRate=1E-4&gamma=20.0', 'tiny').issues).toEqual([]);
  });

  test('whatever the query, the configuration is valid', () => {
    const values = ['', '-1', '1e400', '0', '7', '0.5', 'x', '99999999999', '3_3_3_3_3_3_3', '%%%', '<b>'];
    for (const key of [...Object.keys(presets.tiny), 'shape', 'posX', 'preset'])
      for (const value of values) {
        const { config } = parseRunUrl(`?${key}=${value}`, 'tiny');
        expect(runConfigSchema.safeParse(config), `${key}=${value}`).toMatchObject({ success: true });
      }
  });

  test('presetOf ignores the seed and what changes live', () => {
    expect(presetOf({ ...presets.quick, seed: 9, gamma: 3, objective: 'betaVae' })).toBe('quick');
    expect(presetOf({ ...presets.quick, latents: 5 })).toBeNull();
    expect(presetOf({ ...presets.quick, permutedBatch: 'second' })).toBeNull();
    expect(presetOf({ ...presets.quick, permutedBatch: 'second', objective: 'betaVae' })).toBe('quick');
  });
});

describe('the address of two runs side by side', () => {
  const rival = { objective: 'betaVae', gamma: 10, beta: 4, informationWeight: 1 } as const;

  test('holds in what the rival differs, and reads back', () => {
    const query = runQuery(presets.tiny, 'tiny', 'auto', rival);
    expect(query).toBe('?preset=tiny&rivalObjective=betaVae&rivalBeta=4');
    expect(parseRunUrl(query, 'quick')).toEqual({
      preset: 'tiny',
      config: presets.tiny,
      engine: 'auto',
      rival,
      replay: null,
      rivalMoves: [],
      lesson: wholePage,
      issues: [],
    });
  });

  test('neither holds what it does not use, and what either uses is there', () => {
    const betaVae: RunConfig = { ...everythingElse, objective: 'betaVae', seed: 3 };
    const alone = new URLSearchParams(runQuery(betaVae, 'paper', 'auto'));
    for (const name of ['gamma', 'gammaWarmupSteps', 'permutedBatch', 'discriminatorWidth'])
      expect(alone.has(name), name).toBe(false);
    for (const name of ['objective', 'beta', 'annealingSteps', 'latents', 'seed'])
      expect(alone.has(name), name).toBe(true);
    // The rival of beta-VAE is a FactorVAE with the same permuted batch and discriminator.
    for (const gamma of [betaVae.gamma, presets.paper.gamma, 3]) {
      const against: RivalSettings = { objective: 'factorVae', gamma, beta: 1, informationWeight: 1 };
      const read = parseRunUrl(runQuery(betaVae, 'paper', 'auto', against), 'tiny');
      expect(read).toMatchObject({ config: betaVae, rival: against, issues: [] });
    }
    // Two of beta-VAE: a gamma that only the rival holds is no part of it.
    const two = runQuery({ ...presets.tiny, ...rival }, 'tiny', 'auto', { ...rival, gamma: 3, beta: 9 });
    expect(two).toBe('?preset=tiny&objective=betaVae&beta=4&rivalBeta=9');
  });

  test('a rival that is the same in all is still there', () => {
    const same = rivalSettingsOf(presets.tiny);
    expect(parseRunUrl(runQuery(presets.tiny, 'tiny', 'auto', same), 'tiny').rival).toEqual(same);
  });

  test('what is not given is as in the run; what is malformed or out of range is named', () => {
    const read = parseRunUrl('?preset=tiny&gamma=7&rivalGamma=1e9&rivalObjective=vae&rivalSeed=3', 'tiny');
    expect(read.rival).toEqual({ objective: 'factorVae', gamma: 200, beta: 1, informationWeight: 1 });
    expect(read.issues).toEqual([
      { field: 'rivalObjective', given: 'vae', used: 'factorVae' },
      { field: 'rivalGamma', given: '1e9', used: '200' },
      { field: 'rivalSeed', given: '3', used: 'ignored' },
    ]);
  });

  test('the usual rival differs from the run, in what a rival may', () => {
    for (const run of [presets.tiny, { ...presets.tiny, gamma: 0 }, everythingElse]) {
      const config = { ...run, ...usualRival(run, 'tiny') };
      expect(rivalSettingsOf(config)).not.toEqual(rivalSettingsOf(run));
      expect(sharedDifferences(config, run)).toEqual([]);
    }
    const betaVae = withObjective(presets.quick, 'betaVae', 'quick');
    expect(usualRival(betaVae, 'quick')).toEqual(rivalSettingsOf(presets.quick));
    expect(sharedDifferences(presets.tiny, { ...presets.tiny, seed: 1, learningRate: 2 })).toEqual([
      'learningRate',
      'seed',
    ]);
  });
});
