import { ActionIcon } from '@mantine/core';
import { ProjectorIcon } from '../icons.tsx';
import { projectorButtonId, toggleProjector } from './projector.ts';

/** Leads to the view for a projector, as P does. */
export function ProjectorButton() {
  return (
    <ActionIcon
      id={projectorButtonId}
      variant="default"
      size={36}
      aria-label="For a projector"
      aria-keyshortcuts="P"
      title="For a projector: gamma, pictures and total correlation alone (P)"
      onClick={toggleProjector}
    >
      <ProjectorIcon />
    </ActionIcon>
  );
}
