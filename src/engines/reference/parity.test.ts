import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareWithFixture } from '../../../cli/parity/compare.ts';
import { readFixture } from '../../../cli/parity/fixture.ts';
import { vaeModel } from '../../families/vae/model.ts';
import { createReferenceTrainer } from './createReferenceTrainer.ts';

/** In double precision it has to come closer to PyTorch than an engine in single. */
test.each(['../fixtures/step-tiny', '../webgpu/fixtures/step-odd', '../webgpu/fixtures/step-deep'])(
  'reproduces the PyTorch reference: %s',
  async (name) => {
    const file = readFileSync(join(import.meta.dirname, `${name}.safetensors`));
    const { loss, parameter } = await compareWithFixture(readFixture(file), async (config) =>
      createReferenceTrainer(vaeModel(config)),
    );
    expect(loss.error).toBeLessThan(2e-5);
    expect(parameter.error).toBeLessThan(1e-6);
  },
);
