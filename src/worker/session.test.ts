import { beforeEach, describe, expect, test } from 'vitest';
import { factorSizes } from '../data/dataset.ts';
import { metricIndex } from '../families/vae/columns.ts';
import { vaeLayers } from '../families/vae/networks.ts';
import { readSafetensors } from '../files/safetensors.ts';
import { word } from '../locale/word.ts';
import { tensorsOf } from '../model/parameters.ts';
import { config, configured, open } from './session.fixture.ts';

describe('the training session', () => {
  let session: ReturnType<typeof open>;
  beforeEach(async () => {
    session = await configured();
  });

  test('configure ends paused at step 0, with pictures of the untrained model', () => {
    expect(session.states().at(-1)).toMatchObject({ phase: 'paused', step: 0, stepsPerSecond: 0 });
    const [set] = session.pictures();
    expect(set.step).toBe(0);
    expect(set.inputs).toHaveLength(8);
    expect(set.reconstructions).toHaveLength(8);
    expect(set.traversal?.rows).toHaveLength(config.latents);
    expect(set.traversal?.values.at(0)).toBe(-3);
    expect(set.traversal?.values.at(-1)).toBe(3);
    expect(set.inputs[0].pixels).toHaveLength(16 * 16 * 4);
    expect(set.inputs.some(({ pixels }) => pixels.some((value, i) => i % 4 < 3 && value === 255))).toBe(true);
  });

  test('run trains until pause; every step has one row, in order', async () => {
    await session.run({});
    await session.reach(5);
    await session.pause({});
    const { step, phase } = session.states().at(-1) ?? {};
    expect(phase).toBe('paused');
    expect(session.rows().map((row) => row.step)).toEqual(Array.from({ length: step ?? 0 }, (_, i) => i + 1));
    const count = session.rows().length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(session.rows()).toHaveLength(count);
    expect(session.pictures().at(-1)?.step).toBe(step);
    expect(session.states().at(-1)?.elapsed).toBeGreaterThan(0);
  });

  test('a speed limit holds the run back, and none lets it go', async () => {
    await session.setSpeed({ stepsPerSecond: 2 });
    const start = performance.now();
    await session.run({});
    await session.reach(3);
    // Three steps at two a second: the third begins a second after the first.
    expect(performance.now() - start).toBeGreaterThan(950);
    await session.setSpeed({ stepsPerSecond: null });
    await session.reach(12);
    await session.pause({});
    await expect((async () => session.setSpeed({ stepsPerSecond: 0 }))()).rejects.toMatchObject({
      name: 'InvalidSettingError',
    });
  });

  test('a single step is one step', async () => {
    expect(await session.step({})).toEqual({ step: 1 });
    expect(await session.step({})).toEqual({ step: 2 });
    expect(session.rows().map((row) => row.step)).toEqual([1, 2]);
  });

  test('gamma moved while it runs acts from the step that the change names', async () => {
    await session.run({});
    await session.reach(2);
    const { changes } = await session.setLive({ gamma: 77 });
    await session.reach(changes[0].step + 2);
    await session.pause({});
    expect(changes).toEqual([{ step: expect.any(Number), key: 'gamma', from: 10, to: 77 }]);
    for (const { step, row } of session.rows())
      expect(row[metricIndex('gamma')]).toBe(step < changes[0].step ? 10 : 77);
    expect(session.events).toContainEqual({ type: 'liveChange', change: changes[0] });
    expect(session.states().at(-1)?.live?.gamma).toBe(77);
  });

  test('a setting out of range is refused by name and changes nothing', async () => {
    await expect(session.setLive({ gamma: -1 })).rejects.toMatchObject({
      name: 'InvalidSettingError',
      message: expect.stringContaining('gamma'),
    });
    await expect(session.setLive({ learningRate: Number.NaN })).rejects.toMatchObject({
      message: expect.stringContaining('learningRate'),
    });
    await session.step({});
    expect(session.rows()[0].row[metricIndex('gamma')]).toBe(10);
  });

  test('reset goes back to step 0, and the same steps give the same numbers', async () => {
    await session.step({});
    await session.step({});
    await session.reset({});
    expect(session.states().at(-1)).toMatchObject({ phase: 'paused', step: 0, elapsed: 0 });
    await session.step({});
    const [first, , again] = session.rows();
    expect(again.step).toBe(1);
    expect(again.row).toEqual(first.row);
  });

  test('commands in the wrong state are refused by name, and the session goes on', async () => {
    const wrong = { name: 'WrongStateError' };
    await expect((async () => session.pause({}))()).rejects.toMatchObject(wrong);
    await session.run({});
    await expect(session.step({})).rejects.toMatchObject(wrong);
    await expect((async () => session.run({}))()).rejects.toMatchObject(wrong);
    await session.reach(3);
    await session.pause({});
    const empty = open();
    for (const command of ['run', 'pause', 'step', 'reset', 'exportWeights'] as const)
      await expect((async () => empty[command]({}))()).rejects.toMatchObject(wrong);
    await expect((async () => empty.setLive({ gamma: 1 }))()).rejects.toMatchObject(wrong);
    await expect((async () => empty.decode({ code: new Float32Array(3) }))()).rejects.toMatchObject(wrong);
  });

  test('encodes factors and decodes codes, also while it trains', async () => {
    await session.run({});
    const encoded = await session.encodeFactors({ factors: [1, 5, 0, 16, 16] });
    const decoded = await session.decode({ code: encoded.mean });
    await session.pause({});
    expect(encoded.mean).toHaveLength(3);
    expect(encoded.logVariance).toHaveLength(3);
    expect(encoded.image.pixels.some((value, i) => i % 4 === 0 && value === 255)).toBe(true);
    expect(decoded.picture.pixels).toHaveLength(16 * 16 * 4);
  });

  test('a base image moves the traversals; factors and codes that do not fit are refused', async () => {
    await session.setTraversalBase({ factors: [2, 1, 0, 3, 4] });
    const { base, traversal } = session.pictures().at(-1) ?? {};
    expect(base?.factors).toEqual([2, 1, 0, 3, 4]);
    const encoded = await session.encodeFactors({ factors: [2, 1, 0, 3, 4] });
    expect(base?.picture.pixels).toEqual(encoded.image.pixels);
    expect(traversal?.code).toEqual(encoded.mean);
    for (const factors of [
      [3, 0, 0, 0, 0],
      [0, 0, 0, 0],
      [0.5, 0, 0, 0, 0],
      [-1, 0, 0, 0, 0],
    ])
      await expect(session.setTraversalBase({ factors })).rejects.toMatchObject({
        name: 'InvalidFactorsError',
      });
    await expect(session.decode({ code: new Float32Array(2) })).rejects.toMatchObject({
      name: 'InvalidCodeError',
    });
  });

  test('export is a safetensors file with every tensor, the configuration as it is now, and the step', async () => {
    await session.setLive({ gamma: 3 });
    await session.step({});
    const { name, bytes } = await session.exportWeights({});
    expect(name).toBe('factorvae-custom-seed0-step1.safetensors');
    const { tensors, metadata } = readSafetensors(bytes);
    expect([...tensors.keys()].sort()).toEqual(
      tensorsOf(vaeLayers(config))
        .map((spec) => spec.name)
        .sort(),
    );
    expect(JSON.parse(metadata.config)).toEqual({ ...config, gamma: 3 });
    expect(metadata.step).toBe('1');
  });

  test('a loss that is not finite stops the run, names step and change, and the last finite state is back', async () => {
    await session.step({});
    const { changes } = await session.setLive({ learningRate: 1 });
    await session.setLive({ learningRate: 0.9 });
    await session.setLive({ learningRate: 1 });
    await session.run({});
    // Adam moves every weight by about 1 a step: the logits overflow float32 within some hundred steps, if not at
    // once.
    await session.setLive({ beta: 100 });
    while (session.states().at(-1)?.phase === 'running')
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(session.states().at(-1)?.phase).toBe('diverged');
    const [error] = session.errors();
    expect(error.code).toBe('DivergedError.afterChange');
    expect(word(error)).toMatch(/^At step \d+ the /);
    expect(word(error)).toMatch(/the learning rate was moved from .* to 1 at step \d+/);
    expect(changes).toHaveLength(1);
    for (const { row } of session.rows()) expect(row.every(Number.isFinite)).toBe(true);
    const { tensors } = readSafetensors((await session.exportWeights({})).bytes);
    for (const [name, { data }] of tensors)
      expect(
        [...data].every((value) => Number.isFinite(Number(value))),
        name,
      ).toBe(true);
    await expect((async () => session.run({}))()).rejects.toMatchObject({ name: 'WrongStateError' });
    // It acts after the reset; no step of the run that diverged has it, so it leaves no mark there.
    expect(await session.setLive({ learningRate: 1e-3 })).toEqual({ changes: [] });
    expect(session.states().at(-1)?.live?.learningRate).toBe(1e-3);
    await session.reset({});
    await session.step({});
    expect(session.states().at(-1)).toMatchObject({ phase: 'paused', step: 1 });
  }, 120_000);

  test('a new configuration takes the place of the run', async () => {
    await session.run({});
    const info = await session.configure({ config: { ...config, latents: 2, seed: 5 }, engine: 'tfjs-cpu' });
    expect(info.config.latents).toBe(2);
    expect(factorSizes(info.factors)).toEqual([3, 6, 1, 32, 32]);
    expect(info.imageCount).toBe(3 * 6 * 32 * 32);
    expect(session.states().at(-1)).toMatchObject({ phase: 'paused', step: 0 });
  });

  test('a configuration out of range names the field', async () => {
    await expect(
      session.configure({ config: { ...config, imageSize: 18 }, engine: 'tfjs-cpu' }),
    ).rejects.toMatchObject({ name: 'InvalidConfigError', message: expect.stringContaining('imageSize') });
    await session.step({});
  });
});
