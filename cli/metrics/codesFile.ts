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
  if (codes.dtype !== 'F32')
    throw new AppError('CodesFileError.dtype', { name: 'codes', needed: 'F32', dtype: codes.dtype });
  if (factors.dtype !== 'I32')
    throw new AppError('CodesFileError.dtype', { name: 'factors', needed: 'I32', dtype: factors.dtype });

  const sizes = readSizes(metadata.factor_sizes);
  const [rows, latents] = codes.shape;
  if (rows > codesLimits.rows) throw new AppError('CodesFileError.rows', { rows, most: codesLimits.rows });
  if (latents > codesLimits.latents)
    throw new AppError('CodesFileError.columns', { columns: latents, most: codesLimits.latents });
  const combinations = combinationCount(sizes);
  if (rows !== combinations)
    throw new AppError('CodesFileError.grid', { rows, grid: sizes.join(' x '), needed: combinations });
  if (latents < 1) throw new AppError('CodesFileError.noColumns');
  const expected = [rows, sizes.length];
  if (factors.shape.join() !== expected.join())
    throw new AppError('CodesFileError.shape', {
      name: 'factors',
      shape: listed(factors.shape),
      needed: listed(expected),
    });
  checkRowMajor(factors.data, sizes);
  requireFinite(codes.data);
  varyingFactors(sizes);
  return new CodeTable(codes.data, sizes);
}

function matrix(tensors: ReadonlyMap<string, SafeTensor>, name: string): SafeTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new AppError('CodesFileError.noTensor', { name });
  if (tensor.shape.length !== 2)
    throw new AppError('CodesFileError.dimensions', { name, shape: listed(tensor.shape) });
  return tensor;
}

function readSizes(json: string | undefined): number[] {
  if (json === undefined) throw new AppError('CodesFileError.noSizes');
  const sizes = parseSizes(json);
  if (sizes.length > codesLimits.factors)
    throw new AppError('CodesFileError.factors', { count: sizes.length, most: codesLimits.factors });
  const largest = Math.max(...sizes);
  if (largest > codesLimits.values)
    throw new AppError('CodesFileError.values', { count: largest, most: codesLimits.values });
  return sizes;
}

function parseSizes(json: string): number[] {
  try {
    return sizesSchema.parse(JSON.parse(json));
  } catch (cause) {
    throw new AppError('CodesFileError.sizes', { given: quoted(json) }, { cause });
  }
}

function checkRowMajor(factors: Int32Array, sizes: readonly number[]): void {
  for (let row = 0; row * sizes.length < factors.length; row++) {
    const expected = factorsAt(row, sizes);
    const found = factors.subarray(row * sizes.length, (row + 1) * sizes.length);
    if (expected.some((value, factor) => value !== found[factor]))
      throw new AppError('CodesFileError.order', { row, given: listed(found), needed: listed(expected) });
  }
}
