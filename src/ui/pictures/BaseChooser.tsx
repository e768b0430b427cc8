import { Button, Popover } from '@mantine/core';
import type { Picture } from '../../model/pictures.ts';
import { ChevronIcon, DiceIcon } from '../icons.tsx';
import { useRun, useSession } from '../session/context.ts';
import { useSided } from '../session/side.ts';
import { randomImage } from './choices.ts';
import { FactorSliders } from './FactorSliders.tsx';
import { SinglePicture } from './PictureCanvas.tsx';
import classes from './Traversal.module.css';

interface BaseChooserProps {
  readonly base: Picture;
  /** The numbers that name it: its factors' values, where these are known. */
  readonly chosen: readonly number[];
}

/** The image that the traversals start from: by its factors, or any. */
export function BaseChooser({ base, chosen }: BaseChooserProps) {
  const session = useSession();
  const info = useRun((run) => run.info);
  const chooseName = useSided('Choose base image');
  const randomName = useSided('Random base image');
  if (!info) return null;
  const { factors } = info;
  return (
    <div className={classes.chooser}>
      {factors && (
        <Popover width={280} position="bottom-end" withArrow shadow="md" trapFocus>
          <Popover.Target>
            <Button
              variant="default"
              size="compact-sm"
              h={32}
              pl={3}
              aria-label={chooseName}
              leftSection={
                <span className={classes.thumb}>
                  <SinglePicture picture={base} size={26} label={null} />
                </span>
              }
              rightSection={<ChevronIcon />}
            >
              Base image
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Base image by its factors">
            <FactorSliders
              prefix="Base "
              factors={factors}
              values={chosen}
              onChange={(values) => session.model.setTraversalBase(values)}
            />
          </Popover.Dropdown>
        </Popover>
      )}
      <Button
        variant="default"
        size="compact-sm"
        h={32}
        leftSection={<DiceIcon />}
        aria-label={randomName}
        onClick={() => session.model.setTraversalBase(randomImage(info))}
      >
        <span className={classes.spare}>Random</span>
      </Button>
    </div>
  );
}
