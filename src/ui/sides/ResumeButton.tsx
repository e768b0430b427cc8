import { Button } from '@mantine/core';
import { useStore } from 'zustand';
import { formatCount } from '../format.ts';
import { useSides, useSidesState } from './context.ts';

/**
 * Goes on from the newest safety copy of the page's run, and of the one beside it; nothing where there is none.
 */
export function ResumeButton({ label = 'Continue' }: { label?: string }) {
  const sides = useSides();
  const step = useStore(useSidesState(({ A }) => A).run, (run) => run.copiedStep);
  if (step === null) return null;
  return (
    <Button size="compact-sm" onClick={() => void sides.resume()}>
      {label} from step {formatCount(step)}
    </Button>
  );
}
