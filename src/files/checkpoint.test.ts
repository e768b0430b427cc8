import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import { vaeLayers } from '../families/vae/networks.ts';
import { initialTensors } from '../model/initialise.ts';
import type { NamedTensors } from '../model/parameters.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { readSafetensors, type SafeTensor, writeSafetensors } from './safetensors.ts';
import { writeWeights } from './weights.ts';

const config = { ...presets.tiny, gamma: 12 };
const parametersOf = (seed: number) => initialTensors(vaeLayers(config), seed);
const squared = (tensors: NamedTensors): NamedTensors =>
  new Map([...tensors].map(([name, { shape, data }]) => [name, { shape, data: data.map((x) => x * x) }]));
const snapshot = {
  step: 123,
  rests: {},
  parameters: parametersOf(0),
  firstMoments: parametersOf(1),
  secondMoments: squared(parametersOf(2)),
};
const bytes = writeCheckpoint({ config, snapshot });
const file = readSafetensors(bytes);

const named = (name: string, message = '') =>
  expect.objectContaining({ name, message: expect.stringContaining(message) });

test('a checkpoint comes back as it was written', () => {
  expect(readCheckpoint(bytes)).toEqual({ config, snapshot });
});

test('what rested comes back too; what cannot have rested is named', () => {
  const rested = { ...snapshot, rests: { discriminator: 123, vae: 1 } };
  const written = writeCheckpoint({ config, snapshot: rested });
  expect(readCheckpoint(written)).toEqual({ config, snapshot: rested });
  const { tensors, metadata } = readSafetensors(written);
  expect(() => readCheckpoint(writeSafetensors(tensors, { ...metadata, rests: '{"vae":2}' }))).toThrow(
    named('CheckpointDamagedError'),
  );
  for (const rests of ['{"vae":124}', '{"vae":0}', '[]', 'vae'])
    expect(() => readCheckpoint(writeSafetensors(tensors, { ...metadata, rests }))).toThrow(
      named('CheckpointError', 'rested'),
    );
});

test('one of an older release, without a checksum, is read too', () => {
  const { checksum, ...metadata } = file.metadata;
  expect(checksum).toMatch(/^[0-9a-f]{8}$/);
  expect(readCheckpoint(writeSafetensors(file.tensors, metadata))).toEqual({ config, snapshot });
});

test('the checksum is the CRC-32 that other programs compute', () => {
  let sum = crc32(`123\n${file.metadata.config}\n`);
  for (const [name, { data }] of file.tensors)
    sum = crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), crc32(`${name}\n`, sum));
  expect(file.metadata.checksum).toBe(sum.toString(16).padStart(8, '0'));
});

test('what is no checkpoint is named', () => {
  const { tensors, metadata } = file;
  const refused = (written: Uint8Array, message: string) =>
    expect(() => readCheckpoint(written)).toThrow(named('CheckpointError', message));
  refused(writeWeights(snapshot.parameters, config, 1), 'factorvae-playground/checkpoint-1');
  refused(writeSafetensors(tensors, { ...metadata, config: '{}' }), 'configuration');
  for (const step of ['-1', '', '9007199254740993', '9'.repeat(30)])
    refused(writeSafetensors(tensors, { ...metadata, step }), 'step');
  const name = 'adam.second.decoder.dense0.bias';
  const fewer = new Map([...tensors].filter(([key]) => key !== name));
  refused(writeSafetensors(fewer, metadata), name);
});

describe('what was changed after it was written is named', () => {
  const dataAt = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const damaged = named('CheckpointDamagedError', 'checksum');

  test.each([
    ['the lowest bit of the first number', dataAt, 0x01],
    ['an exponent bit in the middle', dataAt + 4 * Math.floor((bytes.length - dataAt) / 8) + 3, 0x40],
    ['the last sign', bytes.length - 1, 0x80],
  ])('%s', (_, at, bit) => {
    const flipped = bytes.slice();
    flipped[at] ^= bit;
    expect(() => readCheckpoint(flipped)).toThrow(damaged);
  });

  const other = JSON.stringify({ ...config, seed: 99 });
  test.each([{ step: '122' }, { config: other }, { checksum: '0' }])('metadata %o', (changed) => {
    expect(() => readCheckpoint(writeSafetensors(file.tensors, { ...file.metadata, ...changed }))).toThrow(
      damaged,
    );
  });

  test('two tensors of one shape, each under the name of the other', () => {
    const [a, b] = ['encoder.conv0.weight', 'adam.first.encoder.conv0.weight'];
    const pick = (name: string): SafeTensor => file.tensors.get(name) ?? expect.fail(name);
    const swapped = new Map(file.tensors).set(a, pick(b)).set(b, pick(a));
    expect(() => readCheckpoint(writeSafetensors(swapped, file.metadata))).toThrow(damaged);
  });
});

describe('numbers that training cannot go on from are neither read nor written', () => {
  const cases = [
    ['parameters', 'encoder.conv0.weight', Number.NaN],
    ['parameters', 'discriminator.dense0.bias', Number.POSITIVE_INFINITY],
    ['firstMoments', 'decoder.dense0.bias', Number.NEGATIVE_INFINITY],
    ['secondMoments', 'encoder.conv0.weight', Number.NaN],
    ['secondMoments', 'encoder.conv0.bias', -1e-30],
  ] as const;

  test.each(cases)('%s: %s with %d', (part, name, value) => {
    const tensor = snapshot[part].get(name) ?? expect.fail(name);
    const data = new Float32Array(tensor.data);
    data[data.length - 1] = value;
    const broken = { ...snapshot, [part]: new Map(snapshot[part]).set(name, { ...tensor, data }) };
    const refusal = named('CheckpointNotFiniteError', name);
    expect(() => writeCheckpoint({ config, snapshot: broken })).toThrow(refusal);

    const prefix = { parameters: '', firstMoments: 'adam.first.', secondMoments: 'adam.second.' }[part];
    const tensors = new Map(file.tensors).set(prefix + name, { dtype: 'F32', shape: tensor.shape, data });
    const { checksum, ...older } = file.metadata;
    expect(checksum).toBeDefined();
    expect(() => readCheckpoint(writeSafetensors(tensors, older))).toThrow(refusal);
  });
});
