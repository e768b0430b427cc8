import type { BackendChoice } from '../../config/backends.ts';
import type { PresetName } from '../../config/presets.ts';
import type { LiveKey, RunConfig } from '../../config/schema.ts';
import { parseRunUrl, runQuery } from '../../config/url.ts';
import { reportOf } from '../../errors.ts';
import { History } from '../../history/history.ts';
import { metricWidth } from '../../model/metricsRow.ts';
import type { WorkerClient } from '../../protocol/client.ts';
import type { FactorTrace, LiveEvaluation } from '../../protocol/evaluation.ts';
import type {
  CommandName,
  ExportedFile,
  FactorsEncoded,
  LiveChange,
  ParamsOf,
  Picture,
  ResultOf,
  WorkerEvent,
} from '../../protocol/messages.ts';
import type { RunRecord } from '../../record/runRecord.ts';
import { latestOnly } from './latest.ts';
import { newOrigin, type RunOrigin } from './origin.ts';
import { createEvaluationStore, createPictureStore, createRunStore } from './store.ts';

/** On a processor measuring takes turns with training, so it is left to the person. */
const everyOnGpu = 2000;

export interface RunRequest {
  readonly config: RunConfig;
  readonly preset: PresetName;
  readonly backend: BackendChoice;
  /** For a run that goes on from another one's weights. */
  readonly fork?: Fork;
}

export interface Fork {
  readonly parent: NonNullable<RunRecord['parent']>;
  /** See files/checkpoint.ts. */
  readonly checkpoint: Uint8Array;
}

/** The address as the session needs it: read once at the start, replaced when the run changes. */
export interface AddressBar {
  readonly search: string;
  replace(search: string): void;
}

/**
 * The page's side of one training session: sends the person's commands, and keeps what comes back, the small state in
 * a store for React and the streams beside it.
 */
export class Session {
  readonly run = createRunStore();
  readonly pictures = createPictureStore();
  readonly evaluations = createEvaluationStore();
  history = new History(metricWidth(0));
  /** Who the present run is; another one from every new run and reset on. */
  origin: RunOrigin | null = null;
  /** Called and waited for before the present run is replaced. */
  onLeave: () => Promise<void> = async () => undefined;
  readonly #makeClient: () => WorkerClient;
  readonly #address: AddressBar;
  #client: WorkerClient | null = null;
  /** What the present run was forked from: a fresh Worker needs it again. */
  #fork: Fork | null = null;
  /** Values a person set that the Worker has not confirmed yet. */
  readonly #unconfirmed = new Map<LiveKey, number>();
  /** Whether a person has said how often to measure; else the machine decides. */
  #everyChosen = false;

  constructor(makeClient: () => WorkerClient, address: AddressBar) {
    this.#makeClient = makeClient;
    this.#address = address;
  }

  /** Asks what the machine offers and makes the run that the address names, ready at step 0. */
  async start(): Promise<void> {
    await this.#attempt(async () => {
      const machine = await this.#send('probe', {});
      const { preset, config, backend, issues } = parseRunUrl(this.#address.search, machine.suggestedPreset);
      this.run.setState({ machine, urlIssues: issues, presetChosen: preset === null });
      await this.#configure({ config, backend, preset: preset ?? machine.suggestedPreset });
    });
  }

  /** Makes a new run in place of the present one. */
  async configure(request: RunRequest): Promise<void> {
    this.run.setState({ presetChosen: false });
    await this.#attempt(() => this.#configure(request));
  }

  /** A fresh Worker with the same run, after the last one was lost. */
  async restart(): Promise<void> {
    const { info, preset, backend } = this.run.getState();
    this.#client?.dispose();
    this.#client = null;
    this.run.setState({ phase: 'starting', error: null });
    const config = this.currentConfig();
    const fork = this.#fork;
    if (info && config) await this.configure({ config, preset, backend, ...(fork ? { fork } : {}) });
    else await this.start();
  }

  play = async (): Promise<void> => {
    this.run.setState({ error: null });
    await this.#attempt(() => this.#send('run', {}));
  };

  pause = async (): Promise<void> => {
    this.run.setState({ pausing: true });
    await this.#attempt(() => this.#send('pause', {}));
    this.run.setState({ pausing: false });
  };

  singleStep = async (): Promise<void> => {
    await this.#attempt(() => this.#send('step', {}));
  };

  reset = async (): Promise<void> => {
    await this.#attempt(async () => {
      await this.onLeave();
      await this.#send('reset', {});
      this.#forget();
    });
  };

  /** Shows the value at once and lets it act on the next step. */
  setLive(key: LiveKey, value: number): void {
    const { live } = this.run.getState();
    if (!live || live[key] === value) return;
    this.run.setState({ live: { ...live, [key]: value } });
    this.#unconfirmed.set(key, value);
    this.#sendLive(null);
  }

  /** Steps a second at most; null for flat out. Outlives the run. */
  setSpeed = async (stepsPerSecond: number | null): Promise<void> => {
    this.run.setState({ speedLimit: stepsPerSecond });
    await this.#attempt(() => this.#send('setSpeed', { stepsPerSecond }));
  };

  evaluate = async (): Promise<void> => {
    await this.#attempt(() => this.#send('evaluate', {}));
  };

  cancelEvaluation = async (): Promise<void> => {
    await this.#attempt(() => this.#send('cancelEvaluation', {}));
  };

  /** Measures at every multiple of so many steps; null for never. Outlives the run. */
  setEvaluateEvery = async (steps: number | null): Promise<void> => {
    this.#everyChosen = true;
    this.evaluations.setState({ every: steps });
    await this.#attempt(() => this.#send('setEvaluateEvery', { steps }));
  };

  traceFactor(factor: number): Promise<FactorTrace> {
    return this.#send('traceFactor', { factor });
  }

  setTraversalBase(factors: readonly number[]): void {
    this.#sendBase(factors);
  }

  decode(code: Float32Array<ArrayBuffer>): Promise<{ step: number; picture: Picture }> {
    return this.#send('decode', { code });
  }

  encodeFactors(factors: readonly number[]): Promise<FactorsEncoded> {
    return this.#send('encodeFactors', { factors });
  }

  exportWeights(): Promise<ExportedFile> {
    return this.#send('exportWeights', {});
  }

  /** All that a fork of the present run begins from. */
  checkpoint(): Promise<ResultOf<'checkpoint'>> {
    return this.#send('checkpoint', {});
  }

  /** The run's settings with the live ones as they are now. */
  currentConfig(): RunConfig | null {
    const { info, live } = this.run.getState();
    return info ? { ...info.config, ...live } : null;
  }

  /** The address that starts a run like this one with its present settings. */
  query(): string {
    const config = this.currentConfig();
    const { preset, backend } = this.run.getState();
    return config ? runQuery(config, preset, backend) : this.#address.search;
  }

  dismissUrlIssues = (): void => this.run.setState({ urlIssues: [] });
  dismissMachineNotice = (): void => this.run.setState({ machineNoticeDismissed: true });
  dismissError = (): void => this.run.setState({ error: null });

  readonly #sendLive = latestOnly<null>(async () => {
    const sent = [...this.#unconfirmed];
    if (sent.length === 0) return;
    await this.#attempt(() => this.#send('setLive', Object.fromEntries(sent)));
    for (const [key, value] of sent) if (this.#unconfirmed.get(key) === value) this.#unconfirmed.delete(key);
    this.#address.replace(this.query());
    // A dragged slider sends some values a second, not one for every pixel.
    await new Promise((resolve) => setTimeout(resolve, 120));
  });

  readonly #sendBase = latestOnly<readonly number[]>((factors) =>
    this.#attempt(() => this.#send('setTraversalBase', { factors })),
  );

  async #configure({ config, backend, preset, fork }: RunRequest): Promise<void> {
    await this.onLeave();
    this.run.setState({ phase: 'preparing', progress: null, error: null, preset, backend });
    const checkpoint = fork ? { checkpoint: fork.checkpoint } : {};
    const info = await this.#send('configure', { config, backend, ...checkpoint });
    this.#fork = fork ?? null;
    // A fresh Worker knows nothing of it.
    await this.#send('setSpeed', { stepsPerSecond: this.run.getState().speedLimit });
    if (!this.#everyChosen) this.evaluations.setState({ every: info.backend.software ? null : everyOnGpu });
    await this.#send('setEvaluateEvery', { steps: this.evaluations.getState().every });
    this.history = new History(metricWidth(info.config.latents));
    this.run.setState({ info, progress: null });
    this.#forget();
    this.#address.replace(this.query());
  }

  /** Throws away what belongs to the run that ended. */
  #forget(): void {
    this.history = new History(this.history.width);
    const config = this.currentConfig();
    this.origin = config && newOrigin(config, this.#fork?.parent);
    const { generation } = this.run.getState();
    this.run.setState({ generation: generation + 1, lastChanges: {}, error: null });
    this.evaluations.setState({ records: [], activity: { state: 'idle' } });
  }

  /** Sends a command, to a new Worker where there is none. A browser without Workers rejects it. */
  async #send<Name extends CommandName>(name: Name, params: ParamsOf<Name>): Promise<ResultOf<Name>> {
    this.#client ??= this.#connect();
    return this.#client.send(name, params);
  }

  #connect(): WorkerClient {
    const client = this.#makeClient();
    client.onEvent((event) => this.#receive(event));
    client.onCrash((error) => {
      this.run.setState({ phase: 'failed', error, stepsPerSecond: 0 });
      this.evaluations.setState({ activity: { state: 'idle' } });
    });
    return client;
  }

  /** Runs a command; an error is shown, not thrown. */
  async #attempt(command: () => Promise<unknown>): Promise<void> {
    try {
      await command();
    } catch (thrown) {
      const { phase } = this.run.getState();
      const lost = phase === 'starting' || phase === 'preparing';
      this.run.setState({ error: reportOf(thrown), ...(lost ? { phase: 'failed' as const } : {}) });
    }
  }

  #receive(event: WorkerEvent): void {
    switch (event.type) {
      case 'state': {
        const { phase, step, elapsed, stepsPerSecond, live, cost } = event.state;
        this.run.setState({ phase, step, elapsed, stepsPerSecond, cost });
        // What a person has just set is newer than what the Worker says it uses.
        if (live) this.run.setState({ live: { ...live, ...Object.fromEntries(this.#unconfirmed) } });
        return;
      }
      case 'progress':
        this.run.setState({ progress: { stage: event.stage, fraction: event.fraction } });
        return;
      case 'metrics':
        this.history.append(event.batch);
        return;
      case 'pictures':
        this.pictures.setState({ pictures: event.pictures });
        return;
      case 'liveChange':
        this.#noteChange(event.change);
        return;
      case 'evaluation':
        this.#keepRecord(event.evaluation);
        return;
      case 'evaluationActivity':
        this.evaluations.setState({ activity: event.activity });
        return;
      case 'error':
        this.run.setState({ error: event.error });
    }
  }

  /** Keeps a measurement in the order of steps, in place of an earlier one of its step. */
  #keepRecord(record: LiveEvaluation): void {
    const others = this.evaluations.getState().records.filter(({ step }) => step !== record.step);
    this.evaluations.setState({ records: [...others, record].sort((a, b) => a.step - b.step) });
  }

  #noteChange(change: LiveChange): void {
    this.history.addChange(change);
    const { lastChanges } = this.run.getState();
    this.run.setState({ lastChanges: { ...lastChanges, [change.key]: change } });
  }
}
