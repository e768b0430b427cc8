import type { ReactNode } from 'react';
import { LatentBars } from '../charts/LatentBars.tsx';
import { CodesPanel } from '../codes/CodesPanel.tsx';
import { Guarded } from '../Guarded.tsx';
import { Hideable } from '../Hideable.tsx';
import { Panel } from '../Panel.tsx';
import { ReconstructionPanel } from '../pictures/ReconstructionPanel.tsx';
import { TraversalPanel } from '../pictures/TraversalPanel.tsx';
import { SessionContext } from '../session/context.ts';
import type { Side } from '../session/origin.ts';
import { SideContext } from '../session/side.ts';
import { usePair } from './context.ts';
import { PairCharts } from './PairCharts.tsx';
import { SharedPanel } from './SharedPanel.tsx';
import { SideHead } from './SideHead.tsx';
import classes from './Sides.module.css';
import { StartPanel } from './StartPanel.tsx';
import type { Pair } from './sides.ts';

/** Two runs that train in lockstep: each one's settings and pictures, and the curves of both on the same axes. */
export function SideBySideView() {
  const pair = usePair();
  return pair ? <BothSides pair={pair} /> : <StartPanel />;
}

function BothSides({ pair }: { pair: Pair }) {
  return (
    <div className={classes.view} data-testid="side-by-side">
      <Guarded name="Side by side">
        <SharedPanel pair={pair} />
      </Guarded>
      <div className={classes.grid}>
        <OfSide pair={pair} side="A" part="own">
          <Guarded name="Objective">
            <SideHead pair={pair} side="A" />
          </Guarded>
        </OfSide>
        <OfSide pair={pair} side="B" part="own">
          <Guarded name="Objective">
            <SideHead pair={pair} side="B" />
          </Guarded>
        </OfSide>
        <div className={classes.charts}>
          <Guarded name="Curves of both">
            <PairCharts pair={pair} />
          </Guarded>
        </div>
        <OfSide pair={pair} side="A" part="pictures">
          <Pictures />
        </OfSide>
        <OfSide pair={pair} side="B" part="pictures">
          <Pictures />
        </OfSide>
      </div>
    </div>
  );
}

interface OfSideProps {
  readonly pair: Pair;
  readonly side: Side;
  readonly part: 'own' | 'pictures';
  readonly children: ReactNode;
}

/** A part of the page that is about one side: what it shows is that side's, in its colour and under its name. */
function OfSide({ pair, side, part, children }: OfSideProps) {
  return (
    <SideContext value={side}>
      <SessionContext value={pair[side]}>
        <div
          className={classes.side}
          data-side={side}
          data-part={part}
          data-testid={`${part}-${side}`}
          style={{ gridArea: `${part}${side}` }}
        >
          {children}
        </div>
      </SessionContext>
    </SideContext>
  );
}

function Pictures() {
  return (
    <>
      <Hideable panel="traversals">
        <TraversalPanel />
      </Hideable>
      <Hideable panel="reconstructions">
        <ReconstructionPanel />
      </Hideable>
      <Hideable panel="correlation">
        <CodesPanel />
      </Hideable>
      <Guarded name="KL by latent">
        <Panel label="KL by latent">
          <LatentBars />
        </Panel>
      </Guarded>
    </>
  );
}
