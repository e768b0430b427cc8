import type { RunRecord } from '../../record/runRecord.ts';
import { latentColour } from '../latentColour.ts';
import type { ShelvedRun } from '../runs/shelf.ts';

/** How the line of a run is told from the others. */
export interface RunStyle {
  readonly colour: string;
  /** Empty for a solid line. */
  readonly dash: string;
}

export interface ComparedRun {
  readonly key: string;
  readonly record: RunRecord;
  readonly style: RunStyle;
  readonly shown: boolean;
}

/** More curves than this are hard to tell apart, so no more are shown unasked. */
const shownUnasked = 8;
const colours = 10;
const dashes = ['', '7 3', '2 3', '9 3 2 3'];

/** The colour of a place in the palette; those beyond its end are dashed. */
export function styleOf(place: number): RunStyle {
  return { colour: latentColour(place % colours), dash: dashes[Math.floor(place / colours) % dashes.length] };
}

/** A place in the palette for every key: those that have one keep it, the others take the first that are free. */
export function assignPlaces(
  before: ReadonlyMap<string, number>,
  keys: readonly string[],
): ReadonlyMap<string, number> {
  const kept = keys.flatMap((key) => {
    const place = before.get(key);
    return place === undefined ? [] : [[key, place] as const];
  });
  const places = new Map(kept);
  const taken = new Set(places.values());
  let free = 0;
  for (const key of keys) {
    if (places.has(key)) continue;
    while (taken.has(free)) free++;
    places.set(key, free++);
  }
  return places;
}

/** The runs with their colours, newest first, as they are listed. */
export function comparedRuns(
  runs: readonly ShelvedRun[],
  choices: ReadonlyMap<string, boolean>,
  places: ReadonlyMap<string, number>,
): ComparedRun[] {
  return runs.toReversed().map(({ key, record }, index) => ({
    key,
    record,
    style: styleOf(places.get(key) ?? 0),
    shown: choices.get(key) ?? index < shownUnasked,
  }));
}
