import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createNodeBackendIfAny } from '../../../cli/nodeBackend.ts';
import { compareWithFixture } from '../../../cli/parity/compare.ts';
import { readFixture } from '../../../cli/parity/fixture.ts';
import type { BackendInfo } from '../../config/backends.ts';
import { createTfjsTrainer } from '../../families/createTfjsTrainer.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

describe.each(['cpu', 'wasm', 'webgpu'] as const)('the tfjs trainer on %s agrees with PyTorch', (name) => {
  let backend: BackendInfo | null;
  beforeAll(async () => {
    backend = await createNodeBackendIfAny(name);
  });

  test.for(['step-tiny', 'step-rgb'])('%s', async (file, { skip }) => {
    const used = backend ?? skip();
    const fixture = readFixture(readFileSync(join(fixtures, `${file}.safetensors`)));
    const parity = await compareWithFixture(fixture, (config) => createTfjsTrainer(config, used));
    expect(parity).toMatchObject({ passed: true });
  });
});
