import { Button, Checkbox, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useState } from 'react';
import { type PanelName, panelNames } from '../../config/panels.ts';
import { longestCaption } from '../../config/url.ts';
import { panelTitles } from '../../locale/en/panels.ts';
import { runRecordJson } from '../../record/runRecord.ts';
import { formatCount } from '../format.ts';
import { DownloadIcon } from '../icons.tsx';
import { presentRecord } from '../runs/presentRecord.ts';
import { useRun, useSession } from '../session/context.ts';
import { usePair, useSides } from '../sides/context.ts';
import { viewAddress } from '../view.ts';
import { download } from './download.ts';
import classes from './RunBar.module.css';

/**
 * An address that replays the run, or both side by side, with a caption if one is given; and the same as a file.
 */
export function ShareDialog() {
  const sides = useSides();
  const session = useSession();
  const pair = usePair();
  // Drawn again with what was moved meanwhile.
  useRun((run) => run.lastMoves);
  const [caption, setCaption] = useState(session.run.getState().replay?.caption ?? '');
  const [hidden, setHidden] = useState([...sides.lesson.getState().hidden]);
  const clipboard = useClipboard({ timeout: 1600 });
  const { query, moves } = sides.link(caption.trim() === '' ? null : caption.trim(), {
    ...sides.lesson.getState(),
    hidden,
  });
  const address = `${location.origin}${location.pathname}${query}${pair ? viewAddress.sideBySide : ''}`;
  const fork = session.origin?.parent !== undefined;

  function save() {
    const record = presentRecord(session);
    if (record)
      download({ name: 'factorvae-run.json', bytes: new TextEncoder().encode(runRecordJson(record)) });
  }

  return (
    <div className={classes.export}>
      <p>{describe(moves, session.history.moves.length, fork)}</p>
      <TextInput
        label="Caption"
        description="Shown above the run to whoever opens the link."
        maxLength={longestCaption}
        value={caption}
        onChange={(event) => setCaption(event.currentTarget.value)}
      />
      <details className={classes.leaveOut}>
        <summary>Leave out panels{hidden.length > 0 && `: ${hidden.length}`}</summary>
        <Checkbox.Group<PanelName> value={hidden} onChange={setHidden} aria-label="Panels to leave out">
          {panelNames.map((name) => (
            <Checkbox key={name} value={name} label={panelTitles[name]} iconColor="var(--panel)" />
          ))}
        </Checkbox.Group>
        <p>Whoever opens the link sees the rest, and one line that says what is left out.</p>
      </details>
      <TextInput
        label="Link"
        readOnly
        value={address}
        data-testid="share-link"
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={classes.exportActions}>
        <Button onClick={() => clipboard.copy(address)}>
          <span aria-live="polite">
            {clipboard.error ? 'Copy it by hand' : clipboard.copied ? 'Copied' : 'Copy link'}
          </span>
        </Button>
        {!fork && !pair && (
          <Button variant="default" leftSection={<DownloadIcon />} onClick={save}>
            Save as a file
          </Button>
        )}
        {!fork && !pair && <span>Dropped on this page, the file replays the run.</span>}
      </div>
    </div>
  );
}

function describe(moves: 'all' | 'none' | 'tooMany', count: number, fork: boolean): string {
  if (fork)
    return 'This run was forked: its first weights do not fit into a link, which starts a run with its settings.';
  if (moves === 'tooMany')
    return 'So many moves do not fit into a link. The link starts a run with the settings as they are now; the file holds every move.';
  if (moves === 'none') return 'The link starts this run again from step 0, with the same numbers.';
  return count === 1
    ? 'The link replays this run: its move acts again, at the same step.'
    : `The link replays this run: its ${formatCount(count)} moves act again, at the same steps.`;
}
