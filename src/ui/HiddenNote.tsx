import { panelTitles } from '../locale/en/panels.ts';
import { formatList } from './format.ts';
import classes from './HiddenNote.module.css';
import { useHiddenPanels } from './Hideable.tsx';
import { useSides } from './sides/context.ts';
import { TextButton } from './TextButton.tsx';

/** Which panels the link leaves out, in one quiet line. */
export function HiddenNote() {
  const sides = useSides();
  const hidden = useHiddenPanels();
  if (hidden.length === 0) return null;
  return (
    <p className={classes.note} data-testid="hidden-note">
      This link leaves out {formatList(hidden.map((name) => panelTitles[name]))}.{' '}
      <TextButton className={classes.button} onClick={() => sides.setLesson({ hidden: [] })}>
        Show everything
      </TextButton>
    </p>
  );
}
