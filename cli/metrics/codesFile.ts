import { z } from 'zod';
import { combinationCount, factorsAt } from '../../src/data/factors.ts';
import { AppError } from '../../src/errors.ts';
import { readSafetensors, type SafeTensor } from '../../src/files/safetensors.ts';
import { requireFinite } from '../../src/metrics/codeSample.ts';
import { CodeTable } from '../../src/metrics/codeTable.ts';

const sizesSchema = z.array(z.number().int().positive()).min(1);

/**
 * Reads a file of codes: `codes` [N, Z] float32 and `factors` [N, K] int32 of a whole factor grid in row-major order,
 * whose sizes stand as a JSON list in the metadata `factor_sizes`.
 * @throws AppError CodesFileError, CodesNotFiniteError, and those of `readSafetensors`.
 */
export function readCodesFile(bytes: Uint8Array): CodeTable {
  const { tensors, metadata } = readSafetensors(bytes);
  const codes = matrix(tensors, 'codes');
  const factors = matrix(tensors, 'factors');
  if (codes.dtype !== 'F32') throw fileError(`"codes" must be F32, not ${codes.dtype}`);
  if (factors.dtype !== 'I32') throw fileError(`"factors" must be I32, not ${factors.dtype}`);

  const sizes = readSizes(metadata.factor_sizes);
  const [rows, latents] = codes.shape;
  const combinations = combinationCount(sizes);
  if (rows !== combinations)
    throw fileError(`"codes" has ${rows} rows and the grid ${sizes.join(' x ')} needs ${combinations}`);
  if (latents < 1) throw fileError('"codes" has no columns');
  const expected = [rows, sizes.length];
  if (factors.shape.join() !== expected.join())
    throw fileError(`"factors" has the shape [${factors.shape}] instead of [${expected}]`);
  checkRowMajor(factors.data, sizes);
  requireFinite(codes.data);
  return new CodeTable(codes.data, sizes);
}

function matrix(tensors: ReadonlyMap<string, SafeTensor>, name: string): SafeTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw fileError(`it has no tensor "${name}"`);
  if (tensor.shape.length !== 2)
    throw fileError(`"${name}" must have two dimensions and has the shape [${tensor.shape}]`);
  return tensor;
}

function readSizes(json: string | undefined): number[] {
  if (json === undefined) throw fileError('its metadata has no "factor_sizes"');
  try {
    return sizesSchema.parse(JSON.parse(json));
  } catch (cause) {
    throw fileError(`"factor_sizes" of its metadata must list whole numbers above 0, not ${json}`, cause);
  }
}

function checkRowMajor(factors: Int32Array, sizes: readonly number[]): void {
  for (let row = 0; row * sizes.length < factors.length; row++) {
    const expected = factorsAt(row, sizes);
    const found = factors.subarray(row * sizes.length, (row + 1) * sizes.length);
    if (expected.some((value, factor) => value !== found[factor]))
      throw fileError(
        `row ${row} of "factors" is [${found}] where a grid in row-major order has [${expected}]`,
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
