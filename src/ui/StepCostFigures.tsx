import type { RunConfig } from '../config/schema.ts';
import { stepFlops } from '../model/stepFlops.ts';
import { formatCount, formatQuantity } from './format.ts';
import { Term } from './help/Term.tsx';
import classes from './StatusBar.module.css';
import { useRun } from './session/context.ts';

/** How well the machine is used: to compare one way to train with another. Fixed widths, for the figures stream. */
export function StepCostFigures({ config }: { config: RunConfig }) {
  const rate = useRun((run) => run.stepsPerSecond);
  const cost = useRun((run) => run.cost);
  const flops = stepFlops(config);
  const share = cost?.gpuMs && cost.peakRate ? (flops / cost.gpuMs) * (1000 / cost.peakRate) : null;
  return (
    <>
      <span className={classes.figure}>
        <Term name="flops">{formatQuantity((flops * rate) / 1e9, 1)} GFLOP/s</Term>
      </span>
      {cost && (
        <>
          <span data-testid="dispatches" data-dispatches={cost.dispatches}>
            <Term name="dispatches">{formatCount(cost.dispatches)} dispatches a step</Term>
          </span>
          {cost.gpuMs !== null && (
            <span className={classes.figure}>
              <Term name="gpuTime">{formatQuantity(cost.gpuMs)} GPU ms a step</Term>
            </span>
          )}
          {share !== null && (
            <span className={classes.figure}>
              <Term name="utilisation">{formatCount(100 * share)}% of the GPU’s best</Term>
            </span>
          )}
          <span>{formatQuantity(cost.bytes / 2 ** 20, 1)} MiB on the GPU</span>
        </>
      )}
    </>
  );
}
