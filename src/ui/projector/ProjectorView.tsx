import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useLayoutEffect, useRef } from 'react';
import { type Curve, leadOf } from '../charts/curves.ts';
import { MetricChart } from '../charts/MetricChart.tsx';
import { ObjectiveDial } from '../controls/ObjectivePanel.tsx';
import { Guarded } from '../Guarded.tsx';
import { Hideable, useHiddenPanels } from '../Hideable.tsx';
import { Panel } from '../Panel.tsx';
import { Preparing } from '../pictures/Preparing.tsx';
import { TraversalGrid } from '../pictures/TraversalGrid.tsx';
import { valuesHeight } from '../pictures/traversalLayout.ts';
import { useTraversalRows } from '../pictures/useTraversalRows.ts';
import { smallScreen, useNarrow, useTextScale } from '../room.ts';
import { RunControls } from '../run/RunControls.tsx';
import { RunNumbers } from '../run/RunNumbers.tsx';
import { useRun } from '../session/context.ts';
import classes from './Projector.module.css';
import { toggleProjector } from './projector.ts';

/** Height of the chart's panel without its plot. */
const aroundPlot = 80;

/**
 * What a class sees from afar, and nothing else: gamma, large traversals and total correlation, or another
 * family's dial and curve; less by its link.
 */
export function ProjectorView() {
  const hidden = useHiddenPanels();
  const view = useRef<HTMLDivElement>(null);
  const lead = leadOf(useRun(({ info }) => info?.columns ?? null));
  useLayoutEffect(() => {
    // Text, and with it all room for text, is larger in this view.
    document.documentElement.dataset.projector = '';
    // Arrow keys move gamma at once.
    view.current?.querySelector<HTMLElement>('input[type="range"]')?.focus({ preventScroll: true });
    return () => {
      delete document.documentElement.dataset.projector;
    };
  }, []);
  return (
    <div ref={view} className={classes.view} data-testid="projector">
      <Guarded name="Objective">
        <Panel label="Objective">
          <div className={classes.dial}>
            {!hidden.includes('objective') && <ObjectiveDial compact />}
            <RunControls compact />
            <RunNumbers />
            <Button variant="default" aria-keyshortcuts="P Escape" onClick={toggleProjector}>
              Back (P)
            </Button>
          </div>
        </Panel>
      </Guarded>
      <div className={classes.below}>
        <Hideable panel="traversals">
          <Panel label="Latent traversals">
            <Rows />
          </Panel>
        </Hideable>
        <Hideable panel="curves">
          <Panel label={lead.title}>
            <LeadCurve curve={lead} />
          </Panel>
        </Hideable>
      </div>
    </div>
  );
}

/** As large as width and height allow. */
function Rows() {
  const { pictures, preparing, rows } = useTraversalRows();
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const text = useTextScale();
  const stacked = useNarrow(smallScreen);
  const rowHeight = stacked
    ? Number.POSITIVE_INFINITY
    : (height - valuesHeight * text) / (rows?.order.length ?? 1);
  return (
    <div ref={ref} className={classes.rows} data-testid="traversals" data-step={pictures?.step}>
      {rows && width > 0 && (
        <TraversalGrid {...rows} width={width} fit={{ least: Number.POSITIVE_INFINITY, rowHeight }} />
      )}
      {(!pictures || preparing) && <Preparing />}
    </div>
  );
}

function LeadCurve({ curve }: { curve: Curve }) {
  const { ref, height } = useElementSize<HTMLDivElement>();
  const text = useTextScale();
  const stacked = useNarrow(smallScreen);
  return (
    <div ref={ref} className={classes.curve}>
      <MetricChart
        curve={curve}
        last={null}
        {...(stacked ? {} : { height: Math.max(curve.height, height - aroundPlot * text) })}
      />
    </div>
  );
}
