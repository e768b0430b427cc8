import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { PanelName } from '../config/panels.ts';
import { panelTitles } from '../locale/en/panels.ts';
import { Guarded } from './Guarded.tsx';
import { useSides } from './sides/context.ts';

/** The panels that the link leaves out. */
export function useHiddenPanels(): readonly PanelName[] {
  return useStore(useSides().lesson, ({ hidden }) => hidden);
}

/** A panel that a link may leave out, and that fails alone. */
export function Hideable({ panel, children }: { panel: PanelName; children: ReactNode }) {
  return useHiddenPanels().includes(panel) ? null : <Guarded name={panelTitles[panel]}>{children}</Guarded>;
}
