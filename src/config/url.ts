import { part } from '../report.ts';
import { type SettingField, settingField, settingFields, usedFields } from '../settings/fields.ts';
import { clamp, repairWord } from '../settings/kinds.ts';
import { imagesOfDatasets } from '../settings/scopes.ts';
import { table } from '../settings/table.ts';
import { type EngineChoice, engineChoices } from './engines.ts';
import { formerEngines, formerNames } from './formerEngines.ts';
import { type Goal, readGoal, writeGoal } from './goal.ts';
import { type PanelName, readPanels, writePanels } from './panels.ts';
import { type PresetName, presetNames, presets } from './presets.ts';
import { type Parameter, QueryReader, type UrlIssue } from './queryReader.ts';
import { canMake, isLone, type ReplayedMove, readMoves, writeMoves } from './replayedMove.ts';
import { type RivalSettings, rivalKeys, rivalSettingsOf } from './rival.ts';
import { imageSizeStep, type RunConfig } from './schema.ts';

/**
 * A run as the query of an address: the preset, and each setting that differs from it. Reading never fails: what
 * is malformed or out of range is replaced by the nearest valid value or the preset's, and reported.
 */

/** A run that is to be steered as another one was. */
export interface Replay {
  readonly moves: readonly ReplayedMove[];
  /** What the other one trained on, as `ranOn` says it; null where that is not known. */
  readonly ran: string | null;
  /** What a person says of it. */
  readonly caption: string | null;
}

/** Characters of a caption at most. */
export const longestCaption = 200;

/** What a link says of the page that shows the run. */
export interface Lesson {
  /** Panels that the page leaves out. */
  readonly hidden: readonly PanelName[];
  /** What the run is to reach; null for nothing. */
  readonly goal: Goal | null;
}

export const wholePage: Lesson = { hidden: [], goal: null };

export interface RunUrl {
  /** The preset that the other settings start from; null where the address names none. */
  readonly preset: PresetName | null;
  readonly config: RunConfig;
  readonly engine: EngineChoice;
  /** Where two runs are to train side by side: in what the second one differs. */
  readonly rival: RivalSettings | null;
  /** The moves of the run, or of side A; null where it has none and nothing is said of it. */
  readonly replay: Replay | null;
  /** The moves of side B. */
  readonly rivalMoves: readonly ReplayedMove[];
  readonly lesson: Lesson;
  readonly issues: readonly UrlIssue[];
}

function word<Word extends string>(values: readonly Word[]): Parameter<Word> {
  return { read: (text) => repairWord(values, text), write: (value) => value };
}

/** An engine as older links say it, under the key `backend`. */
const formerEngine: Parameter<EngineChoice> = {
  read: (text) => {
    const former = repairWord(formerNames, text);
    if (former.kind === 'refused') return repairWord(engineChoices, text);
    return {
      kind: 'value',
      value: formerEngines[former.value],
      asGiven: false,
      why: part('link.renamed'),
    };
  },
  write: (engine) => engine,
};

const rivalFields = rivalKeys.map(settingField);
/** The rival's settings go by names of their own: rivalGamma. */
const rivalName = ({ name }: SettingField) => `rival${name[0].toUpperCase()}${name.slice(1)}`;

/** Moves of a run. Steps of a player that the run does not have are left out. */
function movesOf(config: RunConfig): Parameter<readonly ReplayedMove[]> {
  return {
    read(text) {
      const read = readMoves(text);
      const stray = read.kind === 'value' ? read.value.find((move) => !canMake(config, move)) : undefined;
      if (read.kind === 'refused' || !stray || !isLone(stray)) return read;
      const value = read.value.filter((move) => canMake(config, move));
      return { kind: 'value', value, asGiven: false, why: part('move.noPlayer', { player: stray.player }) };
    },
    write: (moves) => (moves.length === 0 ? 'ignored' : writeMoves(moves)),
  };
}

const panels: Parameter<readonly PanelName[]> = {
  read: readPanels,
  write: (hidden) => (hidden.length === 0 ? 'ignored' : writePanels(hidden)),
};

const goal: Parameter<Goal | null> = {
  read: readGoal,
  write: (value) => (value === null ? 'ignored' : writeGoal(value)),
};

/** What a person wrote, for persons to read: cut where it is too long. */
const words: Parameter<string | null> = {
  read: (text) => {
    const value = text.trim().slice(0, longestCaption);
    return value === '' ? { kind: 'refused' } : { kind: 'value', value, asGiven: value === text.trim() };
  },
  write: (text) => text ?? 'ignored',
};

const knownNames: ReadonlySet<string> = new Set([
  ...['preset', 'engine', 'backend', 'moves', 'rivalMoves', 'ran', 'caption', 'hide', 'goal'],
  ...[...settingFields.map(({ name }) => name), ...rivalFields.map(rivalName)],
]);

/** A configuration with the settings that the query gives under these names. */
function readSettings(
  reader: QueryReader,
  base: RunConfig,
  fields: readonly SettingField[],
  nameOf: (field: SettingField) => string,
): RunConfig {
  return fields.reduce(
    (config, field) =>
      reader.read(
        nameOf(field),
        { read: (text) => field.repair(text, config), write: (value) => field.textOf(value) },
        config,
      ),
    base,
  );
}

/** The engine, which older links call `backend` and by other names. */
function readEngine(reader: QueryReader): EngineChoice {
  if (reader.has('engine')) {
    if (reader.has('backend')) reader.ignore('backend');
    return reader.read<EngineChoice>('engine', word(engineChoices), 'auto');
  }
  return reader.read<EngineChoice>('backend', formerEngine, 'auto');
}

function readReplay(reader: QueryReader, config: RunConfig): Replay | null {
  const replay = {
    moves: reader.read('moves', movesOf(config), []),
    ran: reader.read('ran', words, null),
    caption: reader.read('caption', words, null),
  };
  return replay.moves.length > 0 || replay.caption !== null ? replay : null;
}

/** The rival settings beside a run, the run's own where they are not given; null where none is. */
function readRival(reader: QueryReader, run: RunConfig): RivalSettings | null {
  if (!rivalFields.some((field) => reader.has(rivalName(field)))) return null;
  return rivalSettingsOf(readSettings(reader, run, rivalFields, rivalName));
}

/** The nearest side that the data set's images may have and that 2^convolutions divides. */
function nearestImageSize({ imageSize, convWidths, dataset }: RunConfig): number {
  const step = imageSizeStep(convWidths.length);
  const { min, max } = table.imageSize;
  const nearest = clamp(Math.round(imageSize / step) * step, {
    min: Math.ceil(min / step) * step,
    max: Math.floor(max / step) * step,
  });
  const sides = imagesOfDatasets[dataset].sides ?? [nearest];
  const distance = (side: number) => Math.abs(side - imageSize);
  return sides.reduce((best, side) => (distance(side) < distance(best) ? side : best));
}

/** The configuration with images that its data set makes, told where the address asks for others. */
function withPossibleImages(given: RunConfig, reader: QueryReader): RunConfig {
  const imageSize = nearestImageSize(given);
  if (imageSize !== given.imageSize)
    reader.issues.push({ field: 'imageSize', given: String(given.imageSize), used: String(imageSize) });
  const allowed = imagesOfDatasets[given.dataset].channels;
  const channels = allowed.includes(given.channels) ? given.channels : allowed[0];
  if (channels !== given.channels && reader.has('channels'))
    reader.issues.push({ field: 'channels', given: String(given.channels), used: String(channels) });
  return { ...given, imageSize, channels };
}

/** Reads the query of an address. `fallbackPreset` serves where it names no preset. */
export function parseRunUrl(search: string, fallbackPreset: PresetName): RunUrl {
  const reader = new QueryReader(search, knownNames);
  const named = reader.has('preset')
    ? reader.read<PresetName | null>(
        'preset',
        { read: word(presetNames).read, write: (preset) => preset ?? fallbackPreset },
        null,
      )
    : null;
  const given = readSettings(reader, presets[named ?? fallbackPreset], settingFields, ({ name }) => name);
  const config = withPossibleImages(given, reader);
  const engine = readEngine(reader);
  const rival = readRival(reader, config);
  const replay = readReplay(reader, config);
  const rivalMoves = reader.read('rivalMoves', movesOf({ ...config, ...rival }), []);
  const lesson = {
    hidden: reader.read('hide', panels, wholePage.hidden),
    goal: reader.read('goal', goal, wholePage.goal),
  };
  reader.ignoreRest();
  return { preset: named, config, engine, rival, replay, rivalMoves, lesson, issues: reader.issues };
}

/** How a run, or both sides, were steered, and what the page shows of it. */
export interface Story {
  readonly replay?: Replay | null;
  readonly rivalMoves?: readonly ReplayedMove[];
  readonly lesson?: Lesson;
}

/**
 * The query (with "?") that `parseRunUrl` reads back as this run: the preset and what differs from it, and in what
 * side B differs from the run. What neither side uses is left out, so it reads back as the preset's.
 */
export function runQuery(
  config: RunConfig,
  preset: PresetName,
  engine: EngineChoice,
  rival: RivalSettings | null = null,
  story: Story = {},
): string {
  const query = new URLSearchParams({ preset });
  const base = presets[preset];
  const sideB = rival && { ...config, ...rival };
  for (const field of settingFields)
    if (field.isUsedBy(config) || (sideB && field.isUsedBy(sideB)))
      writeDifference(query, field.name, field, config, base);
  if (engine !== 'auto') query.set('engine', engine);
  if (sideB) writeRival(query, sideB, config);
  const { replay = null, rivalMoves: ofB = [], lesson = wholePage } = story;
  if (replay && replay.moves.length > 0) query.set('moves', writeMoves(replay.moves));
  if (ofB.length > 0) query.set('rivalMoves', writeMoves(ofB));
  if (replay?.ran && (query.has('moves') || query.has('rivalMoves'))) query.set('ran', replay.ran);
  if (replay?.caption) query.set('caption', replay.caption);
  if (lesson.hidden.length > 0) query.set('hide', writePanels(lesson.hidden));
  if (lesson.goal) query.set('goal', writeGoal(lesson.goal));
  return `?${query}`;
}

function writeRival(query: URLSearchParams, sideB: RunConfig, run: RunConfig): void {
  const before = query.size;
  for (const field of rivalFields)
    if (field.isUsedBy(sideB)) writeDifference(query, rivalName(field), field, sideB, run);
  // Something must say that there is a side B, even one that is the same in all.
  if (query.size === before) query.set('rivalObjective', sideB.objective);
}

function writeDifference(
  query: URLSearchParams,
  name: string,
  field: SettingField,
  config: RunConfig,
  base: RunConfig,
): void {
  const text = field.textOf(config);
  if (text !== field.textOf(base)) query.set(name, text);
}

/** The preset that a run equals in all that it uses but its seed, its objective and its live settings, if any. */
export function presetOf(config: RunConfig): PresetName | null {
  const fixed = usedFields(config).filter(({ acts }) => acts === 'newRun');
  return (
    presetNames.find((name) =>
      fixed.every((field) => field.textOf(presets[name]) === field.textOf(config)),
    ) ?? null
  );
}
