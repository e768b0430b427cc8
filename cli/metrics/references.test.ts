import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { measureFile } from './command.ts';

/** What disentanglement_lib gives on the files of codes beside it. */
const meanAndDeviation = z.tuple([z.number(), z.number()]);
const referenceSchema = z.object({
  mig: z.number(),
  sap_continuous: z.number(),
  modularity: z.number(),
  gaussian_total_correlation: z.number(),
  mutual_information: z.array(z.array(z.number())),
  dci: z.object({
    disentanglement: z.number(),
    completeness: z.number(),
    informativeness_train: z.number(),
    informativeness_test: z.number(),
  }),
  'factor_vae_pruned_std_0.05': z.object({ train: meanAndDeviation, held_out: meanAndDeviation }),
  higgins_L200: z.object({ train: z.number(), held_out: z.number() }),
});

const fixture = (name: string) => join(import.meta.dirname, '../../src/metrics/fixtures', name);
const within = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);

describe.each(['codes-good', 'codes-rotated'])('%s agrees with disentanglement_lib', (name) => {
  const reference = referenceSchema.parse(JSON.parse(readFileSync(fixture(`${name}.json`), 'utf8')));

  test.each([0, 7])('seed %i', async (seed) => {
    const scores = await measureFile(fixture(`${name}.safetensors`), seed);
    within(scores.mig, reference.mig, 1e-4);
    within(scores.sapContinuous, reference.sap_continuous, 1e-4);
    within(scores.modularity, reference.modularity, 1e-4);
    within(scores.gaussianTotalCorrelation, reference.gaussian_total_correlation, 1e-4);
    reference.mutual_information.forEach((row, latent) => {
      row.forEach((information, factor) => {
        within(scores.mutualInformation[latent][factor], information, 1e-4);
      });
    });
    const votes = reference['factor_vae_pruned_std_0.05'];
    within(scores.factorVae.fitted, votes.train[0], 0.03);
    within(scores.factorVae.heldOut, votes.held_out[0], 0.03);
    within(scores.higgins.fitted, reference.higgins_L200.train, 0.05);
    within(scores.higgins.heldOut, reference.higgins_L200.held_out, 0.05);
    within(scores.dci.disentanglement, reference.dci.disentanglement, 0.05);
    within(scores.dci.completeness, reference.dci.completeness, 0.05);
    within(scores.dci.informativenessTrain, reference.dci.informativeness_train, 0.05);
    within(scores.dci.informativenessTest, reference.dci.informativeness_test, 0.05);
  });
});
