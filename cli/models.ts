import { makeModels, modelsHelp } from './models/command.ts';
import { failureLine } from './told.ts';
import { exitCodeOf } from './train/failures.ts';
import { Stop, stopWhenAsked } from './train/stop.ts';

/** npm run models [-- DIR]: makes the trained models that ship with the page again; --help tells the rest. */
const { stdout, stderr } = process;

try {
  const args = process.argv.slice(2);
  if (args.length > 1 || args[0]?.startsWith('-')) stdout.write(`${modelsHelp}\n`);
  else {
    const signal = stopWhenAsked((sentence) => stderr.write(`\n${sentence}\n`));
    await makeModels(args[0] ?? 'runs/models', stdout, signal);
    if (signal.reason instanceof Stop) process.exitCode = signal.reason.exitCode;
  }
} catch (thrown) {
  stderr.write(`${failureLine(thrown)}\n`);
  process.exitCode = exitCodeOf(thrown);
}
