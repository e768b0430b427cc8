import { expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import { initialParameters } from '../model/initialise.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { writeWeights } from './weights.ts';

const config = { ...presets.tiny, gamma: 12 };
const snapshot = {
  step: 123,
  parameters: initialParameters(config),
  firstMoments: initialParameters({ ...config, seed: 1 }),
  secondMoments: initialParameters({ ...config, seed: 2 }),
};
const bytes = writeCheckpoint({ config, snapshot });

test('a checkpoint comes back as it was written', () => {
  expect(readCheckpoint(bytes)).toEqual({ config, snapshot });
});

test('what cannot be used is named', () => {
  const { tensors, metadata } = readSafetensors(bytes);
  const refused = (file: Uint8Array, message: string) =>
    expect(() => readCheckpoint(file)).toThrow(
      expect.objectContaining({ name: 'CheckpointError', message: expect.stringContaining(message) }),
    );
  refused(writeWeights(snapshot.parameters, config, 1), 'factorvae-playground/checkpoint-1');
  refused(writeSafetensors(tensors, { ...metadata, config: '{}' }), 'configuration');
  refused(writeSafetensors(tensors, { ...metadata, step: '-1' }), 'step');
  const name = 'adam.second.decoder.dense0.bias';
  const fewer = new Map([...tensors].filter(([key]) => key !== name));
  refused(writeSafetensors(fewer, metadata), name);
});
