import { beforeEach, expect, test } from 'vitest';
import { emptyShelf } from '../data/own/opened.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import type { Trainer } from '../engines/trainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { alignmentScores } from '../metrics/alignment.ts';
import { gridRows } from '../metrics/codeSample.ts';
import { CodeTable } from '../metrics/codeTable.ts';
import { Work } from '../metrics/work.ts';
import type { PictureSet } from '../model/pictures.ts';
import type { WorkerEvent } from '../protocol/messages.ts';
import { errorReport } from '../report.ts';
import { EncoderSource } from '../run/encoderSource.ts';
import { smallRun } from '../run/smallRun.fixture.ts';
import { Lockstep } from './lockstep.ts';
import { TrainingSession } from './session.ts';
import { TrainerFactory } from './trainerFactory.ts';

/** A grid of 96 images. */
const config = { ...smallRun, factors: { shape: 3, scale: 2, orientation: 1, posX: 4, posY: 4 } };
const sizes = [3, 2, 1, 4, 4];
const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve));

function open() {
  const events: WorkerEvent[] = [];
  const trainers: Trainer[] = [];
  const factory = new TrainerFactory({
    productRate: async () => 1e9,
    shelf: emptyShelf,
    probeWebGpu: async () => ({ available: false, reason: errorReport('WebGpuUnavailableError.missing') }),
    createTrainer: async (_, runConfig) => {
      const trainer = createReferenceTrainer(vaeModel(runConfig));
      trainers.push(trainer);
      return trainer;
    },
  });
  const { handlers } = new TrainingSession(factory, new Lockstep(nextTask), (event) => events.push(event));
  const pictures = (): PictureSet => {
    const last = events.findLast((event) => event.type === 'pictures');
    if (last?.type !== 'pictures') throw new Error('no pictures yet');
    return last.pictures;
  };
  return { ...handlers, pictures, trainers };
}

let session: ReturnType<typeof open>;
beforeEach(async () => {
  session = open();
  await session.configure({ config, engine: 'wasm' });
  await session.step({});
});

const asItIs = { turn: null, without: null };
const turn = (degrees: number) => ({ pair: [0, 2] as const, degrees });

test('the code as it is has the scores of its grid, and turned by 0 the same', async () => {
  const { step, images, scores } = await session.measureTurned(asItIs);
  expect([step, images]).toEqual([1, 96]);
  const [trainer] = session.trainers;
  const source = new EncoderSource(config, { encode: (drawn) => trainer.encode(drawn) });
  const table = new CodeTable(await source.means(gridRows(sizes)), sizes);
  expect(scores).toEqual(await alignmentScores(table, config.seed, new Work()));
  const unturned = await session.measureTurned({ turn: turn(0), without: null });
  expect(unturned.scores.mig).toBeCloseTo(scores.mig, 6);
  const turned = await session.measureTurned({ turn: turn(45), without: null });
  expect(turned.scores).not.toEqual(scores);
});

test('without any latent’s news there is less to score', async () => {
  const { scores } = await session.measureTurned(asItIs);
  const cut = await session.measureTurned({ turn: null, without: 0 });
  expect(cut.scores).not.toEqual(scores);
});

test('rows go through the turned latents, and at 0 degrees through the latents themselves', async () => {
  const { base, traversal } = session.pictures();
  if (!traversal) throw new Error('no traversal');
  const values = [-1, 0, 1];
  const ask = (degrees: number) =>
    session.turnRows({ turn: turn(degrees), base: traversal.code.slice(), values });
  const { step, rows } = await ask(0);
  expect([step, rows.length, rows[0].length, rows[0][0].width]).toEqual([1, 2, 3, base.picture.width]);
  // Turned by a quarter, the first latent's row is the second's.
  const quarter = (await ask(90)).rows;
  const brightness = (pixels: Uint8ClampedArray) => pixels.reduce((sum, value) => sum + value, 0);
  quarter[0].forEach(({ pixels }, i) => {
    expect(Math.abs(brightness(pixels) - brightness(rows[1][i].pixels))).toBeLessThan(
      0.01 * brightness(pixels),
    );
  });
});

test('a run that trains is left alone, and a step later the codes are those of that step', async () => {
  await session.run({});
  await expect((async () => session.measureTurned(asItIs))()).rejects.toMatchObject({
    name: 'WrongStateError',
  });
  await session.pause({});
  const { step } = await session.measureTurned(asItIs);
  await session.step({});
  expect((await session.measureTurned(asItIs)).step).toBe(step + 1);
});

test('a step meanwhile ends the measurement that it overtakes, whatever is asked at the new step', async () => {
  const overtaken = session.measureTurned(asItIs);
  const refused = expect(overtaken).rejects.toMatchObject({ name: 'WrongStateError' });
  await session.step({});
  const { step, scores } = await session.measureTurned(asItIs);
  await refused;
  expect(step).toBe(2);
  expect((await session.measureTurned({ turn: turn(0), without: null })).scores.mig).toBeCloseTo(
    scores.mig,
    6,
  );
});

test('a reset forgets the codes', async () => {
  const before = (await session.measureTurned(asItIs)).scores;
  await session.setLive({ learningRate: 0.05 });
  await session.reset({});
  await session.step({});
  await session.step({});
  expect((await session.measureTurned(asItIs)).scores).not.toEqual(before);
});
