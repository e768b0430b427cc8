import { z } from 'zod';
import { type Part, part } from '../report.ts';

// zod says nothing by itself: a message is then one that a schema of ours gives.
z.config({ localeError: () => '' });

/** What a value should be, by the name that zod has for it. */
const kinds = {
  number: part('fault.number'),
  int: part('fault.whole'),
  string: part('fault.text'),
  array: part('fault.list'),
  tuple: part('fault.list'),
  object: part('fault.object'),
  boolean: part('fault.boolean'),
} as const;

/** What is wrong with a value that a schema refused, to stand after its name. zod's own sentences go to nobody. */
export function faultOf(issue: z.core.$ZodIssue): Part | string {
  if (issue.message !== '') return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return new Map<string, Part>(Object.entries(kinds)).get(issue.expected) ?? part('fault.other');
    case 'too_small':
      return part(sized(issue.origin) ? 'fault.atLeastParts' : 'fault.atLeast', {
        min: Number(issue.minimum),
      });
    case 'too_big':
      return part(sized(issue.origin) ? 'fault.atMostParts' : 'fault.atMost', {
        max: Number(issue.maximum),
      });
    case 'invalid_value':
      return part('fault.oneOf', { values: issue.values.map(shown) });
    case 'unrecognized_keys':
      return part('fault.unknown', { names: issue.keys });
    case 'custom':
      // Only what a data set allows is told with a value.
      return issue.params
        ? part('fault.dataset', { allowed: String(issue.params.allowed) })
        : part('fault.other');
    default:
      return part('fault.other');
  }
}

/** Whether it is the length of something that is bounded, not a number. */
function sized(origin: string): boolean {
  return origin !== 'number' && origin !== 'int' && origin !== 'bigint';
}

function shown(value: unknown): string | number {
  return typeof value === 'number' ? value : String(value);
}
