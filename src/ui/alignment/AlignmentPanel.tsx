import { memo, useEffect, useState } from 'react';
import type { LatentPair } from '../../model/codesFrame.ts';
import { LatentOptions } from '../controls/LatentOptions.tsx';
import { Select } from '../controls/Select.tsx';
import { Slider } from '../controls/Slider.tsx';
import { Term } from '../help/Term.tsx';
import { latentQuantityOf } from '../latentQuantity.ts';
import { whyUnmeasurable } from '../measures/view.ts';
import { Panel, PanelHead } from '../Panel.tsx';
import { byAmount } from '../pictures/latentOrder.ts';
import { usePictures, useRun, useSession } from '../session/context.ts';
import { useWidth } from '../useWidth.ts';
import classes from './Alignment.module.css';
import { AlignmentTable } from './AlignmentTable.tsx';
import { TurnedRows } from './TurnedRows.tsx';
import { useTurned } from './useTurned.ts';

const mostDegrees = 45;
const noLatent = 'none';

/** Turns two latents in their plane without training, so that one sees which scores ask for alignment. */
export const AlignmentPanel = memo(function AlignmentPanel() {
  const info = useRun((run) => run.info);
  const latents = info?.config.latents ?? 0;
  const unmeasurable = whyUnmeasurable(info);
  const possible = info !== null && unmeasurable === null && info.can.traverse && latents > 1;
  return (
    <Panel label="Independence is not alignment">
      <PanelHead title={<Term name="alignment">Independence is not alignment</Term>} />
      {possible ? (
        // Another run has other latents.
        <Turning key={latents} latents={latents} />
      ) : (
        <p>{unmeasurable ?? 'It takes a model with two latents.'}</p>
      )}
    </Panel>
  );
});

function Turning({ latents }: { latents: number }) {
  const session = useSession();
  const phase = useRun((run) => run.phase);
  const pictures = usePictures((set) => set);
  const { ref, width } = useWidth<HTMLDivElement>();
  const [chosen, setChosen] = useState<LatentPair | null>(null);
  const [degrees, setDegrees] = useState(0);
  const [without, setWithout] = useState<number | null>(null);
  const [asked, setAsked] = useState(false);
  const running = phase === 'running';
  const still = phase === 'paused' || phase === 'held' || phase === 'diverged';
  // What trains on is not turned.
  useEffect(() => {
    if (!running) return;
    setDegrees(0);
    setAsked(false);
  }, [running]);

  const names = [...Array(latents).keys()];
  const quantity = latentQuantityOf(useRun(({ info }) => info?.columns ?? null));
  const [most, second] = byAmount(
    names.map((latent) => quantity.amount(session.history.recentMean(quantity.column(latent)))),
  );
  const pair: LatentPair = chosen ?? [Math.min(most, second), Math.max(most, second)];
  const traversal = pictures?.traversal ?? null;
  const results = useTurned({ pair, degrees, without, traversal: asked && still ? traversal : null });
  const stale = useRun(({ step }) => results.asTrained !== null && results.asTrained.step !== step);
  /** Nothing is trained while the code is turned. */
  const touch = () => {
    setAsked(true);
    setChosen(pair);
    if (running) void session.training.pause();
  };
  const choose = (place: 0 | 1, latent: number) => {
    const other = pair[1 - place];
    touch();
    const swapped = latent === other ? pair[place] : other;
    setChosen(place === 0 ? [latent, swapped] : [swapped, latent]);
  };
  const options = <LatentOptions latents={names} />;
  const rows = asked && results.rows ? results.rows : pair.map((latent) => traversal?.rows.at(latent) ?? []);

  return (
    <div className={classes.body} data-testid="alignment" data-step={results.asTrained?.step}>
      <div className={classes.controls}>
        <span className={classes.pair}>
          Turn
          <Select label="First latent to turn" value={pair[0]} onChange={(value) => choose(0, Number(value))}>
            {options}
          </Select>
          and
          <Select
            label="Second latent to turn"
            value={pair[1]}
            onChange={(value) => choose(1, Number(value))}
          >
            {options}
          </Select>
          by
        </span>
        <Slider
          label="Turn two latents"
          value={degrees}
          min={0}
          max={mostDegrees}
          step={1}
          valueText={`${degrees} degrees`}
          disabled={!still && !running}
          onChange={(value) => {
            touch();
            setDegrees(value);
          }}
        />
        <b className={classes.degrees} aria-hidden="true">
          {degrees}°
        </b>
      </div>
      <div ref={ref} className={classes.rows}>
        {width > 0 && rows[0].length > 0 && (
          <TurnedRows
            rows={rows}
            names={pair.map((latent) => `z${latent}`)}
            degrees={degrees}
            width={width}
          />
        )}
      </div>
      <AlignmentTable results={results} stale={stale} />
      <div className={classes.pair}>
        Leave out
        <Select
          label="Latent to leave out"
          value={without ?? noLatent}
          onChange={(value) => {
            touch();
            setWithout(value === noLatent ? null : Number(value));
          }}
        >
          <option value={noLatent}>none</option>
          {options}
        </Select>
        <span className={classes.note}>and see which score misses the factor that it knew</span>
      </div>
    </div>
  );
}
