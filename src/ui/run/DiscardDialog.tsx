import { Button, Group, Modal } from '@mantine/core';
import { formatCount } from '../format.ts';
import { useShelf } from '../runs/context.ts';
import { fewestSteps } from '../runs/keeper.ts';
import { useDiscard } from '../session/discard.ts';

/** Asks before a run is thrown away. */
export function DiscardDialog() {
  const pending = useDiscard((state) => state.pending);
  const keeps = useShelf((state) => state.problem === null);
  const close = () => useDiscard.setState({ pending: null });
  return (
    <Modal opened={pending !== null} onClose={close} title="Throw this run away?" centered size="sm">
      {pending && (
        <>
          <p>
            {pending.action}: {formatCount(pending.steps)} {pending.steps === 1 ? 'step' : 'steps'} of
            training {pending.steps === 1 ? 'ends' : 'end'} here.{' '}
            {keeps && pending.steps >= fewestSteps
              ? 'Settings, curves and weights stay in the Compare view, to fork from.'
              : 'They would be lost: export the weights first if you want to keep them.'}
          </p>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={close} data-autofocus>
              Keep the run
            </Button>
            <Button
              color="red.8"
              onClick={() => {
                close();
                pending.proceed();
              }}
            >
              Throw away
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
