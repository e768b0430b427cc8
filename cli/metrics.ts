import { checkArguments } from './checkArguments.ts';
import { endingOf } from './exit.ts';
import { evaluationJson, measureFile, metricsHelp, readMetricsArguments } from './metrics/command.ts';

/** npm run metrics -- FILE.safetensors [--seed N]; --help tells the rest. */
const { stderr } = process;

/** Progress goes to the terminal, where there is one, so that the output holds the JSON alone. */
const onProgress = stderr.isTTY ? (done: number) => stderr.write(`\r${Math.round(100 * done)}% `) : undefined;

try {
  const args = process.argv.slice(2);
  checkArguments({ name: 'metrics', options: ['seed'] }, args, process.env);
  const asked = readMetricsArguments(args);
  if (!asked) console.log(metricsHelp);
  else {
    const evaluation = await measureFile(asked.path, asked.seed, onProgress && { onProgress });
    if (stderr.isTTY) stderr.write('\r');
    console.log(evaluationJson(evaluation));
  }
} catch (thrown) {
  const { line, exitCode } = endingOf(thrown, 'metrics');
  console.error(line);
  process.exitCode = exitCode;
}
