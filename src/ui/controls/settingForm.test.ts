import { expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { type SettingName, settingField, settingFields, usedFields } from '../../settings/fields.ts';
import { liveKeys } from '../../settings/runConfig.ts';
import { readSettings, settingTexts } from './settingForm.ts';

/** What a fork may change, of FactorVAE. */
const fields = usedFields(presets.tiny).filter(({ acts }) => acts !== 'newRun');
const read = (name: SettingName, text: string) =>
  readSettings(fields, { ...settingTexts(fields, presets.tiny), [name]: text }, presets.tiny);

test('a fork may change the objective, the live settings and the seed', () => {
  const names = fields.map(({ name }) => name);
  const ofFactorVae = liveKeys.filter((key) => settingField(key).isUsedBy(presets.tiny));
  expect(ofFactorVae).toContain('gamma');
  expect(names).toEqual(expect.arrayContaining(['objective', ...ofFactorVae, 'seed']));
  for (const name of ['latents', 'posX', 'batchSize', 'adamBetas', 'annealingSteps'])
    expect(names).not.toContain(name);
});

test.each<[SettingName, string, unknown]>([
  ['gamma', '40', 40],
  ['gamma', '\uff14\uff10', 40],
  ['learningRate', '1e\u22124', 1e-4],
  ['seed', '1 000', 1000],
  ['objective', 'betaVae', 'betaVae'],
])('%s "%s" is read', (name, text, value) => {
  expect(read(name, text)).toEqual({ kind: 'valid', config: { ...presets.tiny, [name]: value } });
});

test.each<[SettingName, string, RegExp]>([
  ['gamma', '1,000', /could mean 1000 or 1\./],
  ['gamma', '201', /^At most 200$/],
  ['beta', '2,5', /could mean 2\.5 or/],
  ['learningRate', '', /^Enter a number/],
  ['seed', '1.5', /^Whole numbers only$/],
  ['seed', '4.000', /could mean 4000 or 4\./],
  ['seed', '4294967296', /^At most 4294967295$/],
  ['objective', 'vae', /^Not a valid value$/],
])('%s "%s" is refused with what to write', (name, text, message) => {
  expect(read(name, text)).toEqual({ kind: 'invalid', errors: { [name]: expect.stringMatching(message) } });
});

test('what is not offered is kept, whatever its box held', () => {
  const texts = { ...settingTexts(settingFields, presets.tiny), gamma: 'lots' };
  const ofBetaVae = fields.filter((field) => field.isUsedBy({ ...presets.tiny, objective: 'betaVae' }));
  const reading = readSettings(ofBetaVae, { ...texts, objective: 'betaVae' }, presets.tiny);
  expect(reading).toEqual({ kind: 'valid', config: { ...presets.tiny, objective: 'betaVae' } });
});
