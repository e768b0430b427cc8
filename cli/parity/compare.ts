import type { RunConfig } from '../../src/config/schema.ts';
import type { Trainer } from '../../src/engines/trainer.ts';
import { metricIndex } from '../../src/families/vae/columns.ts';
import { type Fixture, lossNames } from './fixture.ts';
import { parameterErrors, type Worst, worstOf } from './worst.ts';

/** Makes the trainer under test; any implementation will do. */
export type TrainerFactory = (config: RunConfig) => Promise<Trainer>;

/** PyTorch in float64 differs from the reference files by 3e-8 in the parameters. */
export const tolerance = {
  /** |loss - reference| / |reference|, of every loss of every step. */
  loss: 2e-4,
  /** Mean |difference| of the numbers of a parameter tensor, after the last step. */
  parameter: 5e-6,
  /** Largest difference of a gradient from the reference's, relative to its tensor's largest entry. */
  gradient: 1e-5,
} as const;

export interface Parity {
  readonly loss: Worst;
  readonly parameter: Worst;
  /** Where a file has gradients. */
  readonly gradient?: Worst;
  readonly passed: boolean;
}

/** Runs a reference file's steps from its parameters, and compares losses and final parameters. */
export async function compareWithFixture(fixture: Fixture, create: TrainerFactory): Promise<Parity> {
  const trainer = await create(fixture.config);
  try {
    trainer.writeParameters(fixture.before);
    const lossErrors: Worst[] = [];
    for (const [t, { inputs, losses }] of fixture.steps.entries()) {
      const row = await trainer.trainOn(inputs);
      lossNames.forEach((name, i) => {
        const error = Math.abs(row[metricIndex(name)] - losses[i]) / Math.abs(losses[i]);
        lossErrors.push({ error, where: `${name} of step ${t}` });
      });
    }

    const loss = worstOf(lossErrors);
    const parameter = worstOf(parameterErrors(fixture.after, await trainer.readParameters()));
    const passed = loss.error <= tolerance.loss && parameter.error <= tolerance.parameter;
    return { loss, parameter, passed };
  } finally {
    trainer.dispose();
  }
}
