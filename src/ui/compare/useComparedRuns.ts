import { useEffect, useMemo } from 'react';
import { useKeptRuns, useShelf } from '../runs/context.ts';
import { assignPlaces, type ComparedRun, comparedRuns } from './comparedRuns.ts';
import { useCompare } from './compareStore.ts';

/** The run that trains is shown as it is, so often. */
const refreshEveryMs = 2000;

/** Outlives the view, so that a run keeps its colour for as long as the page lives. */
let places: ReadonlyMap<string, number> = new Map();

/** Every run that is kept and the present one, newest first. Reads the shelf and keeps it up with training. */
export function useComparedRuns(): readonly ComparedRun[] {
  const { shelf, keeper } = useKeptRuns();
  const runs = useShelf((state) => state.runs);
  const choices = useCompare((state) => state.choices);

  useEffect(() => {
    void shelf.load().then(() => keeper.refresh());
    const timer = setInterval(() => keeper.refresh(), refreshEveryMs);
    return () => clearInterval(timer);
  }, [shelf, keeper]);

  return useMemo(() => {
    places = assignPlaces(
      places,
      runs.map(({ key }) => key),
    );
    return comparedRuns(runs, choices, places);
  }, [runs, choices]);
}
