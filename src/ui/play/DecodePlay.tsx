import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { Term } from '../help/Term.tsx';
import { ResetIcon } from '../icons.tsx';
import { SinglePicture } from '../pictures/PictureCanvas.tsx';
import { usePictures, useSession } from '../session/context.ts';
import { CodeSliders } from './CodeSliders.tsx';
import classes from './Play.module.css';
import { useRefreshed } from './useRefreshed.ts';

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
          <CodeSliders
            latents={latents}
            code={code}
            nameOf={(latent) => `z${latent}`}
            onChange={setOwn}
            onGrab={() => () => setOwn(own)}
          />
        </div>
      </div>
    </div>
  );
}
