import { expect, test } from 'vitest';
import { streams } from '../data/random/philox.ts';
import { collectCodes, gridRows } from './codeSample.ts';
import { CodeTable } from './codeTable.ts';
import { drawSharedFactor } from './draws.ts';
import { evaluate, fullBudget } from './evaluate.ts';
import { labelledRange } from './imageRange.ts';
import { Work } from './work.ts';

/** Of a grid of 4 x 3 every third combination is missing, and the first one is there twice. */
const sizes = [4, 3];
const rows = gridRows(sizes);
const present = [0, ...Array.from({ length: 12 }, (_, i) => i).filter((i) => i % 3 !== 1)];
const labels = Uint16Array.from(present.flatMap((i) => [rows[2 * i], rows[2 * i + 1]]));
/** A latent a factor. */
const table = new CodeTable(Float32Array.from(labels), sizes, labels);

test('images that share a factor are among those that there are', () => {
  const range = labelledRange(labels, sizes);
  for (let step = 0; step < 50; step++) {
    const plan = { count: 12, group: 4, among: [0, 1], range };
    const { factor, rows: numbers } = drawSharedFactor(1, streams.metricPairs, step, plan);
    expect(numbers).toHaveLength(12);
    numbers.forEach((number, i) => {
      expect(labels[2 * number + factor]).toBe(labels[2 * numbers[i - (i % 4)] + factor]);
    });
    expect(new Set(numbers).size).toBeGreaterThan(1);
  }
});

test('a sample is of the images that there are, each once, with its own factors', async () => {
  const sample = await collectCodes(table, 100, 1, new Work());
  expect(sample.count).toBe(9);
  expect(sample.factors).toEqual(Int32Array.from(labels));
  expect(sample.codes).toEqual(Float32Array.from(labels));
});

test('a latent a factor scores 1 where images are no grid, too', async () => {
  const budget = {
    ...fullBudget,
    factorVae: { imagesPerVote: 20, votes: 60, repeats: 1 },
    higgins: { pairs: 20, votes: 60 },
    dci: { trainImages: 100, testImages: 50 },
  };
  const { factorVae, higgins } = await evaluate(table, { seed: 1, budget }, new Work());
  expect(factorVae.heldOut).toBe(1);
  expect(higgins.heldOut).toBeGreaterThan(0.95);
});
