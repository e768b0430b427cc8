import { useEffect, useMemo } from 'react';
import { useKeptRuns, useShelf } from '../runs/context.ts';
import { assignPlaces, type ComparedRun, comparedRuns } from './comparedRuns.ts';
import { useCompare } from './compareStore.ts';

/** The run that trains is shown as it is, so often. */
const refreshEveryMs = 2000;

/** Outlives the view, so that a run keeps its colour for as long as the page lives. */
let places: ReadonlyMap<string, number> = new Map();

/** Every run that is kept and those present, newest first. Reads the shelf and keeps it up with training. */
export function useComparedRuns(): readonly ComparedRun[] {
  const kept = useKeptRuns();
  const runs = useShelf((state) => state.runs);
  const choices = useCompare((state) => state.choices);

  useEffect(() => {
    void kept.shelf.load().then(() => kept.refresh());
    const timer = setInterval(() => kept.refresh(), refreshEveryMs);
    return () => clearInterval(timer);
  }, [kept]);

  return useMemo(() => {
    places = assignPlaces(
      places,
      runs.map(({ key }) => key),
    );
    return comparedRuns(runs, choices, places);
  }, [runs, choices]);
}
