import type { Ref } from 'react';
import type { Point } from '../../history/decimate.ts';
import type { Axis, StepRange } from '../charts/axes.ts';
import type { PlottedCurve } from '../charts/curves.ts';
import { Reading } from '../charts/Reading.tsx';
import { SeriesChart } from '../charts/SeriesChart.tsx';
import type { GlossaryTerm } from '../help/glossary.ts';
import { type BySide, sideNames, sideSeries } from './pair.ts';
import classes from './Sides.module.css';
import { SideTag } from './SideTag.tsx';
import type { Pair } from './sides.ts';

interface PairFigureProps {
  readonly pair: Pair;
  readonly id: string;
  readonly term: GlossaryTerm;
  readonly unit: string;
  readonly curve: PlottedCurve;
  readonly ref: Ref<HTMLDivElement>;
  readonly width: number;
  readonly height: number;
  readonly axis: Axis;
  readonly range: StepRange;
  readonly points: BySide<readonly Point[]>;
  readonly latest: BySide<number>;
  /** Why a side has no curve, in a sentence; null for one that has. */
  readonly missing: BySide<string | null>;
  /** What is said while neither has a curve yet. */
  readonly invitation: string;
  readonly dots?: boolean;
}

/** A chart with the curves of both sides on the same axes, and the latest value of each beside its title. */
export function PairFigure(props: PairFigureProps) {
  const { pair, id, term, unit, curve, ref, width, height, axis, range, points, latest, missing } = props;
  const bothMissing = missing.A !== null && missing.B !== null;
  const none = sideNames.every((side) => points[side].length === 0);
  return (
    <div className={classes.figure}>
      <SeriesChart
        ref={ref}
        id={id}
        term={term}
        unit={unit}
        curve={curve}
        axis={axis}
        range={range}
        series={sideNames.map((side) =>
          sideSeries(side, points[side], pair[side].history.moves, props.dots ?? false),
        )}
        reading={sideNames.map((side) => (
          <span key={side} className={classes.latest}>
            <SideTag side={side} />{' '}
            <span data-testid={`latest-${id}-${side}`}>
              {missing[side] === null ? (
                <Reading points={points[side]} latest={latest[side]} decimals={curve.decimals} />
              ) : (
                'none'
              )}
            </span>
          </span>
        ))}
        empty={bothMissing ? missing.A : none ? props.invitation : null}
        width={width}
        height={height}
      />
      {!bothMissing &&
        sideNames.map(
          (side) =>
            missing[side] !== null && (
              <p key={side} className={classes.missing} data-testid={`missing-${id}`}>
                <SideTag side={side} /> {missing[side]}
              </p>
            ),
        )}
    </div>
  );
}
