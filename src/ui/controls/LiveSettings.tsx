import { dialOf } from '../../config/objective.ts';
import { presets } from '../../config/presets.ts';
import { isRivalKey } from '../../config/rival.ts';
import { type LiveKey, liveKeys, type RunConfig } from '../../config/schema.ts';
import { settingLabel } from '../../locale/settingWords.ts';
import { settingField } from '../../settings/fields.ts';
import { table } from '../../settings/table.ts';
import { Term } from '../help/Term.tsx';
import { useRun, useSession } from '../session/context.ts';
import { useSided } from '../session/side.ts';
import { scaleOf } from './gammaScale.ts';
import { hand } from './hand.ts';
import { ladderStep } from './ladder.ts';
import { NumberBox } from './NumberBox.tsx';
import classes from './Settings.module.css';

function LiveNumber({ setting }: { setting: LiveKey }) {
  const session = useSession();
  const value = useRun((run) => run.live?.[setting] ?? null);
  const label = settingLabel(setting);
  const scale = scaleOf(setting);
  return (
    <div className={classes.row}>
      <Term name={setting}>{label}</Term>
      <NumberBox
        label={useSided(`${label} value`)}
        value={value}
        range={table[setting]}
        next={(from, direction) =>
          scale ? scale.toValue(scale.toPosition(from) + direction / 100) : ladderStep(from, direction)
        }
        onCommit={(committed) => session.training.setLive(setting, committed, hand.current)}
      />
    </div>
  );
}

/** The settings beside the objective's own dial that act while the run trains. */
export function LiveSettings() {
  return (
    <div className={classes.rows}>
      <OwnNumbers />
      <SharedNumbers />
    </div>
  );
}

/** Of those, the ones of which runs side by side have a value each. */
export function OwnNumbers() {
  return <LiveNumbers own={true} />;
}

/**
 * Of those, the ones that runs side by side share: the learning rates. @param unless left out where it uses
 * them
 */
export function SharedNumbers({ unless = null }: { unless?: RunConfig | null }) {
  return <LiveNumbers own={false} unless={unless} />;
}

function LiveNumbers({ own, unless = null }: { own: boolean; unless?: RunConfig | null }) {
  // Before there is a run the rows stand empty, so that nothing moves when it comes.
  const config = useRun((run) => run.info?.config ?? presets.tiny);
  const dial = dialOf(config.objective);
  return liveKeys
    .filter((key) => key !== dial && isRivalKey(key) === own)
    .map((key) => ({ key, field: settingField(key) }))
    .filter(({ field }) => field.isUsedBy(config) && !(unless && field.isUsedBy(unless)))
    .map(({ key }) => <LiveNumber key={key} setting={key} />);
}
