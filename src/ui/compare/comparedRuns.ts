import { groupRuns } from '../../record/groups.ts';
import type { RunRecord } from '../../record/runRecord.ts';
import type { LineStyle } from '../charts/series.ts';
import { latentColour } from '../latentColour.ts';
import type { ShelvedRun } from '../runs/shelf.ts';

export interface ComparedRun {
  readonly key: string;
  readonly record: RunRecord;
  readonly style: LineStyle;
  readonly shown: boolean;
}

/** More curves than this are hard to tell apart, so no more are shown unasked. */
const shownUnasked = 8;
/**
 * Of so many colours each is told from the others at a glance, by whatever eyes: the next ones get another dash.
 */
const coloursPerDash = 5;
const dashes = ['', '8 4', '2 3', '10 3 2 3', '4 2', '12 3 2 3 2 3'];

/** How the line of a place in the palette is drawn: no two of the first 30 have both colour and dash in common. */
export function styleOf(place: number): LineStyle {
  return {
    colour: latentColour(place),
    dash: dashes[Math.floor(place / coloursPerDash) % dashes.length],
  };
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

/** What each run is coloured by, by its key: its group where runs are grouped by their settings, else itself. */
export function styleKeys(runs: readonly ShelvedRun[], grouped: boolean): ReadonlyMap<string, string> {
  if (!grouped) return new Map(runs.map(({ key }) => [key, key]));
  const groups = groupRuns(runs.toReversed(), ({ record }) => record);
  return new Map(groups.flatMap((group) => group.runs.map(({ key }) => [key, group.key] as const)));
}

/** The runs, newest first, with the colours of the places that `placeOf` gives them. */
export function comparedRuns(
  runs: readonly ShelvedRun[],
  choices: ReadonlyMap<string, boolean>,
  placeOf: (run: ShelvedRun) => number,
): ComparedRun[] {
  return runs.toReversed().map((run, index) => ({
    key: run.key,
    record: run.record,
    style: styleOf(placeOf(run)),
    shown: choices.get(run.key) ?? index < shownUnasked,
  }));
}
