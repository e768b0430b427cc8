import { factorNames } from '../../data/shapes2d/factors.ts';
import { Slider } from '../controls/Slider.tsx';
import classes from './FactorSliders.module.css';
import { factorLabels, factorValueText } from './factorLabels.ts';

interface FactorSlidersProps {
  readonly sizes: readonly number[];
  readonly values: readonly number[];
  /** Stands before a factor's name where a page has several sets of sliders. */
  readonly prefix?: string;
  readonly onChange: (values: readonly number[]) => void;
}

export const randomFactors = (sizes: readonly number[]) =>
  sizes.map((size) => Math.floor(Math.random() * size));

/** One slider for every true factor; a factor with one value is named and fixed. */
export function FactorSliders({ sizes, values, prefix = '', onChange }: FactorSlidersProps) {
  return (
    <div className={classes.sliders}>
      {factorNames.map((name, factor) => {
        const text = factorValueText(name, values[factor], sizes[factor]);
        return (
          <div key={name} className={classes.row}>
            <span className={classes.name} aria-hidden="true">
              {factorLabels[name]}
            </span>
            <Slider
              label={`${prefix}${factorLabels[name]}`}
              min={0}
              max={Math.max(1, sizes[factor] - 1)}
              step={1}
              value={values[factor]}
              valueText={text}
              disabled={sizes[factor] === 1}
              onChange={(value) => onChange(values.map((old, i) => (i === factor ? value : old)))}
            />
            <span className={classes.value} aria-hidden="true">
              {text}
            </span>
          </div>
        );
      })}
    </div>
  );
}
