import { useSyncExternalStore } from 'react';

/** What fills the page. It stands in the address behind the #, so that links and the way back work. */
export type View = 'train' | 'sideBySide' | 'compare';

export const views: readonly View[] = ['train', 'sideBySide', 'compare'];
export const viewAddress: Readonly<Record<View, string>> = {
  train: '#train',
  sideBySide: '#side-by-side',
  compare: '#compare',
};

const viewOf = (hash: string): View => views.find((view) => viewAddress[view] === hash) ?? 'train';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

export function useView(): View {
  return useSyncExternalStore(subscribe, () => viewOf(location.hash));
}
