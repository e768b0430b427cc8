import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { Abilities } from '../../model/abilities.ts';
import { Term } from '../help/Term.tsx';
import { ResetIcon } from '../icons.tsx';
import { SinglePicture } from '../pictures/PictureCanvas.tsx';
import { usePictures, useSession } from '../session/context.ts';
import { CodeSliders } from './CodeSliders.tsx';
import classes from './Play.module.css';
import { RestControls, usualRest } from './RestControls.tsx';
import { useRefreshed } from './useRefreshed.ts';

const pictureSize = 128;

interface DecodePlayProps {
  readonly latents: number;
  readonly reach: number;
  readonly generate: Abilities['generate'];
}

/** What a person turned. */
interface Own {
  readonly code: readonly number[];
  readonly rest: readonly number[];
}

/**
 * A slider a latent, and what the decoder makes of them. Until one is moved they show the base image's code. A
 * generator has controls for what it is given beside its code.
 */
export function DecodePlay({ latents, reach, generate }: DecodePlayProps) {
  const session = useSession();
  const base = usePictures((pictures) => pictures?.traversal?.code ?? null);
  const [own, setOwn] = useState<Own | null>(null);
  const usual = useMemo(() => (generate ? usualRest(generate) : []), [generate]);
  const shown = useMemo(
    () => own ?? (base?.length === latents ? { code: [...base], rest: usual } : null),
    [own, base, latents, usual],
  );
  const ask = useCallback(
    ({ code, rest }: Own) =>
      session.model.decode({
        code: Float32Array.from(code),
        ...(rest.length > 0 && { rest: Float32Array.from(rest) }),
      }),
    [session],
  );
  const answer = useRefreshed(shown, ask);
  const onGrab = () => () => setOwn(own);

  return (
    <div className={classes.side}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <Term name={generate ? 'decodeGenerator' : 'decode'}>From a code to a picture</Term>
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
            reach={reach}
            code={shown?.code ?? null}
            nameOf={(latent) => `z${latent}`}
            onChange={(code) => shown && setOwn({ ...shown, code })}
            onGrab={onGrab}
          />
          {generate && shown && (
            <RestControls
              generate={generate}
              rest={shown.rest}
              onChange={(rest) => setOwn({ ...shown, rest })}
              onGrab={onGrab}
            />
          )}
        </div>
      </div>
    </div>
  );
}
