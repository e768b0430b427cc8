import type { CSSProperties } from 'react';
import type { Dial } from '../../config/objective.ts';
import type { LiveKey, Range } from '../../config/schema.ts';
import { settingLabel } from '../../locale/settingWords.ts';
import { formatSetting } from '../format.ts';
import { useHints } from '../help/hintStore.ts';
import { Term } from '../help/Term.tsx';
import { moveSentence } from '../moves.ts';
import { useRun, useSession } from '../session/context.ts';
import { useSided } from '../session/side.ts';
import type { SliderScale } from './gammaScale.ts';
import classes from './HeroControl.module.css';
import { hand } from './hand.ts';
import { NumberBox } from './NumberBox.tsx';
import { ScheduleNote } from './ScheduleNote.tsx';
import { Slider } from './Slider.tsx';

interface HeroControlProps {
  readonly setting: Dial;
  readonly symbol: string;
  readonly range: Range;
  readonly scale: SliderScale;
  readonly ticks: readonly number[];
  /** Without ticks and explanation, for the foot of a small screen. */
  readonly compact?: boolean;
}

/** Positions of the slider: one arrow key moves gamma by about three hundredths of itself. */
const positions = 200;

/** The setting that the page is about: a wide slider, logarithmic with 0 at its left end, and a number box. */
export function HeroControl({ setting, symbol, range, scale, ticks, compact }: HeroControlProps) {
  const session = useSession();
  const value = useRun((run) => run.live?.[setting] ?? null);
  const shown = value ?? 0;
  const name = settingLabel(setting);
  const colour = `var(--dial, ${setting === 'gamma' ? 'var(--gamma)' : 'var(--ink)'})`;
  const style: CSSProperties & { readonly '--accent': string } = { '--accent': colour };
  const set = (next: number) => {
    if (setting === 'gamma') useHints.getState().done(1);
    session.training.setLive(setting, next, hand.current);
  };

  return (
    <div className={classes.hero} style={style} data-compact={compact || undefined}>
      <div className={classes.heading}>
        <h2 className={classes.title} data-long={name.length > 8 || undefined} style={{ color: colour }}>
          <Term name={setting}>
            {name} <span className={classes.symbol}>{symbol}</span>
          </Term>
        </h2>
        <NumberBox
          label={useSided(`${name} value`)}
          large
          value={value}
          range={range}
          next={(from, direction) => scale.toValue(scale.toPosition(from) + direction / positions)}
          onCommit={set}
        />
      </div>
      <div className={classes.track}>
        <Slider
          label={useSided(name)}
          size="large"
          colour={colour}
          min={0}
          max={positions}
          step={1}
          value={scale.toPosition(shown) * positions}
          valueText={formatSetting(shown)}
          disabled={value === null}
          onChange={(position) => set(scale.toValue(position / positions))}
          onGrab={() => () => session.training.setLive(setting, shown, hand.current)}
        />
        {!compact && (
          <div className={classes.ticks} aria-hidden="true">
            {ticks.map((tick) => (
              <span key={tick} style={{ left: `${100 * scale.toPosition(tick)}%` }}>
                {tick}
              </span>
            ))}
          </div>
        )}
      </div>
      {!compact && <LastMove setting={setting} />}
      {!compact && <ScheduleNote />}
    </div>
  );
}

/** How the value came to be, and since when it acts: the trainer's own answer, not the slider's. */
function LastMove({ setting }: { setting: LiveKey }) {
  const plain = useRun((run) => setting === 'beta' && run.live?.beta === 1);
  const acts = plain
    ? 'At 1 this is a plain VAE; Kim & Mnih found 4 best on 2D Shapes.'
    : 'Takes effect immediately.';
  const move = useRun((run) => run.lastMoves[setting] ?? null);
  return (
    <p className={classes.acts} role="status" data-testid="acts-from">
      {move ? `${moveSentence(move)}.` : acts}
    </p>
  );
}
