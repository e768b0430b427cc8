import { createContext, useContext } from 'react';
import type { Side } from './origin.ts';

/** The side that a part of the page is about, where it shows two. */
export const SideContext = createContext<Side | null>(null);

export function useSide(): Side | null {
  return useContext(SideContext);
}

/** What a control or region is called: where there are two of it, with its side. */
export function useSided(name: string): string {
  const side = useSide();
  return side ? `${name}, ${side}` : name;
}
