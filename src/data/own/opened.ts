import { AppError } from '../../errors.ts';
import { part } from '../../report.ts';
import type { OwnData } from '../../settings/ownData.ts';
import type { DatasetName } from '../../settings/scopes.ts';
import type { OwnImages } from './images.ts';

/**
 * The sets that this thread has opened. A set is named by the hash of its bytes, so what stands under a name is
 * always the same: `imagesOf` stays a function of settings alone. Reading a set takes time, so it is done
 * beforehand, once, where a run comes in: by the Worker and by the command line.
 */
const opened = new Map<string, OwnImages>();

/** The set of these settings. @throws AppError OwnDataError where it was not opened. */
export function openedImages(settings: Omit<OwnSettings, 'dataset'>): OwnImages {
  const images = settings.data && opened.get(settings.data.hash);
  if (!images) throw missingError(settings);
  return images;
}

/** Where sets are kept. */
export interface DataShelf {
  /** Null where there is no such set. @throws AppError OwnDataError where it cannot be read. */
  open(hash: string): Promise<OwnImages | null>;
}

/** The settings that say which images a run sees. */
export interface OwnSettings {
  readonly dataset: DatasetName;
  readonly data: OwnData | null;
  readonly imageSize: number;
  readonly channels: number;
}

/**
 * Reads the set that settings name; null where nothing is to be read, so that a run may take its place at once.
 * Runs side by side have the same set; older ones are let go.
 * @throws AppError OwnDataError where it is missing, saying what to drop, or where its images are of another size.
 */
export function openImages(settings: OwnSettings, shelf: DataShelf): Promise<void> | null {
  return settings.dataset === 'own' ? openSet(settings, shelf) : null;
}

async function openSet(settings: Omit<OwnSettings, 'dataset'>, shelf: DataShelf): Promise<void> {
  const { data, imageSize, channels } = settings;
  const images = data && (opened.get(data.hash) ?? (await shelf.open(data.hash)));
  if (!images) throw missingError(settings);
  if (images.size !== imageSize || images.channels !== channels)
    throw new AppError('OwnDataError.size', {
      name: data.name,
      size: images.size,
      channels: images.channels,
      asked: imageSize,
      askedChannels: channels,
    });
  opened.delete(data.hash);
  opened.set(data.hash, images);
  // The run that is there may go on with its own until the next one is made.
  for (const hash of [...opened.keys()].slice(0, -2)) opened.delete(hash);
}

function missingError({ data, imageSize, channels }: Omit<OwnSettings, 'dataset'>): AppError {
  if (data === null) return new AppError('OwnDataError.none');
  const { name, count, hash, seed } = data;
  const chosen = seed === null ? part('ownData.all') : part('ownData.chosen', { seed });
  return new AppError('OwnDataError.missing', { name, count, size: imageSize, channels, hash, chosen });
}

/** A place where nothing is kept. */
export const emptyShelf: DataShelf = { open: async () => null };
