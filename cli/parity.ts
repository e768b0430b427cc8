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
  const { name, message, exitCode } = endingOf(thrown, 'while it compared the files');
  console.error(`${name}: ${message}`);
  process.exitCode = exitCode;
}
