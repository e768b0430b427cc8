import { VisuallyHidden } from '@mantine/core';
import type { AlignmentScores } from '../../model/turn.ts';
import { absent, formatCount, formatQuantity } from '../format.ts';
import classes from './Alignment.module.css';
import { changesOf, scoreWords } from './changes.ts';
import type { TurnedResults } from './useTurned.ts';

/** The scores of the code as trained, turned, and without one latent, with what the change did in words. */
export function AlignmentTable({ results, stale }: { results: TurnedResults; stale: boolean }) {
  const { asTrained, turned, without } = results;
  const columns = [
    { name: 'as trained', measured: asTrained },
    { name: turned ? `turned ${turned.degrees}°` : 'turned', measured: turned },
    { name: without ? `without z${without.latent}` : 'without', measured: without },
  ];
  const said = (name: string, scores: AlignmentScores | undefined) =>
    asTrained && scores ? `${name}: ${changesOf(asTrained.scores, scores)}` : '';
  return (
    <div className={classes.measured} data-stale={stale || undefined}>
      <table data-testid="alignment-scores">
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>Score</VisuallyHidden>
            </th>
            {columns.map(({ name }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <th key={i} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scoreWords.map(({ key, name }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {columns.map(({ measured }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <td key={i} data-score={key} data-value={measured?.scores[key]}>
                  {scoreText(measured?.scores[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.said} data-testid="alignment-said">
        {asTrained ? (
          <>
            {turned && turned.degrees > 0 && <span>{said(`Turned ${turned.degrees}°`, turned.scores)}</span>}
            {without && <span>{said(`Without z${without.latent}`, without.scores)}</span>}
            <span>
              Step {formatCount(asTrained.step)}, {formatCount(asTrained.images)} pictures.
            </span>
          </>
        ) : (
          <span>Turn the knob: training pauses, nothing is trained, and every score is measured again.</span>
        )}
      </p>
    </div>
  );
}

function scoreText(score: number | undefined): string {
  if (score === undefined) return absent;
  return score === Number.POSITIVE_INFINITY ? '∞' : formatQuantity(score);
}
