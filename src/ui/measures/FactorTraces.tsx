import { useInViewport } from '@mantine/hooks';
import { memo, useCallback, useMemo, useState } from 'react';
import type { Factor } from '../../data/dataset.ts';
import { Select } from '../controls/Select.tsx';
import { formatCount, formatQuantity } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import { factorLabel, factorValueText } from '../pictures/factorWords.ts';
import { useRefreshed } from '../play/useRefreshed.ts';
import { usePictures, useRun, useSession } from '../session/context.ts';
import classes from './Measures.module.css';
import { type TraceLine, traceLines, traceReach } from './view.ts';

interface FactorTracesProps {
  readonly latents: number;
  readonly factors: readonly Factor[];
  readonly varying: readonly number[];
}

/** Live, a row a latent: how the base picture's code goes as one chosen factor alone changes. */
export const FactorTraces = memo(function FactorTraces({ latents, factors, varying }: FactorTracesProps) {
  const session = useSession();
  const [factor, setFactor] = useState(varying.at(-1) ?? 0);
  const { ref, inViewport } = useInViewport();
  // Every set of pictures brings a new array: another base image, or another step.
  const base = usePictures((set) => set?.base.factors ?? null);
  const input = useMemo(() => (inViewport && base ? { factor } : null), [inViewport, base, factor]);
  const ask = useCallback(
    (wanted: { factor: number }) => session.model.traceFactor(wanted.factor),
    [session],
  );
  const trace = useRefreshed(input, ask);
  const lines = trace ? traceLines(trace, latents) : [];
  const reach = traceReach(
    lines,
    useRun(({ info }) => info?.can.reach ?? 3),
  );
  const traced = factors[trace?.factor ?? factor];

  return (
    <section ref={ref} className={classes.block} aria-label="What moves when one factor changes">
      <div className={classes.traceHead}>
        <h3 className={classes.heading}>
          <Term name="factorTrace">What moves</Term> with
        </h3>
        <Select label="Factor that changes" value={factor} onChange={(value) => setFactor(Number(value))}>
          {varying.map((index) => (
            <option key={index} value={index}>
              {factorLabel(factors[index])}
            </option>
          ))}
        </Select>
        alone
      </div>
      <ul className={classes.traces} data-testid="traces" data-step={trace?.step} data-factor={trace?.factor}>
        {lines.map((line) => (
          <TraceRow key={line.latent} line={line} reach={reach} base={trace?.base ?? 0} />
        ))}
      </ul>
      {trace && (
        <p className={classes.traceFoot}>
          <span>{factorValueText(traced, 0)}</span>
          <span>{factorValueText(traced, traced.values.length - 1)}</span>
          <span className={classes.traceNote}>
            Step {formatCount(trace.step)}. Each row spans {formatQuantity(-reach, 1)} to{' '}
            {formatQuantity(reach, 1)}.
          </span>
        </p>
      )}
    </section>
  );
});

const height = 24;

interface TraceRowProps {
  readonly line: TraceLine;
  readonly reach: number;
  /** Index of the value that the base image has. */
  readonly base: number;
}

function TraceRow({ line: { latent, mean, deviation, low, high }, reach, base }: TraceRowProps) {
  const colour = latentColour(latent);
  const last = mean.length - 1;
  const y = (value: number) => ((height / 2) * (1 - value / reach)).toFixed(2);
  const edge = (sign: number, of: readonly number[]) =>
    mean.map((value, i) => `${i} ${y(value + sign * of[i])}`);
  return (
    <li>
      <LatentName latent={latent} />
      <svg
        viewBox={`0 0 ${last} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`z${latent} goes from ${formatQuantity(mean[0])} to ${formatQuantity(mean[last])}`}
      >
        <path className={classes.zero} d={`M0 ${height / 2}H${last}`} />
        <path className={classes.baseValue} d={`M${base} 0V${height}`} />
        {deviation && (
          <path
            d={`M${[...edge(1, deviation), ...edge(-1, deviation).reverse()].join('L')}Z`}
            fill={colour}
            opacity={0.18}
          />
        )}
        <path
          className={classes.trace}
          d={`M${mean.map((value, i) => `${i} ${y(value)}`).join('L')}`}
          stroke={colour}
        />
      </svg>
      <span className={classes.moved} title="From its least to its greatest mean">
        {formatQuantity(high - low)}
      </span>
    </li>
  );
}
