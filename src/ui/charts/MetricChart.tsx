import { memo } from 'react';
import { metricIndex } from '../../model/metricsRow.ts';
import { formatQuantity } from '../format.ts';
import { recentSteps } from '../history/recent.ts';
import { useRun } from '../session/context.ts';
import { ChartFrame } from './ChartFrame.tsx';
import type { Curve } from './curves.ts';
import { MetricPlot } from './MetricPlot.tsx';
import { useChartStretch } from './useChartStretch.ts';
import { useHistory } from './useHistory.ts';
import { viewOf } from './view.ts';

/** `last`: how many of the latest steps are drawn; null for the whole run. */
export const MetricChart = memo(function MetricChart({ curve, last }: { curve: Curve; last: number | null }) {
  const { history, ref, width } = useHistory();
  const objective = useRun((run) => run.info?.config.objective ?? 'factorVae');
  const failed = useRun((run) => run.phase === 'failed');
  const height = curve.height * useChartStretch();
  const view = viewOf(history, curve, last, width);
  const missing = curve.needsDiscriminator && objective === 'betaVae';
  const latest = history.recentMean(metricIndex(curve.metric), recentSteps) * curve.factor;
  const invitation =
    view.points.length === 0 ? (failed ? 'Nothing to draw.' : 'Press Run to begin the curve.') : null;

  return (
    <ChartFrame
      ref={ref}
      id={curve.metric}
      term={curve.term}
      title={curve.title}
      unit={curve.unit}
      latest={formatQuantity(latest, curve.decimals)}
      height={height}
      lead={curve.metric === 'totalCorrelation'}
      axisName="step"
      empty={missing ? 'beta-VAE trains no discriminator: not measured.' : invitation}
    >
      {width > 0 && (
        <MetricPlot curve={curve} view={view} changes={history.changes} width={width} height={height} />
      )}
    </ChartFrame>
  );
});
