import { AppError } from '../src/errors.ts';

/** What a command that reads files was given. */
export interface FileArguments {
  readonly paths: readonly string[];
  /** Each option's text by its name. */
  readonly options: ReadonlyMap<string, string>;
}

/**
 * Reads the arguments of a command: files, and options that each take a value. Null where help is asked for. Behind
 * "--" everything is a file.
 * @throws AppError UsageError naming the argument and what would be valid.
 */
export function readFileArguments(args: readonly string[], names: readonly string[]): FileArguments | null {
  const end = args.indexOf('--');
  const before = end < 0 ? args : args.slice(0, end);
  if (before.includes('--help') || before.includes('-h')) return null;
  const paths: string[] = [];
  const options = new Map<string, string>();
  for (let at = 0; at < before.length; at++) {
    const argument = before[at];
    if (!argument.startsWith('-')) {
      paths.push(argument);
      continue;
    }
    const [, name = '', inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (!names.includes(name))
      throw new AppError('UsageError.unknownOfFiles', {
        argument,
        known: names.map((option) => `--${option} VALUE`),
      });
    const value = inline ?? before[++at];
    if (value === undefined || value === '' || value.startsWith('--'))
      throw new AppError('UsageError.noValueOfFiles', { option: name });
    if (options.has(name)) throw new AppError('UsageError.twiceOfFiles', { option: name });
    options.set(name, value);
  }
  return { paths: end < 0 ? paths : [...paths, ...args.slice(end + 1)], options };
}
