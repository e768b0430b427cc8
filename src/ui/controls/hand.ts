import { Gestures } from '../session/gestures.ts';

/** What the person at this page is doing. */
export const hand = new Gestures(window);
