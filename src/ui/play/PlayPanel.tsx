import { memo } from 'react';
import { choicesOf } from '../../data/dataset.ts';
import { Panel } from '../Panel.tsx';
import { useRun } from '../session/context.ts';
import { DecodePlay } from './DecodePlay.tsx';
import { EncodePlay } from './EncodePlay.tsx';
import classes from './Play.module.css';

const unknown = { traverse: true, encode: true, reach: 3, generate: null };

/** Two ways through the model, by hand: from a code to a picture, and from a picture to its code. */
export const PlayPanel = memo(function PlayPanel() {
  const info = useRun((run) => run.info);
  // Before there is a run, both have their place.
  const can = info?.can ?? unknown;
  return (
    <Panel label="Play">
      <div className={classes.play}>
        {/* A new run has other latents and factors: sliders begin afresh. */}
        {can.traverse && (
          <DecodePlay
            key={`decode${info?.config.latents} ${JSON.stringify(can.generate)}`}
            latents={info?.config.latents ?? 0}
            reach={can.reach}
            generate={can.generate}
          />
        )}
        {can.encode && (
          <EncodePlay
            key={`encode${info && choicesOf(info.factors, info.imageCount)}`}
            images={info}
            reach={can.reach}
          />
        )}
      </div>
    </Panel>
  );
});
