import { describe, expect, test } from 'vitest';
import { presetNames, presets } from '../../config/presets.ts';
import { type DraftField, draftOf, readDraft, sameDraft } from './draft.ts';

const { quick } = presets;
function edited(field: DraftField, text: string) {
  const draft = draftOf(quick, 'auto');
  return { ...draft, texts: { ...draft.texts, [field]: text } };
}

describe('the draft of a new run', () => {
  test.each(presetNames)('preset %s comes back as it was', (name) => {
    expect(readDraft(draftOf(presets[name], 'auto'), quick)).toMatchObject({
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

  test.each<[DraftField, string]>([
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

  test('drafts are compared by what they say', () => {
    expect(sameDraft(draftOf(quick, 'auto'), draftOf(quick, 'auto'))).toBe(true);
    expect(sameDraft(draftOf(quick, 'auto'), draftOf(quick, 'cpu'))).toBe(false);
    expect(sameDraft(draftOf(quick, 'auto'), edited('seed', '1'))).toBe(false);
  });
});
