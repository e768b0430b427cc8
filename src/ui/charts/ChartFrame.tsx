import { memo, type ReactNode, type Ref } from 'react';
import type { GlossaryTerm } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import { useSide, useSided } from '../session/side.ts';
import { SideTag } from '../sides/SideTag.tsx';
import type { Axis } from './axes.ts';
import classes from './Chart.module.css';
import { usePlotStyle } from './valueAxisWidth.ts';

interface ChartFrameProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly id: string;
  readonly term: GlossaryTerm;
  readonly title: string;
  readonly unit: string;
  readonly latest: ReactNode;
  readonly axis: Axis;
  readonly height: number;
  /** Stands in the middle of the axes while there is no curve. */
  readonly empty: string | null;
  /** Said over the plot, of what it cannot show. */
  readonly note?: string | null;
  /** Takes the whole width where charts stand side by side. */
  readonly lead?: boolean;
  /** What runs along the foot of the plot. */
  readonly axisName: string;
  readonly children: ReactNode;
}

/**
 * A chart's title, unit and latest value, so that it is read in one glance; and its place, kept while it is empty.
 */
export function ChartFrame(props: ChartFrameProps) {
  const { ref, id, term, title, unit, latest, axis, height, lead, empty, note, axisName, children } = props;
  const side = useSide();
  return (
    <figure
      className={classes.frame}
      aria-label={useSided(`${title}, ${unit}`)}
      data-testid={`chart-${id}`}
      data-lead={lead || undefined}
    >
      <figcaption className={classes.caption}>
        <span className={classes.title}>
          {side && <SideTag side={side} />} <Title term={term} title={title} />{' '}
          <span className={classes.unit}>{unit}</span>
        </span>
        <span className={classes.latest} data-testid={`latest-${id}`}>
          {latest}
        </span>
      </figcaption>
      <div ref={ref} className={classes.plot} style={usePlotStyle(axis, height)}>
        {children}
        <span className={classes.axisName} aria-hidden="true">
          {axisName}
        </span>
        {note && <p className={classes.note}>{note}</p>}
        {empty && (
          <p className={classes.empty}>
            <span>{empty}</span>
          </p>
        )}
      </div>
    </figure>
  );
}

/** Drawn once: the value beside it changes with every batch of metrics. */
const Title = memo(function Title({ term, title }: { term: GlossaryTerm; title: string }) {
  return <Term name={term}>{title}</Term>;
});
