import { part } from '../report.ts';
import type { Repair } from '../settings/setting.ts';

/** The page's panels as `hide` in an address names them. */
export const panelNames = [
  'models',
  'objective',
  'newrun',
  'traversals',
  'reconstructions',
  'disentanglement',
  'correlation',
  'alignment',
  'play',
  'curves',
] as const;
export type PanelName = (typeof panelNames)[number];

/** Panels in an address: "newrun-play". */
export function writePanels(panels: readonly PanelName[]): string {
  return panelNames.filter((name) => panels.includes(name)).join('-');
}

/**
 * Reads what `writePanels` wrote. Only letters count: "New run, play" will do. A word that is no panel is left
 * out, and named.
 */
export function readPanels(text: string): Repair<readonly PanelName[]> {
  const asked = text.split(/[-,;]/).filter((word) => word.trim() !== '');
  const found = asked.map((word) => panelNames.find((name) => name === lettersOf(word)));
  const value = panelNames.filter((name) => found.includes(name));
  const stray = asked[found.indexOf(undefined)];
  if (value.length === 0) return { kind: 'refused' };
  return stray === undefined
    ? { kind: 'value', value, asGiven: true }
    : { kind: 'value', value, asGiven: false, why: part('link.noPanel', { name: stray.trim() }) };
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '');
}
