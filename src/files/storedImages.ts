import { z } from 'zod';
import type { Factor } from '../data/dataset.ts';
import { OwnImages } from '../data/own/images.ts';
import { AppError } from '../errors.ts';
import { part } from '../report.ts';
import { hashDigits } from '../settings/ownData.ts';
import { readLayout, type SafeTensor, writeSafetensors } from './safetensors.ts';

/**
 * A person's own images as they are kept: a safetensors file. "pixels" has the images, [count, bytes of one], of one bit or of
 * eight a number (as numpy.packbits packs them); "labels" the values of their factors, [count, factors], where these are known.
 * What they are stands in its metadata as JSON, under "images".
 */

export const imageSizes = [16, 32, 64] as const;
/** Values that a factor has at most, and factors that a set has at most: what the measures can do with. */
export const mostValues = 1000;
export const mostFactors = 8;

const headSchema = z.strictObject({
  version: z.literal(1),
  size: z.literal(imageSizes),
  channels: z.literal([1, 3]),
  bits: z.literal([1, 8]),
  factors: z
    .array(
      z.strictObject({
        name: z.string().max(100),
        values: z.array(z.string().max(100)).min(1).max(mostValues),
      }),
    )
    .min(1)
    .max(mostFactors)
    .nullable(),
});
export type StoredHead = z.infer<typeof headSchema>;

export interface StoredImages {
  readonly head: StoredHead;
  readonly count: number;
  /** [count, size * size * channels * bits / 8] */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** [count, factors] */
  readonly labels: Uint16Array<ArrayBuffer>;
}

/** The file of a set: the same images give the same bytes everywhere. */
export function writeStoredImages({ head, count, pixels, labels }: StoredImages): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, SafeTensor>([
    ['pixels', { dtype: 'U8', shape: [count, pixels.length / count], data: pixels }],
  ]);
  if (head.factors)
    tensors.set('labels', { dtype: 'U16', shape: [count, head.factors.length], data: labels });
  return writeSafetensors(tensors, { images: JSON.stringify(headSchema.parse(head)) });
}

/** What a set is named by. */
export async function hashOf(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, hashDigits);
}

/**
 * The parts of a set's file, which are not copied: it may be hundreds of megabytes.
 * @throws AppError OwnDataError.damaged, and what `readLayout` throws.
 */
export async function readStoredImages(file: Uint8Array<ArrayBuffer>, name: string): Promise<StoredImages> {
  const damaged = () => new AppError('OwnDataError.damaged', { name });
  const { entries, metadata, dataStart } = await readLayout(file.length, async (from, to) =>
    file.subarray(from, to),
  );
  const tensor = (called: string, dtype: string, shape: readonly number[]) => {
    const found = entries.find((entry) => entry.name === called);
    if (found?.dtype !== dtype || found.shape.join() !== shape.join()) throw damaged();
    return file.subarray(dataStart + found.start, dataStart + found.end);
  };
  const head = headSchema.safeParse(jsonOf(metadata.images));
  const count = entries.find((entry) => entry.name === 'pixels')?.shape[0] ?? 0;
  if (!head.success || count < 1) throw damaged();
  const { size, channels, bits, factors } = head.data;
  const pixels = tensor('pixels', 'U8', [count, (size * size * channels * bits) / 8]);
  const stored = { head: head.data, count, pixels };
  if (!factors) return { ...stored, labels: new Uint16Array() };
  const labels = new Uint16Array(tensor('labels', 'U16', [count, factors.length]).slice().buffer);
  if (labels.some((value, i) => value >= factors[i % factors.length].values.length)) throw damaged();
  return { ...stored, labels };
}

/** The images of a kept set. @throws what `readStoredImages` does */
export async function ownImages(file: Uint8Array<ArrayBuffer>, name: string): Promise<OwnImages> {
  const { head, count, pixels, labels } = await readStoredImages(file, name);
  const { size, channels, bits } = head;
  return new OwnImages({
    size,
    channels,
    drawing: { kind: 'table', count, bits, pixels },
    factors: head.factors?.map(factorOf) ?? null,
    labels,
  });
}

/** A factor as its file or its column calls it. */
function factorOf({ name, values }: { readonly name: string; readonly values: readonly string[] }): Factor {
  return {
    name,
    label: part('factor.own', { name }),
    values: values.map((value) => part('factorValue.own', { value })),
  };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
