import { Button, Popover } from '@mantine/core';
import { useMemo } from 'react';
import { exhibitBases, exhibitConfigs } from '../../config/exhibits.ts';
import { factorsOf, imagesOf } from '../../data/datasets.ts';
import { ChevronIcon } from '../icons.tsx';
import { FactorSliders } from '../pictures/FactorSliders.tsx';
import { factorLabel, factorValueText } from '../pictures/factorWords.ts';
import { useExhibit, useExhibition } from './context.ts';
import classes from './Exhibition.module.css';
import { Thumbnail } from './Thumbnail.tsx';

/** The picture that all models are shown with: a few at hand, and any other by its factors. */
export function PictureChooser() {
  const exhibition = useExhibition();
  const name = useExhibit((state) => state.name);
  const chosen = useExhibit((state) => state.factors);
  const config = exhibitConfigs[name];
  const factors = useMemo(() => factorsOf(config) ?? [], [config]);
  const images = useMemo(() => imagesOf(config), [config]);
  const nameOf = (values: readonly number[]) =>
    factors
      .flatMap((factor, i) =>
        factor.values.length > 1 ? [`${factorLabel(factor)} ${factorValueText(factor, values[i])}`] : [],
      )
      .join(', ');
  return (
    <div className={classes.chooser}>
      <span className={classes.small}>Picture</span>
      {exhibitBases.map((base) => (
        <button
          key={base.join()}
          type="button"
          className={classes.base}
          aria-label={nameOf(base)}
          aria-pressed={base.join() === chosen.join()}
          onClick={() => exhibition.look(base)}
        >
          <Thumbnail images={images} factors={base} />
        </button>
      ))}
      <Popover width={300} position="bottom-end" withArrow shadow="md" trapFocus>
        <Popover.Target>
          <Button variant="default" size="compact-sm" h={34} rightSection={<ChevronIcon />}>
            Any picture
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Picture by its factors">
          <FactorSliders
            prefix="Picture "
            factors={factors}
            values={chosen}
            onChange={(values) => exhibition.look(values)}
          />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
