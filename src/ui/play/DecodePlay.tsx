import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { Slider } from '../controls/Slider.tsx';
import { formatQuantity } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { ResetIcon } from '../icons.tsx';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import { SinglePicture } from '../pictures/PictureCanvas.tsx';
import { usePictures, useSession } from '../session/context.ts';
import classes from './Play.module.css';
import { useRefreshed } from './useRefreshed.ts';

const reach = 3;
const pictureSize = 128;

/** A slider a latent, and what the decoder makes of them. Until one is moved they show the base image's code. */
export function DecodePlay({ latents }: { latents: number }) {
  const session = useSession();
  const base = usePictures((pictures) => pictures?.traversal?.code ?? null);
  const [own, setOwn] = useState<readonly number[] | null>(null);
  const code = useMemo(() => own ?? (base?.length === latents ? [...base] : null), [own, base, latents]);
  const ask = useCallback(
    (values: readonly number[]) => session.model.decode(Float32Array.from(values)),
    [session],
  );
  const answer = useRefreshed(code, ask);

  return (
    <div className={classes.side}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <Term name="decode">From a code to a picture</Term>
        </h2>
        <Button
          size="compact-sm"
          variant="default"
          aria-label="Back to the base image’s code"
          title="Back to the base image’s code"
          leftSection={<ResetIcon />}
          disabled={own === null}
          onClick={() => setOwn(null)}
        >
          Base
        </Button>
      </div>
      <div className={classes.columns}>
        <div className={classes.picture}>
          {answer && <SinglePicture picture={answer.picture} size={pictureSize} label="Decoded picture" />}
        </div>
        <div className={classes.sliders}>
          {[...Array(latents).keys()].map((latent) => {
            const value = code?.[latent] ?? 0;
            return (
              <div key={`z${latent}`} className={classes.row}>
                <span aria-hidden="true">
                  <LatentName latent={latent} />
                </span>
                <Slider
                  label={`z${latent}`}
                  colour={latentColour(latent)}
                  min={-reach}
                  max={reach}
                  step={0.05}
                  origin={0}
                  value={Math.max(-reach, Math.min(reach, value))}
                  valueText={formatQuantity(value)}
                  disabled={code === null}
                  onChange={(moved) => code && setOwn(code.map((old, i) => (i === latent ? moved : old)))}
                  onGrab={() => () => setOwn(own)}
                />
                <span className={classes.value} aria-hidden="true">
                  {formatQuantity(value)}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
