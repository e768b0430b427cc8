import { Button } from '@mantine/core';
import { exhibitConfigs } from '../../config/exhibits.ts';
import { Slider } from '../controls/Slider.tsx';
import { formatQuantity } from '../format.ts';
import { ResetIcon } from '../icons.tsx';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import { SinglePicture } from '../pictures/PictureCanvas.tsx';
import { useNarrow } from '../room.ts';
import { useExhibit, useExhibition } from './context.ts';
import classes from './Exhibition.module.css';

const reach = 3;
const pictureSize = { wide: 160, narrow: 96 } as const;
const narrowPage = 30;

/** A slider a latent, and what the decoder makes of them. */
export function ExhibitPlay() {
  const exhibition = useExhibition();
  const narrow = useNarrow(narrowPage);
  const { latents } = useExhibit((state) => exhibitConfigs[state.name]);
  const view = useExhibit((state) => state.view);
  const own = useExhibit((state) => state.code);
  const decoded = useExhibit((state) => state.decoded);
  const code = own ?? (view ? [...view.mean] : null);
  const picture = decoded ?? view?.reconstruction;
  return (
    <div className={classes.play}>
      <div className={classes.picture}>
        {picture && (
          <SinglePicture
            picture={picture}
            size={narrow ? pictureSize.narrow : pictureSize.wide}
            label="Picture of these numbers"
          />
        )}
      </div>
      <div className={classes.sliders}>
        {[...Array(latents).keys()].map((latent) => {
          const value = code?.[latent] ?? 0;
          return (
            <div key={latent} className={classes.sliderRow}>
              <span aria-hidden="true">
                <LatentName latent={latent} />
              </span>
              <Slider
                label={`z${latent} of the trained model`}
                colour={latentColour(latent)}
                min={-reach}
                max={reach}
                step={0.05}
                origin={0}
                value={Math.max(-reach, Math.min(reach, value))}
                valueText={formatQuantity(value)}
                disabled={code === null}
                onChange={(moved) => code && exhibition.move(code.with(latent, moved))}
                onGrab={() => () => exhibition.move(own)}
              />
              <span className={classes.value} aria-hidden="true">
                {formatQuantity(value)}
              </span>
            </div>
          );
        })}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<ResetIcon />}
          disabled={own === null}
          onClick={() => exhibition.move(null)}
        >
          Back to the picture
        </Button>
      </div>
    </div>
  );
}
