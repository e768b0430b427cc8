import { z } from 'zod';
import type { RunConfig } from '../../config/schema.ts';
import type { RunRecord } from '../../record/runRecord.ts';

/** One of two runs side by side; B differs from A in its rival settings alone. */
export const sideSchema = z.enum(['A', 'B']);
export type Side = z.infer<typeof sideSchema>;

/** Where a run comes from; it stays the same as long as the run goes on. */
export interface RunOrigin {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  /** As the run began. */
  readonly config: RunConfig;
  /** The run it was forked from. */
  readonly parent: RunRecord['parent'];
  /** Which side it began as; null for a run that began alone. */
  readonly side: Side | null;
}

export function newOrigin(config: RunConfig, parent: RunRecord['parent'], side: Side | null): RunOrigin {
  return { id: newId(), startedAt: new Date().toISOString(), config, parent, side };
}

/** 128 random bits in hexadecimal. `crypto.randomUUID` would need a secure context. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
