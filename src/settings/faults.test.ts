import { expect, test } from 'vitest';
import { z } from 'zod';
import { word } from '../locale/word.ts';
import { faultOf } from './faults.ts';

const schema = z.strictObject({
  number: z.number().min(1).max(5),
  whole: z.number().int(),
  text: z.string().max(3),
  list: z.array(z.number()).min(2).max(3),
  choice: z.enum(['first', 'second']),
  only: z.union([z.literal(1), z.literal(3)]),
  ours: z.number().refine((value) => value % 2 === 0, { error: 'it must be even' }),
  plain: z.string().refine((text) => text !== 'no'),
  flag: z.boolean(),
});
const right = {
  number: 2,
  whole: 3,
  text: 'abc',
  list: [1, 2],
  choice: 'first',
  only: 3,
  ours: 4,
  plain: 'yes',
  flag: true,
};

test.each<[Record<string, unknown>, string]>([
  [{ number: '2' }, 'it must be a number'],
  [{ number: undefined }, 'it must be a number'],
  [{ number: Number.NaN }, 'it must be a number'],
  [{ number: 0.5 }, 'it must be at least 1'],
  [{ number: 6 }, 'it must be at most 5'],
  [{ whole: 2.5 }, 'it must be a whole number'],
  [{ text: 7 }, 'it must be a text'],
  [{ text: 'abcd' }, 'it may have at most 3 parts'],
  [{ list: {} }, 'it must be a list'],
  [{ list: [1] }, 'it must have at least 2 parts'],
  [{ choice: 'third' }, 'it must be first or second'],
  [{ ours: 3 }, 'it must be even'],
  [{ plain: 'no' }, 'it is not what belongs there'],
  [{ flag: 'yes' }, 'it must be true or false'],
  [{ more: 1, still: 2 }, 'there is no more or still'],
  [{ only: 2 }, 'it is not what belongs there'],
])('what a schema refuses is told in our words: %o', (wrong, sentence) => {
  const { error } = schema.safeParse({ ...right, ...wrong });
  if (!error) throw new Error('nothing was refused');
  const fault = faultOf(error.issues[0]);
  expect(typeof fault === 'string' ? fault : word(fault)).toBe(sentence);
});
