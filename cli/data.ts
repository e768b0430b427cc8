import { checkArguments } from './checkArguments.ts';
import { dataHelp, dataOptions, readDataArguments } from './data/arguments.ts';
import { drawPicture } from './data/drawPicture.ts';
import { exportImages } from './data/exportImages.ts';
import { endingOf } from './exit.ts';

/** npm run data -- draw|export --dataset NAME --out FILE; --help tells the rest. */
const { stderr } = process;

/** Progress goes to the terminal, where there is one. */
const onProgress = (done: number) => {
  if (stderr.isTTY) stderr.write(`\r${Math.round(100 * done)}% `);
};

try {
  const args = process.argv.slice(2);
  checkArguments({ name: 'data', options: dataOptions }, args, process.env);
  const asked = readDataArguments(args);
  if (!asked) console.log(dataHelp);
  else if (asked.task === 'draw') await drawPicture(asked);
  else {
    await exportImages(asked, onProgress);
    if (stderr.isTTY) stderr.write('\r');
  }
} catch (thrown) {
  const { line, exitCode } = endingOf(thrown, 'data');
  console.error(line);
  process.exitCode = exitCode;
}
