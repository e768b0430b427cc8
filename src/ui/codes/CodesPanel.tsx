import { useInViewport } from '@mantine/hooks';
import { memo, useEffect, useState } from 'react';
import type { LatentPair } from '../../model/codesFrame.ts';
import { LatentOptions } from '../controls/LatentOptions.tsx';
import { Select } from '../controls/Select.tsx';
import { Term } from '../help/Term.tsx';
import { Panel, PanelHead } from '../Panel.tsx';
import { useCodes, useRun, useSession } from '../session/context.ts';
import { useSided } from '../session/side.ts';
import classes from './Codes.module.css';
import { CodesFigure } from './CodesFigure.tsx';

const best = 'best';

/** Codes by two latents, beside the same ones with one latent shuffled: alike where the two are independent. */
export const CodesPanel = memo(function CodesPanel() {
  const session = useSession();
  const latents = useRun(({ info }) => info?.config.latents ?? 0);
  const encodes = useRun(({ info }) => info?.can.encode ?? true);
  const ready = useRun(({ info }) => info !== null);
  const [chosen, setChosen] = useState<LatentPair | typeof best>(best);
  const { ref, inViewport } = useInViewport();
  const codes = useCodes();
  const [first, second] =
    chosen === best || Math.max(...chosen) >= latents ? (codes?.pair ?? [0, 1]) : chosen;
  const drawable = encodes && (latents === 0 || latents > 1);
  const watches = inViewport && ready && drawable;
  useEffect(() => {
    if (!watches) return;
    session.model.watchCodes(chosen);
    return () => session.model.watchCodes(null);
  }, [session, watches, chosen]);
  const firstName = useSided('Latents shown');
  const secondName = useSided('Latent that is shuffled');
  const names = [...Array(latents).keys()];

  return (
    <Panel label="See total correlation">
      <PanelHead title={<Term name="seeTotalCorrelation">See total correlation</Term>}>
        <div className={classes.pair}>
          <Select
            label={firstName}
            value={chosen === best ? best : first}
            onChange={(value) => {
              const latent = Number(value);
              if (value === best) setChosen(best);
              else setChosen([latent, latent === second ? (latent + 1) % latents : second]);
            }}
          >
            <option value={best}>most dependent</option>
            <LatentOptions latents={names} />
          </Select>
          {chosen !== best && (
            <Select label={secondName} value={second} onChange={(value) => setChosen([first, Number(value)])}>
              <LatentOptions latents={names.filter((latent) => latent !== first)} />
            </Select>
          )}
        </div>
      </PanelHead>
      {/* As high as it will be, so that nothing below it jumps. */}
      <div ref={ref} className={classes.body} data-testid="codes" data-step={codes?.step}>
        {drawable ? (
          <CodesFigure frame={codes} />
        ) : (
          <p>{encodes ? 'A single latent depends on no other.' : 'This model does not encode pictures.'}</p>
        )}
      </div>
    </Panel>
  );
});
