import type { Abilities } from '../../model/abilities.ts';
import { Select } from '../controls/Select.tsx';
import { CodeSlider } from './CodeSliders.tsx';
import classes from './Play.module.css';

interface RestControlsProps {
  readonly generate: NonNullable<Abilities['generate']>;
  /** Categories, of which one is 1, then noise. */
  readonly rest: readonly number[];
  readonly onChange: (rest: readonly number[]) => void;
  readonly onGrab: () => () => void;
}

/** What a generator is given behind a code when nothing is said: the first category, and noise of 0, its mean. */
export function usualRest({ categories, noise }: NonNullable<Abilities['generate']>): readonly number[] {
  return Array.from({ length: categories + noise }, (_, i) => (i === 0 && categories > 0 ? 1 : 0));
}

/** The category that a generator is given beside its code, and a slider for each number of noise. */
export function RestControls({ generate: { categories, noise }, rest, onChange, onGrab }: RestControlsProps) {
  return (
    <>
      {categories > 0 && (
        <div className={classes.category}>
          Category
          <Select
            label="Category"
            value={rest.indexOf(1)}
            onChange={(value) =>
              onChange(rest.map((number, i) => (i < categories ? Number(i === Number(value)) : number)))
            }
          >
            {[...Array(categories).keys()].map((category) => (
              <option key={category} value={category}>
                {category}
              </option>
            ))}
          </Select>
        </div>
      )}
      {[...Array(noise).keys()].map((number) => (
        <CodeSlider
          key={number}
          name={`n${number}`}
          label={`n${number}`}
          colour="var(--curve)"
          reach={1}
          value={rest[categories + number]}
          onChange={(moved) => onChange(rest.with(categories + number, moved))}
          onGrab={onGrab}
        />
      ))}
    </>
  );
}
