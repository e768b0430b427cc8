import { failureLine } from '../told.ts';
import { doPlanned, readRunArguments, runHelp } from './doPlanned.ts';
import { exitCodeOf, exitCodes } from './failures.ts';
import { Stop, stopWhenAsked } from './stop.ts';

/**
 * One run of a plan as the work of this whole process: signals stop it, and its exit code tells how it went.
 * @param args after the word `run`
 * @throws AppError UsageError
 */
export async function runProcess(args: readonly string[]): Promise<void> {
  const { stdout, stderr } = process;
  const asked = readRunArguments(args, process.env);
  if (!asked) {
    stdout.write(`${runHelp}\n`);
    return;
  }
  const signal = stopWhenAsked((sentence) => stderr.write(`\n${sentence}\n`));
  try {
    const { outcome } = await doPlanned(asked, stdout, signal);
    if (outcome === 'diverged') process.exitCode = exitCodes.diverged;
    else if (signal.reason instanceof Stop && outcome === 'stopped')
      process.exitCode = signal.reason.exitCode;
  } catch (thrown) {
    stderr.write(`${failureLine(thrown)}\n`);
    process.exitCode = exitCodeOf(thrown);
  }
}
