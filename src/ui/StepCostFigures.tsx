import { absent, formatCount, formatQuantity } from './format.ts';
import { Term } from './help/Term.tsx';
import classes from './StatusBar.module.css';
import { useRun } from './session/context.ts';
import type { RunState } from './session/store.ts';

/**
 * How well the machine is used by steps of so many operations: to compare one way to train with another. The
 * figures stream, so each is a leaf that is drawn again only when its text changes; the explanations around them
 * are drawn once.
 */
export function StepCostFigures({ flops }: { flops: number }) {
  const planned = useRun((run) => run.cost !== null);
  const timed = useRun((run) => run.cost?.gpuMs != null);
  const compared = useRun((run) => run.cost?.gpuMs != null && run.cost.peakRate !== null);
  const dispatches = useRun((run) => run.cost?.dispatches ?? 0);
  return (
    <>
      <span className={classes.figure}>
        <Term name="flops">
          <Figure text={({ stepsPerSecond }) => rate(flops * stepsPerSecond)} /> GFLOP/s
        </Term>
      </span>
      {planned && (
        <span data-testid="dispatches" data-dispatches={dispatches}>
          <Term name="dispatches">{formatCount(dispatches)} dispatches a step</Term>
        </span>
      )}
      {timed && (
        <span className={classes.figure}>
          <Term name="gpuTime">
            <Figure text={({ cost }) => formatQuantity(cost?.gpuMs ?? Number.NaN)} /> GPU ms a step
          </Term>
        </span>
      )}
      {compared && (
        <span className={classes.figure}>
          <Term name="utilisation">
            <Figure text={({ cost }) => shareOfBest(flops, cost)} /> of the GPU’s best
          </Term>
        </span>
      )}
      {planned && (
        <span>
          <Figure text={({ cost }) => formatQuantity((cost?.bytes ?? Number.NaN) / 2 ** 20, 1)} /> MiB on the
          GPU
        </span>
      )}
    </>
  );
}

function Figure({ text }: { text: (run: RunState) => string }) {
  return <>{useRun(text)}</>;
}

/** In GFLOP/s; nothing while nothing is trained. */
function rate(flops: number): string {
  return flops === 0 ? absent : formatQuantity(flops / 1e9, flops < 1e9 ? 2 : 1);
}

/** A step's arithmetic by the GPU's clock, as a share of the best matrix product. */
function shareOfBest(flops: number, cost: RunState['cost']): string {
  if (!cost?.gpuMs || !cost.peakRate) return absent;
  return `${formatCount((100 * flops * 1000) / (cost.gpuMs * cost.peakRate))}%`;
}
