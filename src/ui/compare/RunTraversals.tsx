import { useState } from 'react';
import { pictureAddress } from '../../record/keptPicture.ts';
import { formatCount } from '../format.ts';
import { CloseIcon } from '../icons.tsx';
import classes from './Compare.module.css';
import type { ComparedRun } from './comparedRuns.ts';
import { useCompare } from './compareStore.ts';
import table from './RunTable.module.css';

/** Enlarged by whole pixels, up to about this width in CSS pixels. */
const wide = 480;

/** What one sees of a run's code: its latent traversals as its record keeps them. */
export function RunTraversals({ run: { record, style } }: { run: ComparedRun }) {
  const { name, traversals } = record;
  const [width, setWidth] = useState<number | null>(null);
  return (
    <figure className={classes.traversals} data-testid="run-traversals">
      <figcaption>
        <span style={{ color: style.colour }} aria-hidden="true">
          ●
        </span>{' '}
        <strong>{name}</strong>
        {traversals && <span className={classes.dim}> step {formatCount(traversals.step)}</span>}
        <button
          type="button"
          className={table.iconButton}
          aria-label="Close the traversals"
          onClick={() => useCompare.setState({ picked: null })}
        >
          <CloseIcon />
        </button>
      </figcaption>
      {traversals ? (
        <>
          <img
            src={pictureAddress(traversals)}
            alt={`Latent traversals of ${name} at step ${traversals.step}: a row a latent, z0 first, from −3 to 3`}
            style={width === null ? {} : { width: width * Math.max(1, Math.floor(wide / width)) }}
            onLoad={({ currentTarget }) => setWidth(currentTarget.naturalWidth)}
          />
          <p className={classes.dim}>A row a latent, z0 first, from −3 to 3.</p>
        </>
      ) : (
        <p className={classes.dim}>
          Its record has no pictures. Runs that are trained from now on keep them.
        </p>
      )}
    </figure>
  );
}
