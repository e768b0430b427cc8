import { combinationCount } from '../../src/data/factors.ts';
import { streams } from '../../src/data/random/philox.ts';
import type { Trainer } from '../../src/engines/trainer.ts';
import { activeLatents } from '../../src/metrics/activeLatents.ts';
import { gridRows } from '../../src/metrics/codeSample.ts';
import type { CodeSource } from '../../src/metrics/codeSource.ts';
import { CodeTable } from '../../src/metrics/codeTable.ts';
import { drawFactorRows } from '../../src/metrics/draws.ts';
import { posteriorsOf } from '../../src/metrics/posteriorTable.ts';
import type { Work } from '../../src/metrics/work.ts';
import { EncoderSource } from '../../src/run/encoderSource.ts';

/** A grid up to this size is encoded whole, once; of a larger one the measures encode what they draw. */
export const largestTable = 50_000;
/** Images of a larger grid that tell which latents have collapsed. */
const scaleImages = 5_000;

export interface MeasuredCodes {
  readonly source: CodeSource;
  /** Each latent's mean KL, in nats; null where codes have no posterior. */
  readonly kl: readonly number[] | null;
  /** Which latents have not collapsed. */
  readonly active: readonly boolean[];
}

/** The codes that the present weights give. No step may be trained until they have been measured. */
export async function codesOf(trainer: Trainer, work: Work): Promise<MeasuredCodes> {
  const encoder = new EncoderSource(trainer.config, { encode: (images) => trainer.encode(images) });
  const { factorSizes, choices, labels, latents } = encoder;
  const whole = combinationCount(choices) <= largestTable;
  const rows = whole
    ? gridRows(choices)
    : drawFactorRows(trainer.config.seed, streams.metricSample, 0, scaleImages, choices);
  const { mean, logVariance } = await posteriorsOf(encoder, rows, work);
  const { kl, active } = activeLatents({ mean, logVariance }, latents);
  return { source: whole ? new CodeTable(mean, factorSizes, labels) : encoder, kl: kl && [...kl], active };
}
