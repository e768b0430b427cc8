import { Button } from '@mantine/core';
import { exhibitConfigs } from '../../config/exhibits.ts';
import { ResetIcon } from '../icons.tsx';
import { SinglePicture } from '../pictures/PictureCanvas.tsx';
import { CodeSliders } from '../play/CodeSliders.tsx';
import { useNarrow } from '../room.ts';
import { useExhibit, useExhibition } from './context.ts';
import classes from './Exhibition.module.css';

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
        <CodeSliders
          reach={3}
          latents={latents}
          code={code}
          nameOf={(latent) => `z${latent} of the trained model`}
          onChange={(moved) => exhibition.move(moved)}
          onGrab={() => () => exhibition.move(own)}
        />
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
