import { checkArguments } from './checkArguments.ts';
import { endingOf, exitCodes } from './exit.ts';
import { compareFiles, parityHelp } from './parity/command.ts';

/** npm run parity -- FILE... [--engine NAME]; --help tells the rest. */
try {
  const args = process.argv.slice(2);
  checkArguments({ name: 'parity', options: ['engine'] }, args, process.env);
  const passed = await compareFiles(args, console.log);
  if (passed === null) console.log(parityHelp);
  process.exitCode = passed === false ? exitCodes.failed : 0;
} catch (thrown) {
  const { line, exitCode } = endingOf(thrown, 'parity');
  console.error(line);
  process.exitCode = exitCode;
}
