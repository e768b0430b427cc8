import { useState } from 'react';
import { ranOn } from '../config/engines.ts';
import { isChange, isLone } from '../config/replayedMove.ts';
import { movesOf } from '../record/moves.ts';
import { Banner } from './Banner.tsx';
import { formatCount } from './format.ts';
import { useRun } from './session/context.ts';

/** What a run that is steered by itself replays, and where a person took over. */
export function ReplayBanner() {
  const replay = useRun((run) => run.replay);
  const takenOverAt = useRun((run) => run.takenOverAt);
  const generation = useRun((run) => run.generation);
  const runsOn = useRun((run) => run.info?.runsOn ?? null);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const state = `${generation} ${takenOverAt}`;
  if (dismissed === state || !runsOn || (!replay && takenOverAt === null)) return null;
  const onDismiss = () => setDismissed(state);
  if (!replay)
    return (
      <Banner tone="plain" name="replay" title="You took over." onDismiss={onDismiss}>
        From step {formatCount((takenOverAt ?? 0) + 1)} on this run is yours: moves that were left are
        dropped.
      </Banner>
    );
  const { moves, caption, ran } = replay;
  const last = moves.at(-1);
  const changes = moves.filter(isChange).map((change) => ({ ...change, from: change.to }));
  const count = movesOf(changes).length + moves.filter(isLone).length;
  return (
    <Banner tone="plain" name="replay" title={caption ?? 'This link replays a run.'} onDismiss={onDismiss}>
      {last &&
        `${count === 1 ? 'One move acts' : `${formatCount(count)} moves act`} by ${count === 1 ? 'itself' : 'themselves'}, the last at step ${formatCount(last.step)}. Make a move yourself, and you take over.`}
      {last && ran !== null && ran !== ranOn(runsOn) && (
        <span data-testid="other-engine">
          {' '}
          It was trained on another engine or another card, so numbers differ in their last digits, and later
          steps may drift apart.
        </span>
      )}
    </Banner>
  );
}
