import { useMergedRef } from '@mantine/hooks';
import { type Ref, useRef } from 'react';
import type { Point } from '../../history/decimate.ts';
import type { Axis, StepRange } from '../charts/axes.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import type { PlottedCurve } from '../charts/curves.ts';
import { offAxisCount, offAxisNote } from '../charts/offAxis.ts';
import { useReading } from '../charts/useReading.ts';
import { formatQuantity } from '../format.ts';
import type { GlossaryTerm } from '../help/glossary.ts';
import { PairPlot } from './PairPlot.tsx';
import { type BySide, bySide, PairCurveContext, type PairRow, pairRows, sideNames } from './pair.ts';
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
  const { pair, id, term, unit, curve, ref, width, height, axis, range, points, latest, missing, dots } =
    props;
  const { ref: readingRef, moment } = useReading();
  // As the curves were when the person last moved: a point must not slip away below a resting pointer.
  const read = useRef<{ moment: number | null; rows: readonly PairRow[] }>({ moment, rows: [] });
  if (moment !== read.current.moment)
    read.current = { moment, rows: moment === null ? [] : pairRows(points) };
  const bothMissing = missing.A !== null && missing.B !== null;
  const none = sideNames.every((side) => points[side].length === 0);
  const offAxis = offAxisCount(points.A, curve.scale) + offAxisCount(points.B, curve.scale);
  const live = bySide((side) => ({
    points: points[side],
    moves: pair[side].history.moves,
    range,
    ...(dots ? { dots } : {}),
  }));

  return (
    <div className={classes.figure}>
      <ChartFrame
        ref={useMergedRef(ref, readingRef)}
        id={id}
        term={term}
        title={curve.title}
        unit={offAxis > 0 ? `${unit}; ${offAxisNote(offAxis)}` : unit}
        latest={sideNames.map((side) => (
          <span key={side} className={classes.latest}>
            <SideTag side={side} />{' '}
            <span data-testid={`latest-${id}-${side}`}>
              {missing[side] === null ? formatQuantity(latest[side], curve.decimals) : 'none'}
            </span>
          </span>
        ))}
        height={height}
        axisName="step"
        empty={bothMissing ? missing.A : none ? props.invitation : null}
      >
        {width > 0 && (
          <PairCurveContext value={live}>
            <PairPlot
              curve={curve}
              axis={axis}
              first={range.first}
              end={range.end}
              width={width}
              height={height}
              read={read.current.rows}
            />
          </PairCurveContext>
        )}
      </ChartFrame>
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
