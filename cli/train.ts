import { checkArguments } from './checkArguments.ts';
import { failureLine } from './told.ts';
import { trainAll } from './train/command.ts';
import { runWord } from './train/doPlanned.ts';
import { exitCodeOf, exitCodes } from './train/failures.ts';
import { command, help, parseOptions } from './train/options.ts';
import { withOwnImages } from './train/ownImages.ts';
import { runProcess } from './train/runProcess.ts';
import { Stop, stopWhenAsked } from './train/stop.ts';

/**
 * npm run train -- --out DIR [--preset quick] [--steps 10000] [--SETTING VALUE ...]; --help tells the rest, and what
 * the exit codes mean.
 */
const { stdout, stderr } = process;

try {
  const [, file, ...args] = process.argv;
  // What a process of --jobs is started with.
  const isOneOfJobs = args[0] === runWord;
  if (!isOneOfJobs) checkArguments(command, args, process.env);
  const say = (line: string) => stdout.write(`${line}\n`);
  const options = isOneOfJobs ? null : parseOptions(await withOwnImages(args, say));
  if (isOneOfJobs) await runProcess(args.slice(1));
  else if (!options) stdout.write(`${help}\n`);
  else {
    const signal = stopWhenAsked((sentence) => stderr.write(`\n${sentence}\n`));
    const { records, failures } = await trainAll(options, stdout, signal, { file, args });
    if (options.runs.length === 1)
      for (const { thrown } of failures) stderr.write(`${failureLine(thrown)}\n`);
    else if (failures.length > 0)
      stderr.write(`${failures.length} of ${options.runs.length} runs failed; the summary says why.\n`);

    const unsaved = failures.find(({ thrown }) => exitCodeOf(thrown) === exitCodes.notWritten);
    if (signal.reason instanceof Stop && !unsaved) process.exitCode = signal.reason.exitCode;
    else if (failures.length > 0) process.exitCode = exitCodeOf((unsaved ?? failures[0]).thrown);
    else if (records.some(({ outcome }) => outcome === 'diverged')) process.exitCode = exitCodes.diverged;
  }
} catch (thrown) {
  stderr.write(`${failureLine(thrown)}\n`);
  process.exitCode = exitCodeOf(thrown);
}
