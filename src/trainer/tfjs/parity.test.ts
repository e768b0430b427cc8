import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareWithFixture } from '../../../cli/parity/compare.ts';
import { readFixture } from '../../../cli/parity/fixture.ts';
import { wasmFiles } from '../../../cli/wasmFiles.ts';
import { createTfjsBackend } from './backends.ts';
import { createTfjsTrainer } from './trainer.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

describe.each(['cpu', 'wasm'] as const)('the tfjs trainer on %s agrees with PyTorch', (name) => {
  test.each(['step-tiny', 'step-rgb'])('%s', async (file) => {
    const fixture = readFixture(readFileSync(join(fixtures, `${file}.safetensors`)));
    const backend = await createTfjsBackend(name, { wasmFiles });
    const parity = await compareWithFixture(fixture, (config) => createTfjsTrainer(config, backend));
    expect(parity).toMatchObject({ passed: true });
  });
});
