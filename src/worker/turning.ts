import { AppError } from '../errors.ts';
import { Work } from '../metrics/work.ts';
import type { ParamsOf, ResultOf } from '../protocol/messages.ts';
import { TurnedModel } from '../run/turnedModel.ts';
import type { Lock } from './lock.ts';
import { portionFor } from './portion.ts';
import type { Run } from './run.ts';

/** Computing between two looks at the messages. */
const sliceMilliseconds = 40;

/**
 * A paused run's codes, turned or cut, as they are drawn and measured. Images are encoded a portion a turn of the
 * lock, so a command waits for one portion at most.
 */
export class Turning {
  readonly #run: Run;
  readonly #model: TurnedModel;
  readonly #lock: Lock;
  readonly #nextTask: () => Promise<void>;

  constructor(run: Run, lock: Lock, nextTask: () => Promise<void>) {
    const { trainer } = run;
    this.#run = run;
    this.#lock = lock;
    this.#nextTask = nextTask;
    this.#model = new TurnedModel(trainer, {
      portion: portionFor(trainer.runsOn),
      turn: (task) => lock.run(task),
    });
  }

  /** @throws AppError WrongStateError once the run has trained on. */
  async rows({ turn, base, values }: ParamsOf<'turnRows'>): Promise<ResultOf<'turnRows'>> {
    const { step } = this.#run.trainer;
    const codes = await this.#model.rows(turn, base, values);
    return this.#lock.run(async () => {
      if (this.#run.trainer.step !== step) throw new AppError('WrongStateError.turn');
      const pictures = await this.#run.pictures.decodeAll(codes);
      return { step, rows: [pictures.slice(0, values.length), pictures.slice(values.length)] };
    });
  }

  /** @throws AppError WrongStateError once the run has trained on. */
  async measure(change: ParamsOf<'measureTurned'>): Promise<ResultOf<'measureTurned'>> {
    const work = new Work({ nextTask: this.#nextTask, sliceMilliseconds });
    return this.#model.measure(change, work);
  }
}
