import type { Factor } from '../../data/dataset.ts';
import { Slider } from '../controls/Slider.tsx';
import classes from './FactorSliders.module.css';
import { factorLabel, factorValueText } from './factorWords.ts';

interface FactorSlidersProps {
  readonly factors: readonly Factor[];
  readonly values: readonly number[];
  /** Stands before a factor's name where a page has several sets of sliders. */
  readonly prefix?: string;
  readonly onChange: (values: readonly number[]) => void;
}

/** One slider for every true factor; a factor with one value is named and fixed. */
export function FactorSliders({ factors, values, prefix = '', onChange }: FactorSlidersProps) {
  return (
    <div className={classes.sliders}>
      {factors.map((factor, index) => {
        const last = factor.values.length - 1;
        const label = factorLabel(factor);
        const colour = factor.colours?.at(values[index]);
        const text = factorValueText(factor, values[index]);
        return (
          <div key={factor.name} className={classes.row}>
            <span className={classes.name} aria-hidden="true">
              {label}
            </span>
            <Slider
              label={`${prefix}${label}`}
              min={0}
              max={Math.max(1, last)}
              step={1}
              value={values[index]}
              valueText={text}
              disabled={last === 0}
              onChange={(value) => onChange(values.with(index, value))}
            />
            <span className={classes.value} aria-hidden="true">
              {colour && <span className={classes.swatch} style={{ backgroundColor: colour }} />}
              {text}
            </span>
          </div>
        );
      })}
    </div>
  );
}
