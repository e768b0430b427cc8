import { z } from 'zod';
import { combinationCount, factorsAt } from '../../src/data/factors.ts';
import { AppError } from '../../src/errors.ts';
import { listed, quoted } from '../../src/files/quoted.ts';
import { readSafetensors, type SafeTensor } from '../../src/files/safetensors.ts';
import { requireFinite, varyingFactors } from '../../src/metrics/codeSample.ts';
import { CodeTable } from '../../src/metrics/codeTable.ts';

/**
 * The most that a file may hold: several times what the data sets in use have (dSprites has 737 280 pictures, MPI3D
 * 1 036 800, Cars3D 183 values of a factor), and as much as the measures take minutes for, not days.
 */
export const codesLimits = { rows: 5_000_000, latents: 256, factors: 16, values: 1000 } as const;

const sizesSchema = z.array(z.number().int().positive()).min(1);

/**
 * Reads a file of codes: `codes` [N, Z] float32 and `factors` [N, K] int32 of a whole factor grid in row-major order,
 * whose sizes stand as a JSON list in the metadata `factor_sizes`; each within `codesLimits`.
 * @throws AppError CodesFileError, CodesNotFiniteError, NoVaryingFactorError, and those of `readSafetensors`.
 */
export function readCodesFile(bytes: Uint8Array): CodeTable {
  const { tensors, metadata } = readSafetensors(bytes);
  const codes = matrix(tensors, 'codes');
  const factors = matrix(tensors, 'factors');
  if (codes.dtype !== 'F32') throw fileError(`"codes" must be F32, not ${codes.dtype}`);
  if (factors.dtype !== 'I32') throw fileError(`"factors" must be I32, not ${factors.dtype}`);

  const sizes = readSizes(metadata.factor_sizes);
  const [rows, latents] = codes.shape;
  if (rows > codesLimits.rows)
    throw fileError(`"codes" has ${rows} rows, and ${codesLimits.rows} are the most`);
  if (latents > codesLimits.latents)
    throw fileError(`"codes" has ${latents} columns, and ${codesLimits.latents} are the most`);
  const combinations = combinationCount(sizes);
  if (rows !== combinations)
    throw fileError(`"codes" has ${rows} rows and the grid ${sizes.join(' x ')} needs ${combinations}`);
  if (latents < 1) throw fileError('"codes" has no columns');
  const expected = [rows, sizes.length];
  if (factors.shape.join() !== expected.join())
    throw fileError(`"factors" has the shape ${listed(factors.shape)} instead of ${listed(expected)}`);
  checkRowMajor(factors.data, sizes);
  requireFinite(codes.data);
  varyingFactors(sizes);
  return new CodeTable(codes.data, sizes);
}

function matrix(tensors: ReadonlyMap<string, SafeTensor>, name: string): SafeTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw fileError(`it has no tensor "${name}"`);
  if (tensor.shape.length !== 2)
    throw fileError(`"${name}" must have two dimensions and has the shape ${listed(tensor.shape)}`);
  return tensor;
}

function readSizes(json: string | undefined): number[] {
  if (json === undefined) throw fileError('its metadata has no "factor_sizes"');
  const sizes = parseSizes(json);
  if (sizes.length > codesLimits.factors)
    throw fileError(`"factor_sizes" lists ${sizes.length} factors, and ${codesLimits.factors} are the most`);
  const largest = Math.max(...sizes);
  if (largest > codesLimits.values)
    throw fileError(
      `"factor_sizes" has a factor of ${largest} values, and ${codesLimits.values} are the most`,
    );
  return sizes;
}

function parseSizes(json: string): number[] {
  try {
    return sizesSchema.parse(JSON.parse(json));
  } catch (cause) {
    const rule = '"factor_sizes" of its metadata must list whole numbers above 0, as in "[3, 6, 32]"';
    throw fileError(`${rule}, not ${quoted(json)}`, cause);
  }
}

function checkRowMajor(factors: Int32Array, sizes: readonly number[]): void {
  for (let row = 0; row * sizes.length < factors.length; row++) {
    const expected = factorsAt(row, sizes);
    const found = factors.subarray(row * sizes.length, (row + 1) * sizes.length);
    if (expected.some((value, factor) => value !== found[factor]))
      throw fileError(
        `row ${row} of "factors" is ${listed(found)} where a grid in row-major order has ${listed(expected)}`,
      );
  }
}

function fileError(what: string, cause?: unknown): AppError {
  return new AppError(
    'CodesFileError',
    `The file of codes cannot be used: ${what}.`,
    cause === undefined ? undefined : { cause },
  );
}
