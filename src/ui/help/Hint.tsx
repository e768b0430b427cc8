import { Button, Group, getDefaultZIndex, Popover, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { MouseEvent, ReactNode } from 'react';
import { useExhibit } from '../exhibits/context.ts';
import { useRun } from '../session/context.ts';
import { useSide } from '../session/side.ts';
import classes from './Hint.module.css';
import { hints, useHints } from './hintStore.ts';

/** Wraps what a step of the first-visit hint points at; draws nothing of its own once the hint is dismissed. */
export function Hint({ step, children }: { step: number; children: ReactNode }) {
  const ready = useRun(({ phase }) => phase === 'paused' || phase === 'running');
  // A hint points at one thing: not where there are two of it.
  const alone = useSide() === null;
  // The trained models say themselves what to press.
  const exhibits = useExhibit((state) => state.open);
  const open = useHints((state) => state.current === step) && ready && alone && !exhibits;
  useHotkeys(open ? [['Escape', () => useHints.getState().dismiss()]] : []);
  const last = step === hints.length - 1;
  return (
    <Popover
      opened={open}
      width={270}
      position="bottom-start"
      withArrow
      shadow="md"
      trapFocus={false}
      withRoles={false}
      closeOnClickOutside={false}
      // A dialog opened meanwhile covers it.
      zIndex={getDefaultZIndex('app')}
      middlewares={{ flip: true, shift: { padding: 12 } }}
    >
      <Popover.Target>
        <div className={classes.target}>{children}</div>
      </Popover.Target>
      <Popover.Dropdown
        className={classes.hint}
        role="dialog"
        aria-label={`Hint ${step + 1} of ${hints.length}`}
      >
        <Text size="sm">{hints[step]}</Text>
        <Group justify="space-between" mt="xs">
          <Text size="xs" c="dimmed">
            {step + 1} of {hints.length}
          </Text>
          <Group gap={6}>
            {!last && (
              <Button size="compact-sm" variant="subtle" onClick={leave(useHints.getState().dismiss)}>
                Skip
              </Button>
            )}
            <Button size="compact-sm" onClick={leave(useHints.getState().advance)}>
              {last ? 'Done' : 'Next'}
            </Button>
          </Group>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Gives the focus back before the hint fades, so that the next press of the space bar is not its button's. */
function leave(act: () => void) {
  return (event: MouseEvent<HTMLButtonElement>) => {
    event.currentTarget.blur();
    act();
  };
}
