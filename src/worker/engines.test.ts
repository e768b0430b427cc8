import { describe, expect, test } from 'vitest';
import type { EngineName } from '../config/engines.ts';
import { emptyShelf } from '../data/own/opened.ts';
import type { Trainer } from '../engines/trainer.ts';
import { AppError, reported } from '../errors.ts';
import { readSafetensors } from '../files/safetensors.ts';
import { word } from '../locale/word.ts';
import { type ErrorReport, errorReport } from '../report.ts';
import { config, configured, open, realParts } from './session.fixture.ts';
import type { TrainerParts } from './trainerFactory.ts';

describe('engines', () => {
  test('falls back to the one that works and says why each other was passed over', async () => {
    const session = open();
    const info = await session.configure({ config, engine: 'auto' });
    expect(info.runsOn.engine).toBe('tfjs-cpu');
    expect(info.notices.map(({ engine }) => engine)).toEqual(['webgpu', 'wasm', 'tfjs-wasm', 'tfjs-webgl']);
    expect(info.notices[0].reason).toEqual(errorReport('WebGpuUnavailableError.missing'));
    expect(await session.probe({ engine: 'auto' })).toMatchObject({
      suggestedPreset: 'small',
      adapter: null,
    });
  });

  const everyFallback: EngineName[] = ['wasm', 'tfjs-wasm', 'tfjs-webgl', 'tfjs-cpu'];
  const gone = errorReport('WebGpuUnavailableError.gone');
  const adapter = 'An adapter';
  test.each<{
    where: string;
    software: boolean;
    webgpu: number | typeof gone;
    wasm: number;
    order: EngineName[];
    preset: string;
    told: ErrorReport | null;
  }>([
    {
      where: 'a GPU is measured nowhere',
      ...{ software: false, webgpu: gone, wasm: 0, preset: 'quick', told: null },
      order: ['webgpu', 'tfjs-webgpu', ...everyFallback],
    },
    {
      where: 'a software adapter on many cores',
      ...{ software: true, webgpu: 90e9, wasm: 60e9, preset: 'quick', told: null },
      order: ['webgpu', ...everyFallback],
    },
    {
      where: 'a software adapter on two cores',
      ...{ software: true, webgpu: 32e9, wasm: 80e9, order: everyFallback, preset: 'quick' },
      told: errorReport('SlowerEngineError', { adapter, times: 2.5 }),
    },
    {
      where: 'a slow processor',
      ...{ software: true, webgpu: 2e9, wasm: 6e9, order: everyFallback, preset: 'small' },
      told: errorReport('SlowerEngineError', { adapter, times: 3 }),
    },
    {
      where: 'a software adapter that fails',
      ...{ software: true, webgpu: gone, wasm: 80e9, order: everyFallback, preset: 'quick', told: gone },
    },
  ])('auto takes the fastest of this machine: $where', async (machine) => {
    const asked: EngineName[] = [];
    const session = open({
      shelf: emptyShelf,
      probeWebGpu: async () => ({ available: true, adapter, software: machine.software }),
      async productRate(engine) {
        const rate = machine[engine];
        if (typeof rate !== 'number') throw reported(rate);
        return rate;
      },
      createTrainer(engine, ...rest) {
        asked.push(engine);
        if (engine === 'tfjs-cpu') return realParts.createTrainer(engine, ...rest);
        throw new AppError('WasmKernelError.missing', { kernel: `${engine} in this test` });
      },
    });
    expect(await session.probe({ engine: 'auto' })).toMatchObject({ suggestedPreset: machine.preset });
    const { notices } = await session.configure({ config, engine: 'auto' });
    expect(asked).toEqual(machine.order);
    const first = machine.told ? [{ engine: 'webgpu', reason: machine.told }] : [];
    expect(notices.slice(0, first.length)).toEqual(first);
    expect(notices.slice(first.length).map(({ engine }) => engine)).toEqual(machine.order.slice(0, -1));
  });

  test('only what is asked for is measured: a preset is suggested for the engine of the address', async () => {
    const measured: string[] = [];
    const session = open({
      ...realParts,
      shelf: emptyShelf,
      probeWebGpu: async () => ({ available: true, adapter, software: true }),
      productRate: async (engine) => {
        measured.push(engine);
        return 80e9;
      },
    });
    for (const engine of ['tfjs-cpu', 'tfjs-wasm', 'webgpu', 'tfjs-webgpu'] as const)
      expect(await session.probe({ engine })).toMatchObject({ suggestedPreset: 'small' });
    expect(measured).toEqual([]);
    expect(await session.probe({ engine: 'wasm' })).toMatchObject({ suggestedPreset: 'quick' });
    expect(measured).toEqual(['wasm']);
  });

  test('nothing at all: one named error that says what to try', async () => {
    const session = open({
      ...realParts,
      createTrainer: async (engine) => {
        throw new AppError('WasmKernelError.missing', { kernel: `${engine} in this test` });
      },
    });
    await expect(session.configure({ config, engine: 'auto' })).rejects.toMatchObject({
      name: 'NoEngineError',
      message: expect.stringMatching(
        /tfjs-wasm: .* tfjs-webgl: The wasm backend of tfjs cannot compute tfjs-webgl in this test: .* tfjs-cpu: /,
      ),
    });
    expect(session.states().at(-1)?.phase).toBe('empty');
  });

  test('an engine lost in the middle: the run fails by name, and its last copied weights can be exported', async () => {
    const lossy: TrainerParts = {
      ...realParts,
      async createTrainer(...args) {
        const trainer: Trainer = await realParts.createTrainer(...args);
        const train = trainer.train.bind(trainer);
        trainer.train = (steps) =>
          trainer.step < 3 ? train(steps) : Promise.reject(new AppError('WebGpuLostError'));
        return trainer;
      },
    };
    const session = await configured(lossy);
    await session.run({});
    while (session.states().at(-1)?.phase === 'running')
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(session.states().at(-1)?.phase).toBe('failed');
    const [error] = session.errors();
    expect(error.code).toBe('EngineFailedError');
    expect(word(error)).toBe('The GPU was lost. The weights of step 0 can still be exported.');
    expect(readSafetensors((await session.exportWeights({})).bytes).metadata.step).toBe('0');
    await session.configure({ config, engine: 'tfjs-cpu' });
    expect(session.states().at(-1)?.phase).toBe('paused');
  });
});
