import { AppError } from '../errors.ts';
import type { StepStage } from '../model/stepStages.ts';
import type { Speed } from '../protocol/messages.ts';

/** A run that is held back does its steps in about so many blocks a second. */
const slowBlocksPerSecond = 20;
/** In slow motion a stage can be looked at for so long, less where a step does it again and again. */
const stageMs = 700;
const repeatedStageMs = 200;
/** A step that has no stages. */
const wholeStepMs = 2000;
/** A person who stops training, or has it go faster, waits no longer. */
const lookEveryMs = 50;

/** How fast a person wants to see steps, and the waiting that this takes. */
export class SpeedLimit {
  #speed: Speed = null;
  readonly #isRunning: () => boolean;

  constructor(isRunning: () => boolean) {
    this.#isRunning = isRunning;
  }

  get speed(): Speed {
    return this.#speed;
  }

  /** @throws AppError InvalidSettingError */
  set(speed: Speed): void {
    if (typeof speed === 'number' && !(speed > 0)) throw new AppError('InvalidSettingError.speed');
    this.#speed = speed;
  }

  /** Waits for the time of the next of `stepsPerSecond`, where `steps` of them began at `start`. */
  waitForNext(stepsPerSecond: number, start: number, steps: number): Promise<void> {
    const time = start + (1000 * steps) / stepsPerSecond;
    return this.#wait(stepsPerSecond, () => time - performance.now());
  }

  /** In slow motion: lets a person look at a stage before it is done; without one, at a whole step. */
  waitAt(stage: StepStage | null): Promise<void> {
    const ms = stage === null ? wholeStepMs : stage.repeat === 0 ? stageMs : repeatedStageMs;
    const time = performance.now() + ms;
    return this.#wait('stages', () => time - performance.now());
  }

  /** In slow motion: waits for as long as something goes on. */
  waitWhile(goesOn: () => boolean): Promise<void> {
    return this.#wait('stages', () => (goesOn() ? lookEveryMs : 0));
  }

  /** @param left milliseconds; asked again and again, unless training stops or its speed is another one. */
  async #wait(speed: Speed, left: () => number): Promise<void> {
    for (;;) {
      const ms = left();
      if (ms <= 0 || !this.#isRunning() || this.#speed !== speed) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(ms, lookEveryMs)));
    }
  }
}

/** Steps of a block at so many steps a second: never more than the run's pace has. */
export function heldBackSteps(stepsPerSecond: number, paced: number): number {
  return Math.min(paced, Math.max(1, Math.round(stepsPerSecond / slowBlocksPerSecond)));
}
