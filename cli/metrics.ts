import { reportOf } from '../src/errors.ts';
import { checkArguments } from './checkArguments.ts';
import { evaluationJson, measureFile } from './metrics/command.ts';

/**
 * npm run metrics -- FILE.safetensors [--seed N]
 * Prints the measures of a file of codes and factors as one line of JSON; exits with 1 where it cannot.
 */

const { stderr } = process;

/** Progress goes to the terminal, where there is one, so that the output holds the JSON alone. */
const onProgress = stderr.isTTY ? (done: number) => stderr.write(`\r${Math.round(100 * done)}% `) : undefined;

try {
  const args = process.argv.slice(2);
  checkArguments({ name: 'metrics', options: ['seed'] }, args, process.env);
  const evaluation = await measureFile(args, onProgress && { onProgress });
  if (stderr.isTTY) stderr.write('\r');
  console.log(evaluationJson(evaluation));
} catch (thrown) {
  const { name, message } = reportOf(thrown);
  console.error(`${name}: ${message}`);
  process.exitCode = 1;
}
