import { AppError } from '../src/errors.ts';
import { checkArguments } from './checkArguments.ts';
import { command, doTask, help, tasks } from './sweep/command.ts';
import { failureLine } from './told.ts';
import { exitCodeOf } from './train/failures.ts';
import { runWord } from './train/runCommand.ts';
import { runOne } from './train/runOne.ts';

/** npm run sweep -- plan|run|gather|slurm|kubernetes|parallel ...; --help tells the rest. */
const { stdout, stderr } = process;

try {
  const args = process.argv.slice(2);
  const [name, ...rest] = args;
  checkArguments(command, args, process.env);
  const task = tasks.find((known) => known === name);
  if (name === runWord) await runOne(rest);
  else if (task) process.exitCode = await doTask(task, rest, stdout);
  else if (args.includes('--help') || args.includes('-h')) stdout.write(`${help}\n`);
  else throw new AppError('UsageError.noTask', { known: [runWord, ...tasks] });
} catch (thrown) {
  stderr.write(`${failureLine(thrown)}\n`);
  process.exitCode = exitCodeOf(thrown);
}
