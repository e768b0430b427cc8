import type { LoneSteps } from '../../config/players.ts';
import type { RunConfig } from '../../config/schema.ts';
import type { History } from '../../history/history.ts';
import type { LiveChange } from '../../record/liveChange.ts';
import type { RunOrigin } from './origin.ts';

/** How a run was steered: the settings that it began with, and every move on its way. */
export interface Steering {
  readonly config: RunConfig;
  readonly changes: readonly LiveChange[];
  readonly loneSteps: readonly LoneSteps[];
}

/** What was moved before the first step belongs to the settings that the run began with. */
export function steeringOf(origin: RunOrigin, history: History): Steering {
  // Before its first step of its own a run had no steps to change settings between.
  const first = (origin.parent?.step ?? 0) + 1;
  const config = { ...origin.config };
  const changes: LiveChange[] = [];
  for (const change of history.changes)
    if (change.step > first) changes.push(change);
    else config[change.key] = change.to;
  return { config, changes, loneSteps: history.loneSteps };
}
