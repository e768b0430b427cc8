import { memo } from 'react';
import { Term } from '../help/Term.tsx';
import { Panel, PanelHead } from '../Panel.tsx';
import { useRun } from '../session/context.ts';
import { FactorTraces } from './FactorTraces.tsx';
import { InformationMap } from './InformationMap.tsx';
import { MeasureControls } from './MeasureControls.tsx';
import { MeasureStatus } from './MeasureStatus.tsx';
import classes from './Measures.module.css';
import { MetricCurve } from './MetricCurve.tsx';
import { Scores } from './Scores.tsx';
import { TotalCorrelations } from './TotalCorrelations.tsx';
import { varyingFactors } from './view.ts';

/** Whether the code has come apart into the factors: measured by hand or every so many steps. */
export const MeasuresPanel = memo(function MeasuresPanel() {
  const info = useRun((run) => run.info);
  const sizes = info?.factorSizes ?? [];
  const latents = info?.config.latents ?? 0;
  const varying = varyingFactors(sizes);
  return (
    <Panel label="Disentanglement">
      <div>
        <PanelHead title={<Term name="disentanglement">Disentanglement</Term>}>
          <MeasureControls measurable={varying.length > 0} name="Measure now" />
        </PanelHead>
        <MeasureStatus measurable={info === null || varying.length > 0} />
      </div>
      <div className={classes.body}>
        <div className={classes.block}>
          <MetricCurve sizes={sizes} />
          <TotalCorrelations />
        </div>
        <Scores latents={latents} />
        {varying.length > 0 && (
          <>
            <InformationMap latents={latents} sizes={sizes} varying={varying} />
            {/* A new run has other latents and factors. */}
            <FactorTraces key={`${latents} ${sizes}`} latents={latents} sizes={sizes} varying={varying} />
          </>
        )}
      </div>
    </Panel>
  );
});
