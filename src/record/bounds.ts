import { z } from 'zod';
import { lastStep } from '../config/lastStep.ts';

/**
 * What a record may hold at most. A file may come from anywhere, and what breaks these bounds would stop a chart
 * or take the browser's memory. All leave ample room over what this project ever wrote.
 */
export const recordBounds = {
  /**
   * The greatest float32: every measured number began as one. Sums and squares of such numbers stay finite in
   * float64.
   */
  magnitude: (2 - 2 ** -23) * 2 ** 127,
  steps: lastStep,
  /** Curves of a run: there are 7, and one a latent. */
  curves: 200,
  /** Points of a curve: 400 are written. */
  points: 10_000,
  evaluations: 100_000,
  changes: 100_000,
  /** Rows and columns of a table of an evaluation: latents and factors. */
  table: 64,
  /** Characters of a name, or of any other text. */
  text: 1000,
  /** Characters of a picture in base64: twenty times those of the largest preset's. */
  pictureText: 2 ** 21,
  /** About 300 years. */
  seconds: 1e10,
  /** Records in one file of runs. */
  runs: 5000,
  /** Bytes of a file that is read at all. */
  fileBytes: 512 * 2 ** 20,
} as const;

const beyondFloat32 = 'a number beyond 3.4e38, the greatest that training can give';
/** A number that could have been measured. */
export const measured = z
  .number()
  .min(-recordBounds.magnitude, beyondFloat32)
  .max(recordBounds.magnitude, beyondFloat32);

/** A whole number of things. */
export const count = z.number().int().nonnegative();

export const steps = count.max(
  recordBounds.steps,
  `a step beyond ${recordBounds.steps}, where the random numbers end`,
);

const noScore = 'a score that is not from 0 to 1';
/** A score from 0 to 1; arithmetic may pass either end by a hair. */
export const score = z
  .number()
  .min(-1e-6, noScore)
  .max(1 + 1e-6, noScore);

export const shortText = z
  .string()
  .max(recordBounds.text, `a text of more than ${recordBounds.text} characters`);
