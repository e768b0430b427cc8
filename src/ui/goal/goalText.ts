import type { Goal } from '../../config/goal.ts';
import { formatCount } from '../format.ts';

/** A goal in a sentence: "FactorVAE metric at least 0.9, reconstruction at most 8 nats, within 5 000 steps". */
export function goalText({ metric, nats, steps }: Goal): string {
  return `FactorVAE metric at least ${metric}, reconstruction at most ${nats} nats, within ${formatCount(steps)} steps`;
}
