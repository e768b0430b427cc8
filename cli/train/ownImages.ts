import { presets } from '../../src/config/presets.ts';
import { AppError } from '../../src/errors.ts';
import { imageSizes, writeStoredImages } from '../../src/files/storedImages.ts';
import { isColour } from '../../src/intake/isColour.ts';
import { nameOf, openSource } from '../../src/intake/openSource.ts';
import { type TakenImages, takeImages, usualBudget } from '../../src/intake/take.ts';
import { word } from '../../src/locale/word.ts';
import { part } from '../../src/report.ts';
import { settingField } from '../../src/settings/fields.ts';
import { dataName, type OwnData } from '../../src/settings/ownData.ts';
import { inputFiles, nodeMachine } from '../nodeIntake.ts';
import { wholeOption } from '../wholeOption.ts';
import { DataFolder } from './dataFolder.ts';
import { presetsOf, readArguments } from './options.ts';

/**
 * The arguments with what --data names made into a set, which is kept beside the runs, and named by its hash
 * instead: as a link would say it. Unchanged where there is no --data.
 * @throws AppError UsageError, and what cannot be read or written.
 */
export async function withOwnImages(
  args: readonly string[],
  say: (line: string) => void,
): Promise<readonly string[]> {
  if (args.includes('--help') || args.includes('-h')) return args;
  const given = readArguments(args);
  const path = given.get('data');
  if (path === undefined) return args;
  const out = given.get('out');
  if (!out) throw new AppError('UsageError.noDirectory');
  const [preset] = presetsOf(given.get('preset') ?? 'quick');
  const size = choiceOf(
    'image-size',
    imageSizes,
    given.get('image-size') ?? String(presets[preset].imageSize),
  );
  const seed = wholeOption('data-seed', given.get('data-seed') ?? '0', 0);
  const files = await inputFiles(path);
  say(`Reads the images of ${path} ...`);
  const source = await openSource(files, nodeMachine);
  const asked = given.get('channels');
  const channels =
    asked === undefined ? ((await isColour(source)) ? 3 : 1) : choiceOf('channels', [1, 3] as const, asked);
  const taken = await takeImages(source, { fit: { size, channels }, budget: usualBudget, seed });
  const bytes = writeStoredImages(taken.stored);
  const folder = new DataFolder(out);
  const hash = await folder.put(bytes);
  const data: OwnData = {
    hash,
    name: dataName(nameOf(files)),
    count: taken.stored.count,
    seed: taken.chosen ? seed : null,
  };
  for (const line of told(taken, bytes.length)) say(line);
  const config = { ...presets[preset], data };
  const settings = {
    dataset: 'own',
    data: settingField('data').textOf(config),
    'image-size': String(size),
    channels: String(channels),
  };
  const rest = [...given].filter(([name]) => name !== 'data-seed' && !Object.hasOwn(settings, name));
  return [...rest, ...Object.entries(settings)].map(([name, value]) => `--${name}=${value}`);
}

function told({ stored, found, chosen, notes }: TakenImages, bytes: number): string[] {
  const { head, count } = stored;
  const images = { count, size: head.size, channels: head.channels, bits: head.bits, bytes };
  const factors = head.factors
    ? part('intake.factors', {
        factors: head.factors.map(({ name, values }) => `${name} (${values.length})`),
      })
    : part('intake.noFactors');
  return [
    word(part('intake.taken', images)),
    ...(chosen ? [word(part('intake.chosen', { found }))] : []),
    word(factors),
    ...notes.map(word),
  ];
}

function choiceOf<Value extends number>(option: string, values: readonly Value[], text: string): Value {
  const value = values.find((known) => String(known) === text.trim());
  if (value === undefined) throw new AppError('UsageError.oneOf', { option, names: values, given: text });
  return value;
}
