import type { LineStyle } from '../charts/series.ts';

/** A piece of a run's line, long enough to show its dash. */
export function Swatch({ style }: { style: LineStyle }) {
  return (
    <svg width="34" height="10" aria-hidden="true" style={{ flex: 'none' }}>
      <line x1="1" x2="33" y1="5" y2="5" stroke={style.colour} strokeWidth="3" strokeDasharray={style.dash} />
    </svg>
  );
}
