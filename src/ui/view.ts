import { useSyncExternalStore } from 'react';
import { linkFragment } from '../config/link.ts';

/** What fills the page. It stands in the address behind the #, so that links and the way back work. */
export type View = 'train' | 'sideBySide' | 'compare' | 'projector';

export const views: readonly View[] = ['train', 'sideBySide', 'compare', 'projector'];
export const viewAddress: Readonly<Record<View, string>> = {
  train: '#train',
  sideBySide: '#side-by-side',
  compare: '#compare',
  projector: '#projector',
};

export interface ViewReading {
  readonly view: View;
  /** What stands behind the # and names no view. */
  readonly unknown: string | null;
}

const lettersOf = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');

/** The view that the part of an address behind the # names: by its letters, so #Compare) is #compare. */
export function readView(hash: string): ViewReading {
  const fragment = linkFragment(hash);
  const view = views.find((known) => lettersOf(viewAddress[known]) === lettersOf(fragment));
  if (view) return { view, unknown: null };
  return { view: 'train', unknown: fragment === '' ? null : fragment };
}

/** The fragment of the address as it should stand there. */
export function mendedHash(hash: string): string {
  const { view, unknown } = readView(hash);
  return hash === '' || unknown !== null ? hash : viewAddress[view];
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

export function useView(): View {
  return useSyncExternalStore(subscribe, () => readView(location.hash).view);
}

/** What stands behind the # and names no view; null where all is well. */
export function useUnknownView(): string | null {
  return useSyncExternalStore(subscribe, () => readView(location.hash).unknown);
}
