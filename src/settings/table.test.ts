import { describe, expect, test } from 'vitest';
import { en } from '../locale/en/index.ts';
import { part } from '../report.ts';
import { settingField, settingFields, usedFields } from './fields.ts';
import { presets, runConfigSchema } from './runConfig.ts';
import { datasets, objectives, presetNames } from './scopes.ts';
import { kebabCase, spelled } from './spelling.ts';

/** The settings of the first release. A setting that came later has a value for the files that lack it. */
const firstSettings = [
  ...['objective', 'dataset', 'factors', 'imageSize', 'channels', 'convWidths', 'denseWidth', 'latents'],
  ...['discriminatorWidth', 'discriminatorDepth', 'batchSize', 'gamma', 'beta', 'learningRate', 'adamBetas'],
  ...['discriminatorLearningRate', 'discriminatorAdamBetas', 'seed'],
];

describe('the table of settings', () => {
  test('every preset is valid, and of its own: no two share a list', () => {
    for (const name of presetNames) expect(runConfigSchema.parse(presets[name])).toEqual(presets[name]);
    expect(presets.tiny.adamBetas).not.toBe(presets.paper.adamBetas);
  });

  test('a file of the first release is read with what its runs did', () => {
    const old = Object.fromEntries(
      Object.entries(presets.tiny).filter(([key]) => firstSettings.includes(key)),
    );
    const read = runConfigSchema.parse(old);
    expect(Object.keys(old).length).toBe(firstSettings.length);
    expect(Object.keys(read)).toEqual(Object.keys(presets.tiny));
    expect(read).toMatchObject({
      annealingFactor: 1,
      annealingSteps: 0,
      gammaWarmupSteps: 0,
      permutedBatch: 'second',
    });
  });

  test.each(firstSettings)('without %s a file is refused, and so is one with a stranger', (key) => {
    expect(runConfigSchema.safeParse({ ...presets.tiny, [key]: undefined }).success).toBe(false);
    expect(runConfigSchema.safeParse({ ...presets.tiny, [`${key}2`]: 1 }).success).toBe(false);
  });

  test('no two settings share a name, however it is spelled', () => {
    const names = settingFields.map(({ name }) => spelled(name));
    expect(new Set(names).size).toBe(names.length);
    expect(kebabCase('gammaWarmupSteps')).toBe('gamma-warmup-steps');
  });

  test.each(settingFields)('$name: a text is written that both readers give back', (field) => {
    for (const preset of presetNames) {
      const text = field.textOf(presets[preset]);
      const read = field.read(text);
      expect(read).toMatchObject({ kind: 'value' });
      expect('value' in read && field.schema.safeParse(read.value).success).toBe(true);
      const repair = field.repair(text, presets.tiny);
      expect(repair).toMatchObject({ kind: 'value', asGiven: true });
      expect('value' in repair && field.textOf(repair.value)).toBe(text);
    }
  });

  test('an objective uses its own settings and what is common to all', () => {
    const names = objectives.map((objective) =>
      usedFields({ objective, dataset: 'shapes2d' }).map(({ name }) => name),
    );
    const [factorVae, betaVae] = names;
    const ofFactorVae = factorVae.filter((name) => !betaVae.includes(name));
    expect(ofFactorVae).toEqual(
      expect.arrayContaining(['discriminatorWidth', 'discriminatorDepth', 'gamma', 'gammaWarmupSteps']),
    );
    expect(ofFactorVae).toEqual(
      expect.arrayContaining(['permutedBatch', 'discriminatorLearningRate', 'discriminatorAdamBetas']),
    );
  });

  test('every setting is used by an objective on a data set', () => {
    const used = objectives.flatMap((objective) =>
      datasets.flatMap((dataset) => usedFields({ objective, dataset }).map(({ name }) => name)),
    );
    expect(new Set(used)).toEqual(new Set(settingFields.map(({ name }) => name)));
  });

  test('a repaired value leaves all others as they are', () => {
    expect(settingField('posX').repair('900', presets.quick)).toEqual({
      kind: 'value',
      asGiven: false,
      value: { ...presets.quick, factors: { ...presets.quick.factors, posX: 32 } },
    });
    expect(settingField('channels').repair('2', presets.quick)).toEqual({
      kind: 'refused',
      why: part('number.oneOf', { values: [1, 3] }),
    });
  });

  test('labels tell settings apart', () => {
    const labels = Object.values(en.settings).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });
});
