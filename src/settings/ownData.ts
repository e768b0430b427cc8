import { z } from 'zod';
import type { Entry, Facts, Repair, Setting } from './setting.ts';

/**
 * Hexadecimal digits of a data set's hash: half of its SHA-256, which is enough to tell all sets from each other.
 */
export const hashDigits = 32;
export const longestDataName = 60;

/** Which of a person's own data sets: settings, links and files name it by its bytes. */
export interface OwnData {
  /** The beginning of the SHA-256 of the stored set, in hexadecimal digits. */
  readonly hash: string;
  /** For a person who has to find it again. */
  readonly name: string;
  /** Images in it. */
  readonly count: number;
  /** The seed by which its images were chosen among more; null where all were taken. */
  readonly seed: number | null;
}

export const ownDataSchema: z.ZodType<OwnData> = z.strictObject({
  hash: z.string().regex(new RegExp(`^[0-9a-f]{${hashDigits}}$`)),
  name: z.string().refine((name) => name === dataName(name)),
  count: z.number().int().min(1),
  seed: z.number().int().min(0).max(0xffffffff).nullable(),
});

/** A text as the name of a set: without what a link may lose on its way. */
export function dataName(text: string): string {
  const plain = text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N} ._()-]/gu, '-');
  return [...plain.trim()].slice(0, longestDataName).join('').trim() || 'images';
}

/**
 * A setting that names a data set, or none: "3f…_737280_all_dsprites". The name is last, for it may have a _ too.
 */
export function ownData(facts: Facts<OwnData | null, 'newRun'>): Setting<OwnData | null, 'newRun'> {
  const schema = ownDataSchema.nullable();
  const entry: Entry<OwnData | null> = {
    schema: schema.optional().transform((value) => value ?? null),
    inPreset: () => facts.default,
  };
  return {
    ...facts,
    ...entry,
    allowed: { kind: 'dataSet' },
    read: (text) => ({ kind: 'value', value: readOwnData(text) }),
    repair: (text): Repair<OwnData | null> => {
      const parsed = schema.safeParse(readOwnData(text));
      if (!parsed.success) return { kind: 'refused' };
      return { kind: 'value', value: parsed.data, asGiven: true };
    },
    write: textOfOwnData,
    show: (value) => value?.name ?? '',
  };
}

function textOfOwnData(value: OwnData | null): string {
  return value === null ? '' : [value.hash, value.count, value.seed ?? 'all', value.name].join('_');
}

/** What the text says, not yet held against the schema. */
function readOwnData(text: string): unknown {
  if (text === '') return null;
  const [hash, count, seed, ...name] = text.split('_');
  return {
    hash,
    count: Number(count),
    seed: seed === 'all' ? null : Number(seed),
    name: name.join('_'),
  };
}
