import { expect, test } from 'vitest';
import { settingField } from '../settings/fields.ts';
import { en } from './en/index.ts';
import { fill } from './fill.ts';
import type { SettingMessages } from './messages.ts';
import { optionText, settingSummary, valueLabel } from './settingWords.ts';

test('a message is filled by name, as often as it names', () => {
  expect(fill('{{to}} from {{from}}, {{to}} again', { to: 2, from: '1' })).toBe('2 from 1, 2 again');
  expect(fill('nothing', {})).toBe('nothing');
});

test.each([
  ['gamma', 'a number from 0 to 200'],
  ['latents', 'a whole number from 1 to 32'],
  ['channels', '1 or 3'],
  ['permutedBatch', 'second or first'],
  ['convWidths', '1 to 5 whole numbers from 1 to 256, with "_" between'],
  ['adamBetas', 'two numbers from 0 to 0.9999, with "_" between'],
] as const)('%s: %s', (name, text) => {
  expect(optionText(settingField(name).allowed)).toBe(text);
});

test('a summary says whose a setting is, where it is not every run’s', () => {
  expect(settingSummary(settingField('gammaWarmupSteps'))).toBe(
    'Gamma warm-up (steps): a whole number from 0 to 1000000; FactorVAE only',
  );
  expect(settingSummary(settingField('seed'))).toBe('Seed: a whole number from 0 to 4294967295');
  expect(valueLabel('permutedBatch', 'first')).toBe('the same batch');
  expect(valueLabel('gamma', '10')).toBe('10');
});

test('a setting that is a choice has words for each, or does not compile', () => {
  const { label, help, choices } = en.settings.permutedBatch;
  const { second } = choices;
  // @ts-expect-error one of its values has no words
  const lacking: SettingMessages['permutedBatch'] = { label, help, choices: { second } };
  expect({ ...lacking.choices, ...choices }).toEqual(choices);
});
