import { AppError } from '../src/errors.ts';
import { commandLine } from './commandLine.ts';
import { mendedArguments } from './mendedArguments.ts';

/** A command of package.json, to tell what npm or a word processor made of its arguments. */
export interface Command {
  /** As in `npm run NAME`. */
  readonly name: string;
  /** Its options that take a value, without dashes. */
  readonly options: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Looks for what no command means to say: options that npm kept for itself, for want of a "--" before them, and dashes, quotes and
 * spaces that a word processor or a web page changed.
 * @throws AppError UsageError naming what is wrong and showing the command as it was meant.
 */
export function checkArguments(command: Command, args: readonly string[], env: Environment): void {
  const { mended, problems } = mendedArguments(args, command.options);
  const kept = keptByNpm(command, mended, env);
  if (kept) {
    const options = kept.options.map((name) => `--${name}`);
    throw new AppError('UsageError.keptByNpm', { options, command: commandLine(command.name, kept.args) });
  }
  if (problems.length > 0)
    throw new AppError('UsageError.characters', { problems, command: commandLine(command.name, mended) });
}

interface KeptByNpm {
  readonly options: readonly string[];
  /** The arguments as they were meant. */
  readonly args: readonly string[];
}

/** npm takes --preset=tiny as a setting of its own and hands it on as npm_config_preset; of --preset tiny only "true". */
function keptByNpm({ name, options }: Command, args: readonly string[], env: Environment): KeptByNpm | null {
  if (env.npm_lifecycle_event !== name) return null;
  const texts = new Map<string, string>();
  for (const option of options) {
    const text = env[`npm_config_${option.replaceAll('-', '_')}`];
    if (text !== undefined) texts.set(option, text === 'true' ? '' : text);
  }
  if (options.includes('gamma') && keptAsLetters(env)) texts.set('gamma', '');
  if (texts.size === 0) return null;

  const firstOption = args.findIndex((arg) => arg.startsWith('--'));
  const leftOver = firstOption < 0 ? [...args] : args.slice(0, firstOption);
  const behind = firstOption < 0 ? [] : args.slice(firstOption);
  const withoutText = [...texts].filter(([, text]) => text === '');
  // Which value belongs to which option npm does not tell; of a single one it is plain.
  const [only] = withoutText;
  if (only && withoutText.length === 1) texts.set(only[0], leftOver.pop() ?? '');
  else leftOver.splice(Math.max(0, leftOver.length - withoutText.length));
  const shown = [...texts].flatMap(([option, text]) => [`--${option}`, text === '' ? '...' : text]);
  return { options: [...texts.keys()], args: [...leftOver, ...shown, ...behind] };
}

/** npm reads --gamma as its short options -g -a -m -m -a: global, all, message. */
function keptAsLetters(env: Environment): boolean {
  return (
    env.npm_config_global === 'true' && env.npm_config_all === 'true' && env.npm_config_message !== undefined
  );
}
