import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startTfjsInNodeIfAny } from '../../../cli/nodeTfjs.ts';
import { compareWithFixture } from '../../../cli/parity/compare.ts';
import { readFixture } from '../../../cli/parity/fixture.ts';
import { createTfjsTrainer } from '../../families/createTfjsTrainer.ts';
import type { TfjsInfo } from './tfjsInfo.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

describe.each(['tfjs-cpu', 'tfjs-wasm', 'tfjs-webgpu'] as const)('%s agrees with PyTorch', (name) => {
  let runsOn: TfjsInfo | null;
  beforeAll(async () => {
    runsOn = await startTfjsInNodeIfAny(name);
  });

  test.for(['step-tiny', 'step-rgb'])('%s', async (file, { skip }) => {
    const used = runsOn ?? skip();
    const fixture = readFixture(readFileSync(join(fixtures, `${file}.safetensors`)));
    const parity = await compareWithFixture(fixture, (config) => createTfjsTrainer(config, used));
    expect(parity).toMatchObject({ passed: true });
  });
});
