import { Button, Group, Modal } from '@mantine/core';
import { formatCount } from '../format.ts';
import { useShelf } from '../runs/context.ts';
import { fewestSteps } from '../runs/keeper.ts';
import { useDiscard } from '../session/discard.ts';

/** Asks before a run is replaced. One that is kept is not lost, and is not spoken of so. */
export function DiscardDialog() {
  const pending = useDiscard((state) => state.pending);
  const keeps = useShelf((state) => state.problem === null);
  const kept = keeps && pending !== null && pending.steps >= fewestSteps;
  const close = () => useDiscard.setState({ pending: null });
  return (
    <Modal
      opened={pending !== null}
      onClose={close}
      title={kept ? 'Start over?' : 'Throw this run away?'}
      centered
      size="sm"
    >
      {pending && (
        <>
          <p>
            {pending.action}? This run ({formatCount(pending.steps)} {pending.steps === 1 ? 'step' : 'steps'}){' '}
            {kept
              ? 'stays in Compare, with its settings, curves and weights: you can continue it from there.'
              : 'will be lost. Export the weights first to keep it.'}
          </p>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={close} data-autofocus>
              Keep the run
            </Button>
            <Button
              {...(kept ? {} : { color: 'red.8' })}
              onClick={() => {
                close();
                pending.proceed();
              }}
            >
              {kept ? 'Start over' : 'Throw away'}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
