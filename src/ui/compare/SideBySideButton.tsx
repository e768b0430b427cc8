import { Button } from '@mantine/core';
import { rivalSettingsOf, sharedDifferences } from '../../config/rival.ts';
import { presetOf } from '../../config/url.ts';
import { settingLabel } from '../../locale/settingWords.ts';
import { lastConfig } from '../../record/results.ts';
import { useKeptRuns } from '../runs/context.ts';
import { useSides } from '../sides/context.ts';
import { discardUnkept } from '../sides/unkept.ts';
import { viewAddress } from '../view.ts';
import type { ComparedRun } from './comparedRuns.ts';

/** Trains the two runs that are ticked again, side by side from step 0; the older one is side A. */
export function SideBySideButton({ runs }: { runs: readonly ComparedRun[] }) {
  const sides = useSides();
  const { shelf } = useKeptRuns();
  const obstacle = obstacleOf(runs);

  function start() {
    const [newer, older] = runs;
    const { A, B } = sides.state.getState();
    const { preset, engine } = A.run.getState();
    const config = lastConfig(older.record);
    const request = { config, preset: presetOf(config) ?? older.record.preset ?? preset, engine };
    discardUnkept([A, B], shelf, 'Train these two side by side', () => {
      location.hash = viewAddress.sideBySide;
      void sides.open(rivalSettingsOf(lastConfig(newer.record)), request);
    });
  }

  return (
    <Button
      size="compact-sm"
      variant="default"
      disabled={obstacle !== null}
      title={obstacle ?? 'Train both again from step 0, in lockstep'}
      onClick={start}
    >
      Side by side
    </Button>
  );
}

/** Why these runs cannot train side by side, in a sentence; null where they can. */
function obstacleOf(runs: readonly ComparedRun[]): string | null {
  if (runs.length !== 2) return 'Tick two runs to train them side by side';
  const [a, b] = runs.map(({ record }) => lastConfig(record));
  const different = sharedDifferences(a, b);
  if (different.length === 0) return null;
  return `Side by side, runs share all but the objective and its weight; these differ in ${different.map(settingLabel).join(', ')}`;
}
