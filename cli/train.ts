import { reportOf } from '../src/errors.ts';
import { checkArguments } from './checkArguments.ts';
import { trainAll } from './train/command.ts';
import { abortOnInterrupt } from './train/interrupt.ts';
import { command, help, parseOptions } from './train/options.ts';

/**
 * npm run train -- --out DIR [--preset quick] [--steps 10000] [--SETTING VALUE ...]; --help tells the rest.
 * Exits with 2 where it could not do what was asked, and with 130 where Ctrl-C stopped it.
 */
const { stdout, stderr } = process;

try {
  const args = process.argv.slice(2);
  checkArguments(command, args, process.env);
  const options = parseOptions(args);
  if (!options) stdout.write(`${help}\n`);
  else {
    const signal = abortOnInterrupt(() =>
      stderr.write('\nStops after the step under way and writes all; once more to stop at once.\n'),
    );
    await trainAll(options, stdout, signal);
    if (signal.aborted) process.exitCode = 130;
  }
} catch (thrown) {
  const { name, message } = reportOf(thrown);
  stderr.write(`${name}: ${message}\n`);
  process.exitCode = 2;
}
