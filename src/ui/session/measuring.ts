import type { EngineInfo } from '../../config/engines.ts';
import type { LiveEvaluation } from '../../protocol/evaluation.ts';
import type { WorkerEvent } from '../../protocol/messages.ts';
import type { Connection } from './connection.ts';
import type { Attempt } from './modelQueries.ts';
import { createEvaluationStore } from './store.ts';

/** On a processor measuring takes turns with training, so it is left to the person. */
const everyOnGpu = 2000;

type MeasuringEvent = Extract<
  WorkerEvent,
  { readonly type: 'evaluation' | 'estimates' | 'knowledge' | 'evaluationActivity' }
>;

/** When a session's model is measured, and what came of it. */
export class Measuring {
  readonly state = createEvaluationStore();
  readonly #worker: Connection;
  readonly #attempt: Attempt;
  /** Whether a person has said how often to measure; else the machine decides. */
  #everyChosen = false;

  constructor(worker: Connection, attempt: Attempt) {
    this.#worker = worker;
    this.#attempt = attempt;
  }

  evaluate = async (): Promise<void> => {
    await this.#attempt(() => this.#worker.send('evaluate', {}));
  };

  cancel = async (): Promise<void> => {
    await this.#attempt(() => this.#worker.send('cancelEvaluation', {}));
  };

  /** Measures at every multiple of so many steps; null for never. Outlives the run. */
  setEvery = async (steps: number | null): Promise<void> => {
    this.#everyChosen = true;
    this.state.setState({ every: steps });
    await this.#attempt(() => this.#worker.send('setEvaluateEvery', { steps }));
  };

  /** Tells a Worker, which may be a fresh one, how often to measure its new run. */
  async begin({ software }: EngineInfo): Promise<void> {
    if (!this.#everyChosen) this.state.setState({ every: software ? null : everyOnGpu });
    await this.#worker.send('setEvaluateEvery', { steps: this.state.getState().every });
  }

  /** Takes over what a person has set up in another session. */
  adopt(other: Measuring): void {
    this.state.setState({ every: other.state.getState().every });
    this.#everyChosen = other.#everyChosen;
  }

  /** Of another run from here on, with what was measured of it before. */
  restart(records: readonly LiveEvaluation[]): void {
    this.state.setState({ records, activity: { state: 'idle' }, estimates: null, knowledge: null });
  }

  /** The Worker is gone, and what it measured with it. */
  stopped(): void {
    this.state.setState({ activity: { state: 'idle' } });
  }

  receive(event: MeasuringEvent): void {
    if (event.type === 'evaluation') this.#keep(event.evaluation);
    else if (event.type === 'estimates') this.state.setState({ estimates: event.estimates });
    else if (event.type === 'knowledge') this.state.setState({ knowledge: event.knowledge });
    else this.state.setState({ activity: event.activity });
  }

  /** Keeps a measurement in the order of steps, in place of an earlier one of its step. */
  #keep(record: LiveEvaluation): void {
    const others = this.state.getState().records.filter(({ step }) => step !== record.step);
    this.state.setState({ records: [...others, record].sort((a, b) => a.step - b.step) });
  }
}
