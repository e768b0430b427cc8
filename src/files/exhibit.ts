import { z } from 'zod';
import { type RunConfig, runConfigSchema } from '../config/schema.ts';
import { AppError } from '../errors.ts';
import { familyOf } from '../families/families.ts';
import type { ExhibitAbout } from '../model/exhibit.ts';
import { fromHalf, toHalf } from '../model/half.ts';
import { type NamedTensors, sizeOf, tensorsOf } from '../model/parameters.ts';
import { readSafetensors, type SafeTensor, writeSafetensors } from './safetensors.ts';

/**
 * A trained model that ships with the page: two files of weights in half precision, so that pictures can be drawn
 * from the first, the decoder, with the codes that lie in it. What measures said is of the weights as they are in
 * the files.
 */
export const exhibitFormat = 'factorvae-playground/exhibit/1';
export const exhibitParts = ['decoder', 'encoder'] as const;
export type ExhibitPart = (typeof exhibitParts)[number];

const aboutSchema = z.object({
  config: runConfigSchema,
  steps: z.int().nonnegative(),
  reconstruction: z.number(),
  factorVaeMetric: z.number(),
  mig: z.number(),
  latents: z.array(z.object({ kl: z.number(), factor: z.int().nonnegative(), share: z.number() })),
  bases: z.array(z.array(z.int().nonnegative())),
}) satisfies z.ZodType<ExhibitAbout>;

/** The posteriors of the base images, [bases, latents]; the tensors base.mean and base.logVariance. */
export interface BaseCodes {
  readonly mean: Float32Array;
  readonly logVariance: Float32Array;
}

export interface DecoderFile {
  readonly about: ExhibitAbout;
  readonly codes: BaseCodes;
  readonly weights: NamedTensors;
}

export function writeDecoder({ about, codes, weights }: DecoderFile): Uint8Array<ArrayBuffer> {
  const shape = [about.bases.length, about.config.latents];
  const tensors = new Map<string, SafeTensor>(halves(weights, 'decoder'));
  tensors.set('base.mean', { dtype: 'F32', shape, data: Float32Array.from(codes.mean) });
  tensors.set('base.logVariance', { dtype: 'F32', shape, data: Float32Array.from(codes.logVariance) });
  return writeSafetensors(tensors, { format: exhibitFormat, about: JSON.stringify(about) });
}

export function writeEncoder(weights: NamedTensors): Uint8Array<ArrayBuffer> {
  return writeSafetensors(halves(weights, 'encoder'), { format: exhibitFormat });
}

/** @throws AppError ExhibitError where it is no such file, and what reading safetensors throws. */
export function readDecoder(bytes: Uint8Array): DecoderFile {
  const { tensors, metadata } = readSafetensors(bytes);
  const about = aboutSchema.safeParse(parsedJson(metadata.about));
  const [mean, logVariance] = [tensors.get('base.mean'), tensors.get('base.logVariance')];
  if (metadata.format !== exhibitFormat || !about.success) throw new AppError('ExhibitError');
  if (mean?.dtype !== 'F32' || logVariance?.dtype !== 'F32') throw new AppError('ExhibitError');
  return {
    about: about.data,
    codes: { mean: mean.data, logVariance: logVariance.data },
    weights: singles(tensors),
  };
}

/** @throws AppError ExhibitError where it is no such file, and what reading safetensors throws. */
export function readEncoder(bytes: Uint8Array): NamedTensors {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.format !== exhibitFormat) throw new AppError('ExhibitError');
  return singles(tensors);
}

/** All parameters of a run's model: those given, and zeros for the networks that are not there. */
export function completed(config: RunConfig, weights: NamedTensors): NamedTensors {
  return new Map(
    tensorsOf(familyOf(config).layers(config)).map(({ name, shape }) => [
      name,
      weights.get(name) ?? { shape, data: new Float32Array(sizeOf(shape)) },
    ]),
  );
}

function halves(weights: NamedTensors, part: ExhibitPart): Map<string, SafeTensor> {
  const ofPart = [...weights].filter(([name]) => name.startsWith(`${part}.`));
  return new Map(
    ofPart.map(([name, { shape, data }]) => [name, { dtype: 'F16', shape, data: toHalf(data) }]),
  );
}

function singles(tensors: ReadonlyMap<string, SafeTensor>): NamedTensors {
  return new Map(
    [...tensors].flatMap(([name, tensor]) =>
      tensor.dtype === 'F16' ? [[name, { shape: tensor.shape, data: fromHalf(tensor.data) }] as const] : [],
    ),
  );
}

function parsedJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
