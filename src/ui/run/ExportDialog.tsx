import { Button, CopyButton } from '@mantine/core';
import { useState } from 'react';
import { type ErrorReport, reportOf } from '../../errors.ts';
import { word } from '../../locale/word.ts';
import { pythonSnippet } from '../../model/pythonSnippet.ts';
import { formatCount } from '../format.ts';
import { DownloadIcon } from '../icons.tsx';
import { useRun, useSession } from '../session/context.ts';
import { download } from './download.ts';
import classes from './RunBar.module.css';

type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working' }
  | { readonly kind: 'done'; readonly name: string; readonly bytes: number }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

/** The weights as one file in PyTorch's names and layouts, and the lines of Python that load it. */
export function ExportDialog() {
  const session = useSession();
  const step = useRun((run) => run.step);

  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });
  const name = progress.kind === 'done' ? progress.name : 'factorvae.safetensors';
  const snippet = pythonSnippet(
    name,
    useRun((run) => run.info?.config.objective ?? 'factorVae'),
  );

  async function save() {
    setProgress({ kind: 'working' });
    try {
      const file = await session.exportWeights();
      download(file);
      setProgress({ kind: 'done', name: file.name, bytes: file.bytes.byteLength });
    } catch (thrown) {
      setProgress({ kind: 'failed', error: reportOf(thrown) });
    }
  }

  return (
    <div className={classes.export}>
      <p>
        All weights of step {formatCount(step)}, in PyTorch’s names and layouts, with the settings of the run
        inside.
      </p>
      <div className={classes.exportActions}>
        <Button
          leftSection={<DownloadIcon />}
          loading={progress.kind === 'working'}
          onClick={() => void save()}
        >
          Download .safetensors
        </Button>
        <span role="status">
          {progress.kind === 'done' && `Saved ${progress.name}, ${formatCount(progress.bytes / 1024)} KiB`}
          {progress.kind === 'failed' && word(progress.error)}
        </span>
      </div>
      <div className={classes.snippetHead}>
        <span>Load it in Python: pip install torch safetensors</span>
        <CopyButton value={snippet}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy snippet'}
            </Button>
          )}
        </CopyButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <section className={classes.snippet} tabIndex={0} aria-label="Python snippet">
        <pre>{snippet}</pre>
      </section>
    </div>
  );
}
