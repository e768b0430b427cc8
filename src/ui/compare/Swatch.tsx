import type { RunStyle } from './comparedRuns.ts';

/** A piece of a run's line. */
export function Swatch({ style }: { style: RunStyle }) {
  return (
    <svg width="22" height="10" aria-hidden="true" style={{ flex: 'none' }}>
      <line x1="1" x2="21" y1="5" y2="5" stroke={style.colour} strokeWidth="3" strokeDasharray={style.dash} />
    </svg>
  );
}
