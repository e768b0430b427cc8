import { describe, expect, test } from 'vitest';
import { presetNames, presets } from '../../config/presets.ts';
import type { SettingName } from '../../settings/fields.ts';
import { draftOf, formFields, readDraft, sameDraft } from './draft.ts';

const { quick } = presets;
function edited(field: SettingName, text: string) {
  const draft = draftOf(quick, 'auto');
  return { ...draft, texts: { ...draft.texts, [field]: text } };
}

describe('the draft of a new run', () => {
  test.each(presetNames)('preset %s comes back as it was', (name) => {
    expect(readDraft(draftOf(presets[name], 'auto'), presets[name])).toMatchObject({
      kind: 'valid',
      config: {
        factors: presets[name].factors,
        convWidths: presets[name].convWidths,
        seed: presets[name].seed,
      },
    });
  });

  test('an edit changes its own field only', () => {
    expect(readDraft(edited('latents', '9'), quick)).toEqual({
      kind: 'valid',
      config: { ...quick, latents: 9 },
    });
    expect(readDraft(edited('convWidths', '8  16 16'), quick)).toEqual({
      kind: 'valid',
      config: { ...quick, convWidths: [8, 16, 16] },
    });
  });

  test.each<[SettingName, string]>([
    ['latents', '0'],
    ['latents', 'many'],
    ['latents', ''],
    ['latents', '2.5'],
    ['imageSize', '36'],
    ['imageSize', '1000'],
    ['convWidths', '8 x'],
    ['convWidths', '1 2 3 4 5 6'],
    ['adamBetas', '0.9'],
    ['adamBetas', '0.9 1'],
    ['posX', '33'],
    ['seed', '-1'],
  ])('%s "%s" is refused, by name', (field, text) => {
    const reading = readDraft(edited(field, text), quick);
    expect(reading.kind).toBe('invalid');
    if (reading.kind === 'invalid') expect(reading.errors[field]).toMatch(/./);
  });

  test('what is out of range is told with its limit', () => {
    const reading = readDraft(edited('latents', '0'), quick);
    expect(reading).toMatchObject({ errors: { latents: 'At least 1' } });
    expect(readDraft(edited('posX', '33'), quick)).toMatchObject({ errors: { posX: 'At most 32' } });
  });

  test.each<[SettingName, string, RegExp]>([
    ['annealingSteps', '4,000', /could mean 4000 or 4\. Write 4000 or 4\./],
    ['annealingSteps', '4.000', /could mean 4000 or 4\./],
    ['seed', '1,000', /could mean 1000 or 1\./],
    ['annealingFactor', '2,5', /could mean 2\.5 or the list 2 and 5\. Write 2\.5/],
    ['latents', '0x10', /“0x10” is not a number/],
    ['latents', '', /^Enter a number/],
    ['latents', '2.5', /^Whole numbers only$/],
    ['seed', '4294967296', /^At most 4294967295$/],
    ['seed', '1e400', /too large/],
    ['convWidths', '8 x', /^Enter channel counts separated by spaces, e\.g\. 8 16$/],
    ['convWidths', '1 2 3 4 5 6', /^At most 5 numbers$/],
    ['convWidths', '1 000', /could be a list or one number/],
    ['adamBetas', '0.9', /^Enter two numbers/],
    ['adamBetas', '0.5 0.9 0.99', /^At most 2 numbers$/],
    ['adamBetas', '0,9 0,999', /could mean 0\.9 or the list 0 and 9/],
  ])('%s "%s" is refused with what to write', (field, text, message) => {
    const reading = readDraft(edited(field, text), quick);
    expect(reading).toMatchObject({ errors: { [field]: expect.stringMatching(message) } });
    expect(Object.keys('errors' in reading ? reading.errors : {})).toEqual([field]);
  });

  test.each<[SettingName, string, object]>([
    ['annealingSteps', '4 000', { annealingSteps: 4000 }],
    ['annealingSteps', '4e3', { annealingSteps: 4000 }],
    ['seed', '\uff11\uff10', { seed: 10 }],
    ['seed', '1_000', { seed: 1000 }],
    ['convWidths', '8, 16', { convWidths: [8, 16] }],
    ['convWidths', '8_16', { convWidths: [8, 16] }],
    ['convWidths', '8,16', { convWidths: [8, 16] }],
    ['adamBetas', '0.9, 0.999', { adamBetas: [0.9, 0.999] }],
    ['adamBetas', '0.9_0.999', { adamBetas: [0.9, 0.999] }],
    ['discriminatorAdamBetas', '0.9,0.999', { discriminatorAdamBetas: [0.9, 0.999] }],
  ])('%s "%s" is read', (field, text, changes) => {
    expect(readDraft(edited(field, text), quick)).toEqual({
      kind: 'valid',
      config: { ...quick, ...changes },
    });
  });

  test('an untouched box keeps its value to the last digit, and a choice is read', () => {
    const exact = { ...quick, annealingFactor: 1.23456789 };
    expect(readDraft(draftOf(exact, 'auto'), exact)).toEqual({ kind: 'valid', config: exact });
    expect(readDraft(edited('permutedBatch', 'second'), quick)).toEqual({
      kind: 'valid',
      config: { ...quick, permutedBatch: 'second' },
    });
  });

  test('beta-VAE is offered what it uses', () => {
    const betaVae = formFields({ ...quick, objective: 'betaVae' }).map(({ name }) => name);
    const factorVae = formFields(quick).map(({ name }) => name);
    for (const name of [
      'discriminatorWidth',
      'gammaWarmupSteps',
      'permutedBatch',
      'discriminatorAdamBetas',
    ]) {
      expect(factorVae).toContain(name);
      expect(betaVae).not.toContain(name);
    }
    for (const name of ['annealingFactor', 'latents', 'posX', 'seed']) expect(betaVae).toContain(name);
  });

  test('drafts are compared by what they say', () => {
    expect(sameDraft(draftOf(quick, 'auto'), draftOf(quick, 'auto'))).toBe(true);
    expect(sameDraft(draftOf(quick, 'auto'), draftOf(quick, 'tfjs-cpu'))).toBe(false);
    expect(sameDraft(draftOf(quick, 'auto'), edited('seed', '1'))).toBe(false);
  });
});
