import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { FactorsEncoded } from '../../model/pictures.ts';
import type { RunInfo } from '../../protocol/messages.ts';
import { formatQuantity } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { DiceIcon } from '../icons.tsx';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import { middleImage, randomImage } from '../pictures/choices.ts';
import { FactorSliders } from '../pictures/FactorSliders.tsx';
import { SinglePicture } from '../pictures/PictureCanvas.tsx';
import { useRun, useSession } from '../session/context.ts';
import classes from './Play.module.css';
import { useRefreshed } from './useRefreshed.ts';

const pictureSize = 96;

interface EncodePlayProps {
  readonly images: Pick<RunInfo, 'factors' | 'imageCount'> | null;
  readonly reach: number;
}

/** A slider a true factor, or any image; the code it gets, and what comes back of it. */
export function EncodePlay({ images, reach }: EncodePlayProps) {
  const session = useSession();
  const byQ = useRun(({ info }) => (info?.can.generate ?? null) !== null);
  const [chosen, setChosen] = useState<readonly number[] | null>(() => images && middleImage(images));
  const ask = useCallback((values: readonly number[]) => session.model.encodeFactors(values), [session]);
  const answer = useRefreshed(chosen, ask);

  return (
    <div className={classes.side}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <Term name={byQ ? 'encodeQ' : 'encode'}>From a picture to its code</Term>
        </h2>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<DiceIcon />}
          disabled={!images}
          aria-label="Random factors"
          onClick={() => images && setChosen(randomImage(images))}
        >
          Random
        </Button>
      </div>
      {images?.factors && chosen && (
        <FactorSliders factors={images.factors} values={chosen} onChange={setChosen} />
      )}
      {answer && <Encoded answer={answer} reach={reach} />}
    </div>
  );
}

function Encoded({ answer, reach }: { answer: FactorsEncoded; reach: number }) {
  const { logVariance } = answer;
  return (
    <div className={classes.encoded}>
      <figure>
        <SinglePicture picture={answer.image} size={pictureSize} label="Picture of these factors" />
        <figcaption>picture</figcaption>
      </figure>
      <ul className={classes.code} aria-label="Code">
        {[...answer.mean].map((mean, latent) => (
          <CodeRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a latent is its index
            key={latent}
            latent={latent}
            mean={mean}
            deviation={logVariance && Math.exp(logVariance[latent] / 2)}
            reach={reach}
          />
        ))}
      </ul>
      {answer.reconstruction && (
        <figure>
          <SinglePicture picture={answer.reconstruction} size={pictureSize} label="Its reconstruction" />
          <figcaption>reconstruction</figcaption>
        </figure>
      )}
    </div>
  );
}

interface CodeRowProps {
  readonly latent: number;
  readonly mean: number;
  readonly deviation: number | null;
  readonly reach: number;
}

/**
 * A latent's posterior on the line from -reach to reach: a dot at its mean, a bar of one standard deviation
 * either side, where codes have one.
 */
function CodeRow({ latent, mean, deviation, reach }: CodeRowProps) {
  const place = (value: number) => Math.max(0, Math.min(100, (100 * (value + reach)) / (2 * reach)));
  const [left, right] = [place(mean - (deviation ?? 0)), place(mean + (deviation ?? 0))];
  const colour = latentColour(latent);
  return (
    <li className={classes.codeRow}>
      <LatentName latent={latent} />
      <span className={classes.axis} aria-hidden="true">
        <span
          className={classes.spread}
          style={{ left: `${left}%`, width: `${right - left}%`, background: colour }}
        />
        <span className={classes.dot} style={{ left: `${place(mean)}%`, background: colour }} />
      </span>
      <span className={classes.value}>{formatQuantity(mean)}</span>
    </li>
  );
}
