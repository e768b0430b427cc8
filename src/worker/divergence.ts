import type { LiveChange } from '../record/liveChange.ts';
import { type ErrorReport, errorReport, part } from '../report.ts';
import type { Divergence } from '../run/divergence.ts';

/** What is told: at which step, since which change, and what is left. */
export function divergedReport(
  { loss, step }: Divergence,
  lastChange: LiveChange | null,
  restoredStep: number,
): ErrorReport {
  const values = { step, loss, restoredStep };
  if (!lastChange) return errorReport('DivergedError.unchanged', values);
  const { key, from, to } = lastChange;
  return errorReport('DivergedError.afterChange', {
    ...values,
    setting: part(`live.${key}`),
    from,
    to,
    changeStep: lastChange.step,
  });
}
