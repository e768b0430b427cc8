import { memo, useRef } from 'react';
import { factorSizes } from '../../data/dataset.ts';
import { en } from '../../locale/en/index.ts';
import { GoalButton } from '../goal/GoalButton.tsx';
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
import { varyingFactors, whyUnmeasurable } from './view.ts';

/** Whether the code has come apart into the factors: measured by hand or every so many steps. */
export const MeasuresPanel = memo(function MeasuresPanel() {
  const results = useRef<HTMLDivElement>(null);
  const info = useRun((run) => run.info);
  const factors = info?.known ?? [];
  const latents = info?.config.latents ?? 0;
  const unmeasurable = whyUnmeasurable(info);
  // What needs no factors is measured all the same.
  const estimable = info?.known === null && info.can.encode;
  const varying = varyingFactors(factors);
  return (
    <Panel label="Disentanglement">
      <div ref={results} className={classes.results}>
        <PanelHead title={<Term name="disentanglement">Disentanglement</Term>}>
          <MeasureControls
            measurable={info !== null && (unmeasurable === null || estimable)}
            name="Measure now"
            results={results}
          />
        </PanelHead>
        <MeasureStatus
          unmeasurable={estimable ? `${unmeasurable} ${en.ownImages.estimated}` : unmeasurable}
        />
        {unmeasurable === null && (info?.can.reconstruct ?? true) && <GoalButton />}
      </div>
      <div className={classes.body}>
        <Scores latents={latents} />
        <div className={classes.block}>
          <MetricCurve varying={varying.length} />
          <TotalCorrelations />
        </div>
        {unmeasurable === null && varying.length > 0 && (
          <>
            <InformationMap latents={latents} factors={factors} varying={varying} />
            {/* A new run has other latents and factors. One factor alone moves where images go by factors. */}
            {info?.factors && (
              <FactorTraces
                key={`${latents} ${factorSizes(factors)}`}
                latents={latents}
                factors={factors}
                varying={varying}
              />
            )}
          </>
        )}
      </div>
    </Panel>
  );
});
