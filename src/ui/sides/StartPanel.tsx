import { Button } from '@mantine/core';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { usualRival } from '../../config/rival.ts';
import { formatCount } from '../format.ts';
import { Panel, PanelHead } from '../Panel.tsx';
import { useKeptRuns } from '../runs/context.ts';
import { objectiveName } from '../runs/presentRecord.ts';
import { useRun, useSession } from '../session/context.ts';
import type { RunRequest } from '../session/request.ts';
import type { RunState } from '../session/store.ts';
import { useSides } from './context.ts';
import classes from './Sides.module.css';
import { discardUnkept } from './unkept.ts';

/** What the run is, and what its rival would be; null before there is one. */
function namesOf({ info, live, preset }: RunState): [string, string] | null {
  const config = info && { ...info.config, ...live };
  return config && [objectiveName(config), objectiveName(usualRival(config, preset))];
}

/** Stands where two runs will be: what side by side is, and where both begin. */
export function StartPanel() {
  const session = useSession();
  const sides = useSides();
  const { shelf } = useKeptRuns();
  const step = useRun((run) => run.step);
  const names = useRun(useShallow(namesOf));
  const ready = useRun(({ phase }) => phase === 'paused' || phase === 'running');
  const [busy, setBusy] = useState(false);

  async function open(request: RunRequest | null) {
    const current = session.currentRequest();
    if (!current) return;
    setBusy(true);
    await sides.open(usualRival(current.config, current.preset), request);
  }

  async function openHere() {
    setBusy(true);
    const request = await sides.requestFromHere();
    if (request) await open(request);
    else setBusy(false);
  }

  function openAtStart() {
    const request = session.currentRequest();
    if (!request) return;
    const { config: same, preset, engine } = request;
    discardUnkept([session], shelf, 'Start side by side at step 0', () => {
      void open({ config: same, preset, engine });
    });
  }

  const common = { disabled: !ready || busy } as const;
  return (
    <Panel label="Side by side">
      <PanelHead title="Side by side" />
      <div className={classes.start}>
        <p>
          Train a second model beside yours. Everything is the same (pictures, networks, seed, batches, noise)
          except the objective and its weight, so any difference comes from that setting.
        </p>
        {names && (
          <p className={classes.dim}>
            A is your run, {names[0]}. B is {names[1]}. You can change B.
          </p>
        )}
        {step === 0 ? (
          <div className={classes.startButtons}>
            <Button {...common} onClick={() => void open(null)}>
              Start side by side
            </Button>
          </div>
        ) : (
          <>
            <div className={classes.startButtons}>
              <Button {...common} onClick={() => void openHere()}>
                Both from step {formatCount(step)}
              </Button>
              <Button {...common} variant="default" onClick={openAtStart}>
                Both from step 0
              </Button>
            </div>
            <p className={classes.dim}>
              From step {formatCount(step)}, both continue from the current weights. From step 0, both start
              with the same untrained weights. The current run stays in the Compare view if it has 100 steps
              or more.
            </p>
          </>
        )}
      </div>
    </Panel>
  );
}
