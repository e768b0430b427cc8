import { constants } from 'node:os';
import { basename } from 'node:path';
import { codeOf, exitCodes } from './failures.ts';
import { watchNpm } from './npm.ts';

/** Why the command stops before its work is done. */
export class Stop extends Error {
  readonly exitCode: number;

  constructor(why: string, exitCode: number) {
    super(why);
    this.exitCode = exitCode;
  }
}

/** A signal that comes again within this time is the same one, handed on by npm as well as by the terminal. */
const sameMs = 1000;

/**
 * A signal that is aborted by the first Ctrl-C, SIGTERM or SIGHUP, where nobody reads what is printed any more, and
 * where the npm that started the process is gone. A second Ctrl-C or SIGTERM ends the process at once.
 */
export function stopWhenAsked(say: (sentence: string) => void): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  const stop = (reason: Stop) => {
    if (controller.signal.aborted) return;
    firstAt = performance.now();
    controller.abort(reason);
    say(reason.message);
  };
  const again = (exitCode: number) => {
    if (performance.now() - firstAt > sameMs) process.exit(exitCode);
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    const exitCode = exitCodeOfSignal(name);
    process.on(name, () =>
      controller.signal.aborted
        ? again(exitCode)
        : stop(
            new Stop('Stops after the step under way and writes all; once more to stop at once.', exitCode),
          ),
    );
  }
  const hangUp = (why: string) =>
    stop(new Stop(`${why}: stops after the step under way and writes all.`, exitCodeOfSignal('SIGHUP')));
  // Node forgets what nohup asked of it, and what it runs is not to end with its terminal.
  const detached = basename(process.env._ ?? '') === 'nohup';
  process.on('SIGHUP', () => detached || hangUp('The terminal was closed'));
  if (!detached) watchNpm(() => hangUp('The npm that started this has ended'));

  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) =>
      stop(
        codeOf(error) === 'EPIPE'
          ? new Stop('Nobody reads what is printed: stops and writes all.', exitCodeOfSignal('SIGPIPE'))
          : new Stop(
              `Output cannot be written (${error.message}): stops and writes all.`,
              exitCodes.notWritten,
            ),
      ),
    );
  return controller.signal;
}

/** What shells report of a process that a signal ended. */
function exitCodeOfSignal(name: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGPIPE'): number {
  return 128 + constants.signals[name];
}
