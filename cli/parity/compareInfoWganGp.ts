import type { Trainer } from '../../src/engines/trainer.ts';
import { type InfoWganGpMetric, infoWganGpIndex } from '../../src/families/infoWganGp/columns.ts';
import type { InfoWganGpConfig, InfoWganGpLive } from '../../src/families/infoWganGp/config.ts';
import type { NamedTensors } from '../../src/model/parameters.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { type Parity, tolerance } from './compare.ts';
import type { CriticStep, InfoWganGpFixture } from './infoWganGpFixture.ts';
import { parameterErrors, type Worst, worstOf } from './worst.ts';

export type InfoWganGpTrainer = Trainer<InfoWganGpConfig, InfoWganGpLive>;
export type InfoWganGpFactory = (config: InfoWganGpConfig) => Promise<InfoWganGpTrainer>;

/** A smaller loss may differ by as much as this one may: by 1e-5. */
const leastLoss = 0.05;

/** The gradients are those of the first critic step: of its whole loss, and of the penalty. */
export interface InfoWganGpParity extends Parity {
  readonly gradient: Worst;
}

const criticColumns: readonly InfoWganGpMetric[] = ['criticGap', 'penalty', 'criticInformation'];
const generatorColumns: readonly InfoWganGpMetric[] = ['generatorScore', 'generatorInformation'];

/**
 * Runs a reference file's iterations from its parameters. A row of metrics has only the losses of an iteration's
 * last critic step. So a second trainer, which makes one critic step an iteration, makes them one by one from the
 * same states. The gradient of such a step is read from Adam's first moment.
 */
export async function compareInfoWganGp(
  fixture: InfoWganGpFixture,
  create: InfoWganGpFactory,
): Promise<InfoWganGpParity> {
  const { config, iterations, before, after } = fixture;
  const whole = await create(config);
  const single = await create({ ...config, criticSteps: 1 });
  try {
    whole.writeParameters(before);
    const [lossErrors, gradientErrors]: [Worst[], Worst[]] = [[], []];
    for (const [t, iteration] of iterations.entries()) {
      const { criticSteps, generatorInput, generatorLosses } = iteration;
      let state = await whole.readSnapshot();
      for (const [k, step] of criticSteps.entries()) {
        const at = { ...state, rests: {}, step: t * criticSteps.length + k };
        const done = await criticStep(single, at, step, generatorInput);
        const where = `critic step ${k} of iteration ${t}`;
        lossErrors.push(...lossesOf(done.row, criticColumns, step.losses, where));
        if (t === 0 && k === 0) {
          gradientErrors.push(...gradientsOf(done.gradient, fixture.gradient, 'gradient of'));
          if (config.penaltyWeight > 0) {
            const without = await criticStep(single, at, step, generatorInput, { penaltyWeight: 0 });
            const penalty = difference(done.gradient, without.gradient, config.penaltyWeight);
            gradientErrors.push(...gradientsOf(penalty, fixture.penaltyGradient, 'penalty by'));
          }
        }
        state = done.state;
      }
      const row = await whole.trainOn({
        images: joined(criticSteps.map(({ inputs }) => inputs.images)),
        criticInput: joined(criticSteps.map(({ inputs }) => inputs.criticInput)),
        mix: joined(criticSteps.map(({ inputs }) => inputs.mix)),
        generatorInput,
      });
      const last = criticSteps[criticSteps.length - 1];
      lossErrors.push(
        ...lossesOf(row, criticColumns, last.losses, `iteration ${t}`),
        ...lossesOf(row, generatorColumns, generatorLosses, `iteration ${t}`),
      );
    }
    const ofParameters = parameterErrors(after, await whole.readParameters());
    const [loss, parameter, gradient] = [lossErrors, ofParameters, gradientErrors].map(worstOf);
    const passed =
      loss.error <= tolerance.loss &&
      parameter.error <= tolerance.parameter &&
      gradient.error <= tolerance.gradient;
    return { loss, parameter, gradient, passed };
  } finally {
    whole.dispose();
    single.dispose();
  }
}

/** One critic step from a state, the state after it, and the gradient that led there. */
async function criticStep(
  trainer: InfoWganGpTrainer,
  from: Snapshot,
  { inputs }: CriticStep,
  generatorInput: Float32Array,
  live: Partial<InfoWganGpLive> = {},
) {
  const [beta1] = trainer.config.criticAdamBetas;
  trainer.setLive({ ...trainer.model.live, ...live });
  trainer.writeSnapshot(from);
  const row = await trainer.trainOn({ ...inputs, generatorInput }, 'critic');
  const state = await trainer.readSnapshot();
  // The moment is beta1 * what it was + (1 - beta1) * gradient.
  const gradient: NamedTensors = new Map(
    Array.from(from.firstMoments)
      .filter(([name]) => isCritics(name))
      .map(([name, { shape, data }]) => {
        const now = state.firstMoments.get(name)?.data;
        const by = data.map((m, i) => ((now?.[i] ?? Number.NaN) - beta1 * m) / (1 - beta1));
        return [name, { shape, data: by }];
      }),
  );
  return { row, state, gradient };
}

const isCritics = (name: string) => name.startsWith('critic.');

function lossesOf(
  row: Float32Array,
  columns: readonly InfoWganGpMetric[],
  expected: Float32Array,
  where: string,
): Worst[] {
  return columns.map((name, i) => {
    const difference = Math.abs(row[infoWganGpIndex(name)] - expected[i]);
    return { error: difference / Math.max(leastLoss, Math.abs(expected[i])), where: `${name} of ${where}` };
  });
}

function gradientsOf(found: NamedTensors, expected: NamedTensors, what: string): Worst[] {
  const largest = (data: Float32Array) => data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const ofAll = Math.max(...Array.from(expected.values(), ({ data }) => largest(data)));
  return Array.from(expected, ([name, { data }]) => {
    const actual = found.get(name)?.data;
    const worst = data.reduce((most, value, i) => {
      const error = Math.abs(value - (actual?.[i] ?? Number.NaN));
      return error <= most ? most : error;
    }, 0);
    return { error: worst / (largest(data) || ofAll), where: `${what} ${name}` };
  });
}

function difference(a: NamedTensors, b: NamedTensors, divisor: number): NamedTensors {
  return new Map(
    Array.from(a, ([name, { shape, data }]) => [
      name,
      { shape, data: data.map((value, i) => (value - (b.get(name)?.data[i] ?? Number.NaN)) / divisor) },
    ]),
  );
}

function joined(parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => Array.from(part)));
}
