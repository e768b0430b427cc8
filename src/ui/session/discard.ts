import { create } from 'zustand';
import type { Session } from './session.ts';

/** A run is never thrown away unasked: what is about to do so waits here for the person's word. */
export interface PendingDiscard {
  readonly steps: number;
  /** What would replace the run, as in "Reset to step 0". */
  readonly action: string;
  readonly proceed: () => void;
}

export const useDiscard = create<{ readonly pending: PendingDiscard | null }>(() => ({ pending: null }));

/** Does it at once where no step would be lost, else asks first. */
export function discardRun(session: Session, action: string, proceed: () => void): void {
  const { step, phase, info } = session.run.getState();
  const steps = step - (info?.startStep ?? 0);
  const worthAsking = steps > 0 && phase !== 'failed';
  if (worthAsking) useDiscard.setState({ pending: { steps, action, proceed } });
  else proceed();
}
