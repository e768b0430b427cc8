import type { ProductChoice } from '../config/engines.ts';
import { Term } from './help/Term.tsx';
import { choiceLines, choiceSummary } from './kernelChoices.ts';
import classes from './StatusBar.module.css';

/** Which kernels a GPU has for the run's products: the status bar's details. */
export function KernelChoices({ choices }: { choices: readonly ProductChoice[] }) {
  const lines = choiceLines(choices).map((line) => (
    <span key={line} className={classes.line}>
      {line}
    </span>
  ));
  return (
    <span data-testid="kernel-choices">
      <Term name="kernels" details={lines}>
        {choiceSummary(choices)}
      </Term>
    </span>
  );
}
