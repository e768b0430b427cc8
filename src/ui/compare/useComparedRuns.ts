import { useEffect, useMemo } from 'react';
import { useKeptRuns, useShelf } from '../runs/context.ts';
import { assignPlaces, type ComparedRun, comparedRuns, styleKeys } from './comparedRuns.ts';
import { useCompare } from './compareStore.ts';

/** The run that trains is shown as it is, so often. */
const refreshEveryMs = 2000;

/** Outlives the view, so that a run, or a group, keeps its colour for as long as the page lives. */
const places = { runs: emptyPlaces(), groups: emptyPlaces() };

function emptyPlaces(): ReadonlyMap<string, number> {
  return new Map();
}

/** Every run that is kept and those present, newest first. Reads the shelf and keeps it up with training. */
export function useComparedRuns(): readonly ComparedRun[] {
  const kept = useKeptRuns();
  const runs = useShelf((state) => state.runs);
  const choices = useCompare((state) => state.choices);
  const grouped = useCompare((state) => state.grouped);

  useEffect(() => {
    void kept.shelf.load().then(() => kept.refresh());
    const timer = setInterval(() => kept.refresh(), refreshEveryMs);
    return () => clearInterval(timer);
  }, [kept]);

  return useMemo(() => {
    const kind = grouped ? 'groups' : 'runs';
    const keys = styleKeys(runs, grouped);
    places[kind] = assignPlaces(places[kind], [...new Set(keys.values())]);
    return comparedRuns(runs, choices, ({ key }) => places[kind].get(keys.get(key) ?? key) ?? 0);
  }, [runs, choices, grouped]);
}
