import { create } from 'zustand';

/** A phone has no space bar. */
const noKeyboard = globalThis.matchMedia?.('(hover: none)').matches ?? false;

/** The first-visit hint: three sentences, each at what it speaks of. */
export const hints = [
  `Press Run${noKeyboard ? '' : ', or the space bar'}: the model starts to learn, here on your machine.`,
  'Move gamma while it trains. More of it makes the latents independent; every change is marked on the charts.',
  'Each row moves one latent. When training goes well, a row comes to change one thing only: position, scale or shape.',
] as const;

const key = 'factorvae-hint';
const seen = 'seen';

/** Storage may be absent or forbidden: then the hint simply returns next time. */
function wasSeen(): boolean {
  try {
    return localStorage.getItem(key) === seen;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(key, seen);
  } catch {
    // Nothing to be done, and nothing lost but this.
  }
}

interface HintState {
  /** Index of the hint shown; null once dismissed. */
  readonly current: number | null;
  readonly advance: () => void;
  readonly dismiss: () => void;
  /** The person did what a hint says: it has served. */
  readonly done: (step: number) => void;
}

export const useHints = create<HintState>((set, get) => ({
  current: wasSeen() ? null : 0,
  advance: () => {
    const next = (get().current ?? hints.length) + 1;
    if (next >= hints.length) get().dismiss();
    else set({ current: next });
  },
  dismiss: () => {
    remember();
    set({ current: null });
  },
  done: (step) => {
    if (get().current === step) get().advance();
  },
}));
