import { describe, expect, test } from 'vitest';
import { type Event, eventRecord } from './events.ts';

/** What TensorBoard's own RecordWriter makes of the same messages. */
const known: readonly [string, Event, number, string][] = [
  [
    'the format’s version',
    { kind: 'version' },
    1.5,
    '1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c',
  ],
  [
    'a number',
    { kind: 'summary', step: 300_000, values: [{ tag: 'loss/kl', scalar: 0.25 }] },
    2.5,
    '1f00000000000000514b441809000000000000044010e0a7122a100a0e0a076c6f73732f6b6c150000803e874b6dae',
  ],
  [
    'a restart',
    { kind: 'restart', step: 8 },
    2.5,
    '0f000000000000006d532b0909000000000000044010083a020801b8092dca',
  ],
];

describe('an event is written byte for byte as TensorBoard writes it', () => {
  test.each(known)('%s', (_, event, seconds, bytes) => {
    expect(Buffer.from(eventRecord(event, seconds)).toString('hex')).toBe(bytes);
  });
});
