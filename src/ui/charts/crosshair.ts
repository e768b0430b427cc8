import { create } from 'zustand';

interface CrosshairState {
  /** The step that a person reads; null while nobody reads. */
  readonly step: number | null;
}

/** One step for all charts of the page: whoever reads one of them reads all. */
export const useCrosshair = create<CrosshairState>(() => ({ step: null }));

export function readAt(step: number | null): void {
  useCrosshair.setState({ step });
}
