import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { AppError } from '../../errors.ts';
import type { CodesFrame } from '../../model/codesFrame.ts';
import type { PictureSet } from '../../model/pictures.ts';
import type { Session } from './session.ts';
import type { EvaluationState, RunState } from './store.ts';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new AppError('MissingSessionError');
  return session;
}

/** A part of the run's state; the component is drawn again only when that part changes. */
export function useRun<Part>(select: (state: RunState) => Part): Part {
  return useStore(useSession().run, select);
}

export function useEvaluations<Part>(select: (state: EvaluationState) => Part): Part {
  return useStore(useSession().evaluations, select);
}

export function usePictures<Part>(select: (pictures: PictureSet | null) => Part): Part {
  return useStore(useSession().pictures, (state) => select(state.pictures));
}

/** The codes drawn last, while they are watched. */
export function useCodes(): CodesFrame | null {
  return useStore(useSession().pictures, (state) => state.codes);
}
