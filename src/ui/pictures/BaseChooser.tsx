import { Button, Popover } from '@mantine/core';
import type { Picture } from '../../model/pictures.ts';
import { ChevronIcon, DiceIcon } from '../icons.tsx';
import { useRun, useSession } from '../session/context.ts';
import { useSided } from '../session/side.ts';
import { FactorSliders, randomFactors } from './FactorSliders.tsx';
import { SinglePicture } from './PictureCanvas.tsx';
import classes from './Traversal.module.css';

/** The image that the traversals start from: by its factors, or any. */
export function BaseChooser({ base, factors }: { base: Picture; factors: readonly number[] }) {
  const session = useSession();
  const sizes = useRun((run) => run.info?.factorSizes ?? null);
  const chooseName = useSided('Choose base image');
  const randomName = useSided('Random base image');
  if (!sizes) return null;
  return (
    <div className={classes.chooser}>
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
            sizes={sizes}
            values={factors}
            onChange={(values) => session.setTraversalBase(values)}
          />
        </Popover.Dropdown>
      </Popover>
      <Button
        variant="default"
        size="compact-sm"
        h={32}
        leftSection={<DiceIcon />}
        aria-label={randomName}
        onClick={() => session.setTraversalBase(randomFactors(sizes))}
      >
        Random
      </Button>
    </div>
  );
}
