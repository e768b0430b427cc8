import { type ReactNode, useRef } from 'react';
import { LatentBars } from '../charts/LatentBars.tsx';
import { CodesPanel } from '../codes/CodesPanel.tsx';
import { Guarded } from '../Guarded.tsx';
import { Hideable } from '../Hideable.tsx';
import { latentQuantityOf } from '../latentQuantity.ts';
import { Panel } from '../Panel.tsx';
import { ReconstructionPanel } from '../pictures/ReconstructionPanel.tsx';
import { TraversalPanel } from '../pictures/TraversalPanel.tsx';
import { smallScreen, useNarrow } from '../room.ts';
import { SessionContext, useRun } from '../session/context.ts';
import type { Side } from '../session/origin.ts';
import { SideContext } from '../session/side.ts';
import { usePair } from './context.ts';
import { PairCharts } from './PairCharts.tsx';
import { sideNames } from './pair.ts';
import { SharedPanel } from './SharedPanel.tsx';
import { SideHead } from './SideHead.tsx';
import { SideSwitch } from './SideSwitch.tsx';
import classes from './Sides.module.css';
import { StartPanel } from './StartPanel.tsx';
import type { Pair } from './sides.ts';
import { useSwipe } from './useSwipe.ts';

/** A row has half the page's width: before its pictures get too small, fewer are shown. */
const rowsFit = { least: 44, rowHeight: Number.POSITIVE_INFINITY } as const;

/** Two runs that train in lockstep: each one's pictures and settings, and the curves of both on the same axes. */
export function SideBySideView() {
  const pair = usePair();
  return pair ? <BothSides pair={pair} /> : <StartPanel />;
}

/** Beside one another; on a small screen one swipe apart. */
function BothSides({ pair }: { pair: Pair }) {
  const small = useNarrow(smallScreen);
  const box = useRef<HTMLDivElement>(null);
  const { shown, show, onScroll } = useSwipe(box);
  return (
    <div className={classes.view} data-testid="side-by-side">
      {small && <SideSwitch pair={pair} shown={shown} onShow={show} />}
      <div ref={box} className={classes.sides} data-testid="sides" onScroll={onScroll}>
        {sideNames.map((side) => (
          <OfSide key={side} pair={pair} side={side} />
        ))}
      </div>
      <div className={classes.common}>
        <Guarded name="Side by side">
          <SharedPanel pair={pair} />
        </Guarded>
        <Guarded name="Curves of both">
          <PairCharts pair={pair} />
        </Guarded>
      </div>
    </div>
  );
}

/** All that is about one side: it is under the side's name and in its colour. */
function OfSide({ pair, side }: { pair: Pair; side: Side }) {
  return (
    <SideContext value={side}>
      <SessionContext value={pair[side]}>
        <div className={classes.side} data-side={side} data-testid={`side-${side}`}>
          <SidePart name="rows" side={side}>
            <Hideable panel="traversals">
              <TraversalPanel fit={rowsFit} />
            </Hideable>
          </SidePart>
          <SidePart name="own" side={side}>
            <Guarded name="Objective">
              <SideHead pair={pair} side={side} />
            </Guarded>
          </SidePart>
          <SidePart name="rest" side={side}>
            <Hideable panel="reconstructions">
              <ReconstructionPanel />
            </Hideable>
            <Hideable panel="correlation">
              <CodesPanel />
            </Hideable>
            <OwnBars />
          </SidePart>
        </div>
      </SessionContext>
    </SideContext>
  );
}

/** What a side's model measures of each latent. */
function OwnBars() {
  const { title } = latentQuantityOf(useRun(({ info }) => info?.columns ?? null));
  return (
    <Guarded name={title}>
      <Panel label={title}>
        <LatentBars />
      </Panel>
    </Guarded>
  );
}

interface SidePartProps {
  readonly name: 'rows' | 'own' | 'rest';
  readonly side: Side;
  readonly children: ReactNode;
}

/** Lies beside the same part of the other side. */
function SidePart({ name, side, children }: SidePartProps) {
  return (
    <div className={classes.part} data-part={name} data-testid={`${name}-${side}`}>
      {children}
    </div>
  );
}
