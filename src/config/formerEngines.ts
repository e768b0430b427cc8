import type { EngineName } from './engines.ts';

/**
 * What engines were called while they went by tfjs' backends. Links, records, copies of runs and the command line
 * then said `backend` where they now say `engine`; that key tells the former names from today's, for a name can be
 * of both.
 */
export const formerEngines = {
  wasm: 'tfjs-wasm',
  webgl: 'tfjs-webgl',
  cpu: 'tfjs-cpu',
} as const satisfies Readonly<Record<string, EngineName>>;
export const formerNames = [
  'wasm',
  'webgl',
  'cpu',
] as const satisfies readonly (keyof typeof formerEngines)[];

/** Today's name of an engine of former times; what was not renamed stays, whatever it is. */
export function presentEngine(former: unknown): unknown {
  const name = formerNames.find((known) => known === former);
  return name ? formerEngines[name] : former;
}
