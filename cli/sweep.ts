import { AppError } from '../src/errors.ts';
import { checkArguments } from './checkArguments.ts';
import { command, doTask, help, tasks } from './sweep/command.ts';
import { failureLine } from './told.ts';
import { runWord } from './train/doPlanned.ts';
import { exitCodeOf } from './train/failures.ts';
import { runProcess } from './train/runProcess.ts';

/** npm run sweep -- plan|run|gather|slurm|kubernetes|parallel ...; --help tells the rest. */
const { stdout, stderr } = process;

try {
  const args = process.argv.slice(2);
  const [name, ...rest] = args;
  checkArguments(command, args, process.env);
  const task = tasks.find((known) => known === name);
  if (name === runWord) await runProcess(rest);
  else if (task) process.exitCode = await doTask(task, rest, stdout);
  else if (args.includes('--help') || args.includes('-h')) stdout.write(`${help}\n`);
  else throw new AppError('UsageError.noTask', { known: [runWord, ...tasks] });
} catch (thrown) {
  stderr.write(`${failureLine(thrown)}\n`);
  process.exitCode = exitCodeOf(thrown);
}
