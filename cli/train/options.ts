import { presentEngine } from '../../src/config/formerEngines.ts';
import { type PresetName, presetNames, presetSteps } from '../../src/config/presets.ts';
import { AppError } from '../../src/errors.ts';
import { word } from '../../src/locale/word.ts';
import { part } from '../../src/report.ts';
import type { Command } from '../checkArguments.ts';
import { wholeOption } from '../wholeOption.ts';
import { byLikeness } from './closest.ts';
import { type Engine, engines } from './engines.ts';
import { type Setting, settings } from './settings.ts';
import { type SettingValues, type SweptRun, sweepOf } from './sweep.ts';
import { refuseRepeats, sweepTexts } from './sweepValues.ts';

/** What the command was asked to do. */
export interface TrainOptions {
  /** Directory of the run's files; of a sweep, of its runs' directories. */
  readonly out: string;
  readonly engine: Engine;
  /** Steps of each run; null for what suits its preset. */
  readonly steps: number | null;
  /** Steps between evaluations; 0 for one at the end only. */
  readonly evaluateEvery: number;
  /** Seconds between two checkpoints while a run trains. */
  readonly checkpointEvery: number;
  /** Whether each run writes events for TensorBoard. */
  readonly tensorboard: boolean;
  /** Runs of a sweep at a time; null for as many as suit the engine. */
  readonly jobs: number | null;
  /** Threads of the WebAssembly engine; null for one a core. */
  readonly threads: number | null;
  readonly runs: readonly SweptRun[];
  /** What of the options has no effect, a sentence each; absent where all have. */
  readonly notices?: readonly string[];
}

const ownOptions = {
  out: 'directory for the files of the run, or of each run of a sweep; required',
  preset: `${presetNames.join(', ')}: where the settings start from; by default quick`,
  steps: `steps of a run; by default ${presetNames.map((preset) => `${presetSteps[preset]} for ${preset}`).join(', ')}`,
  engine: `${engines.join(', ')}: what trains; by default auto, webgpu where there is a GPU, else wasm`,
  jobs: 'runs of a sweep at a time, each in a process of its own; by default one a core, and one on a GPU',
  threads: 'threads of a run on wasm; by default one a core, divided among the jobs',
  data: 'file or folder of images of your own: PNG, JPEG, WebP, or .zip, .npz, .npy, .safetensors, .h5 of many',
  'data-seed': 'what chooses the images where there is no room for all of them; by default 0',
  'evaluate-every': 'steps between evaluations; 0, the default, for one at the end',
  'checkpoint-every': 'seconds between checkpoints, beside the one at the end; by default 60',
  tensorboard: 'on, off: event files for TensorBoard and other trackers, beside metrics.jsonl; by default on',
} as const;
type OwnOption = keyof typeof ownOptions;

/** What --engine was called, with other names for some engines. */
const formerOption = 'backend';

/** Which own images is said by --data, a path, and told by their hash after that. */
const otherSettings = settings.filter(({ option }) => option !== 'data');

/** The command, with its options that take a value. */
export const command = {
  name: 'train',
  options: [...Object.keys(ownOptions), formerOption, ...otherSettings.map(({ option }) => option)],
} as const satisfies Command;
const optionNames = [...Object.keys(ownOptions), ...otherSettings.map(({ option }) => option), 'help'];

export const help = [
  'npm run train -- --out DIR [--preset quick] [--steps 10000] [--SETTING VALUE ...]',
  '',
  'Trains without a page. Ctrl-C stops after the step and writes all; the same command goes on from there.',
  'A list with commas, of presets or of any setting, makes a sweep: every combination.',
  '',
  ...Object.entries(ownOptions).map(([name, text]) => helpLine(name, text)),
  '',
  'Settings, by default the preset’s:',
  ...otherSettings.map(({ option, summary }) => helpLine(option, summary)),
  '',
  'Exit codes:',
  '  0    all runs are done',
  '  2    the options or the directory cannot be used, or another process uses it',
  '  3    a run diverged: a loss was no longer finite',
  '  4    a file could not be written, for example on a full disk; the last checkpoint is kept',
  '  5    a file of the run is damaged and cannot be made again; nothing was changed',
  '  128 + n  a signal stopped it: 130 Ctrl-C, 143 TERM, 129 HUP, 141 a closed pipe; all is written, and the same',
  '           command goes on from there',
  'Any other code is an error of the program. Of a sweep the code is that of the first run that failed.',
].join('\n');

/**
 * Reads the command's arguments; null where help is asked for.
 * @throws AppError UsageError naming the option and what would be valid.
 */
export function parseOptions(args: readonly string[]): TrainOptions | null {
  if (args.includes('--help') || args.includes('-h')) return null;
  const given = readArguments(args);
  const own = (name: OwnOption) => given.get(name);
  const out = own('out');
  if (!out) throw new AppError('UsageError.noDirectory');
  const steps = own('steps');
  const { engine, notice } = engineOf(given);
  const sweep = sweepOf(
    presetsOf(own('preset') ?? 'quick'),
    settings.flatMap((setting) => valuesOf(setting, given)),
  );
  const notices = [...(notice === null ? [] : [notice]), ...sweep.notices];
  return {
    out,
    engine,
    steps: steps === undefined ? null : wholeOption('steps', steps, 1),
    evaluateEvery: wholeOption('evaluate-every', own('evaluate-every') ?? '0', 0),
    checkpointEvery: wholeOption('checkpoint-every', own('checkpoint-every') ?? '60', 1),
    tensorboard: oneOf('tensorboard', ['on', 'off'], own('tensorboard') ?? 'on') === 'on',
    jobs: wholeOrNull('jobs', own('jobs')),
    threads: wholeOrNull('threads', own('threads'), mostThreads),
    runs: sweep.runs,
    ...(notices.length > 0 && { notices }),
  };
}

/** What shares one memory: more would be a slip. */
export const mostThreads = 256;

function wholeOrNull(name: OwnOption, text: string | undefined, most?: number): number | null {
  return text === undefined ? null : wholeOption(name, text, 1, most);
}

/** The engine asked for, and what to say where it was asked for as formerly. */
function engineOf(given: ReadonlyMap<string, string>): { engine: Engine; notice: string | null } {
  const former = given.get(formerOption);
  if (former === undefined)
    return { engine: oneOf('engine', engines, given.get('engine') ?? 'auto'), notice: null };
  if (given.has('engine')) throw new AppError('UsageError.twice', { option: 'engine' });
  const engine = oneOf('engine', engines, String(presentEngine(former)));
  return { engine, notice: word(part('formerEngineOption', { former, engine })) };
}

/** Each option's text by its name. */
export function readArguments(args: readonly string[]): Map<string, string> {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(args[at]) ?? [];
    if (name === undefined) throw new AppError('UsageError.notAnOption', { argument: args[at] });
    if (name !== formerOption && !optionNames.includes(name)) throw unknownOption(name);
    const value = inline ?? args[++at];
    if (value === undefined || value === '' || value.startsWith('--'))
      throw new AppError('UsageError.noValue', { option: name });
    if (given.has(name)) throw new AppError('UsageError.twice', { option: name });
    given.set(name, value);
  }
  return given;
}

function unknownOption(name: string): AppError {
  const known = byLikeness(name, optionNames).map((other) => `--${other}`);
  return new AppError('UsageError.unknown', { option: name, known });
}

export function presetsOf(text: string): PresetName[] {
  const texts = text.split(/[,;]/).map((part) => part.trim());
  const names = texts.map((name) => oneOf('preset', presetNames, name));
  refuseRepeats('preset', texts, names);
  return names;
}

function valuesOf(setting: Setting, given: ReadonlyMap<string, string>): SettingValues[] {
  const text = given.get(setting.option);
  if (text === undefined) return [];
  const texts = sweepTexts(setting, text);
  const values = texts.map((value) => setting.parse(value));
  refuseRepeats(setting.option, texts, values);
  return [{ setting, values }];
}

function oneOf<Name extends string>(option: string, names: readonly Name[], given: string): Name {
  const found = names.find((name) => name === given);
  if (!found) throw new AppError('UsageError.oneOf', { option, names, given });
  return found;
}

function helpLine(name: string, text: string): string {
  return `  --${name.padEnd(28)} ${text}`;
}
