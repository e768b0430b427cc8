import { createStore } from 'zustand/vanilla';
import type { EngineChoice, StepCost } from '../../config/engines.ts';
import type { PresetName } from '../../config/presets.ts';
import type { UrlIssue } from '../../config/queryReader.ts';
import type { LiveKey, LiveSettings } from '../../config/schema.ts';
import type { Replay } from '../../config/url.ts';
import type { CodesFrame } from '../../model/codesFrame.ts';
import type { PictureSet } from '../../model/pictures.ts';
import type {
  CodeEstimates,
  EvaluationActivity,
  Knowledge,
  LiveEvaluation,
} from '../../protocol/evaluation.ts';
import type { MachineInfo, RunInfo, SessionPhase, Speed } from '../../protocol/messages.ts';
import type { Move } from '../../record/moves.ts';
import type { ErrorReport, Stage } from '../../report.ts';

/** What the page knows of the run; metrics rows and pictures are kept elsewhere, for they stream. */
export interface RunState {
  /** `starting`: the Worker has not answered yet. */
  readonly phase: SessionPhase | 'starting';
  /** Counts the runs of this page, resets included: what belongs to an earlier one is not shown. */
  readonly generation: number;
  readonly step: number;
  readonly elapsed: number;
  readonly stepsPerSecond: number;
  readonly speedLimit: Speed;
  /** The stage that a step in slow motion came to last; null before the first one. */
  readonly stage: number | null;
  /** A pause was asked for and the step under way is not done. */
  readonly pausing: boolean;
  readonly machine: MachineInfo | null;
  readonly info: RunInfo | null;
  /** The preset the run was started from; its settings may differ from it since. */
  readonly preset: PresetName;
  /** Whether the page chose the preset, not the person. */
  readonly presetChosen: boolean;
  readonly engine: EngineChoice;
  /** What a step costs the GPU, where the trainer can tell. */
  readonly cost: StepCost | null;
  /** Shown at once when a person moves a control; the trainer follows on its next step. */
  readonly live: LiveSettings | null;
  /** Whether the Worker answers; a long step is no silence (see heartbeat.ts). */
  readonly answers: boolean;
  /** The step of the newest safety copy, from which the run can go on if all else is lost; null for none. */
  readonly copiedStep: number | null;
  /** The latest move of each setting, as far as the trainer has confirmed it. */
  /** How the run is steered by itself; null where a person steers it. */
  readonly replay: Replay | null;
  /** The step at which a person took over from a replay; null where none did. */
  readonly takenOverAt: number | null;
  readonly lastMoves: Partial<Readonly<Record<LiveKey, Move>>>;
  readonly progress: { readonly stage: Stage; readonly fraction: number } | null;
  readonly error: ErrorReport | null;
  readonly urlIssues: readonly UrlIssue[];
}

const initial: RunState = {
  phase: 'starting',
  generation: 0,
  step: 0,
  elapsed: 0,
  stepsPerSecond: 0,
  speedLimit: null,
  stage: null,
  pausing: false,
  machine: null,
  info: null,
  preset: 'tiny',
  presetChosen: false,
  engine: 'auto',
  cost: null,
  live: null,
  answers: true,
  copiedStep: null,
  replay: null,
  takenOverAt: null,
  lastMoves: {},
  progress: null,
  error: null,
  urlIssues: [],
};

export const createRunStore = () => createStore<RunState>(() => initial);
export const createPictureStore = () =>
  createStore<{ readonly pictures: PictureSet | null; readonly codes: CodesFrame | null }>(() => ({
    pictures: null,
    codes: null,
  }));

/** Measurements of the run's model, beside the history of its metrics. */
export interface EvaluationState {
  readonly activity: EvaluationActivity;
  /** In order of their steps, one a step. */
  readonly records: readonly LiveEvaluation[];
  /** What was measured last where factors are not known. */
  readonly estimates: CodeEstimates | null;
  /** What latents know of factors, as last estimated beside training. */
  readonly knowledge: Knowledge | null;
  /** Steps from one measurement to the next; null for none but those asked for. Outlives the run. */
  readonly every: number | null;
}

export const createEvaluationStore = () =>
  createStore<EvaluationState>(() => ({
    activity: { state: 'idle' },
    records: [],
    estimates: null,
    knowledge: null,
    every: null,
  }));

export type RunStore = ReturnType<typeof createRunStore>;
export type PictureStore = ReturnType<typeof createPictureStore>;
