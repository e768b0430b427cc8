import { holdsMove, type ReplayedMove } from '../../config/replayedMove.ts';
import type { RunConfig } from '../../config/schema.ts';
import { parseRunUrl } from '../../config/url.ts';
import { AppError, reportOf } from '../../errors.ts';
import { History } from '../../history/history.ts';
import { columnNames } from '../../model/columns.ts';
import type { WorkerClient } from '../../protocol/client.ts';
import type { ExportedFile, ResultOf, SafetyCopy, WorkerEvent } from '../../protocol/messages.ts';
import type { LiveChange } from '../../record/liveChange.ts';
import { Connection } from './connection.ts';
import { Heartbeat } from './heartbeat.ts';
import { Measuring } from './measuring.ts';
import { ModelQueries } from './modelQueries.ts';
import { newOrigin, type RunOrigin, type Side } from './origin.ts';
import type { AskedRival, Continued, Fork, RunAddress, RunRequest } from './request.ts';
import { createPictureStore, createRunStore } from './store.ts';
import { Training } from './training.ts';

/**
 * The page's side of one training session: sends the person's commands, and keeps what comes back, the small state
 * in a store for React and the streams beside it.
 */
export class Session {
  readonly run = createRunStore();
  readonly pictures = createPictureStore();
  history = new History([]);
  /** Who the present run is; another one from every new run and reset on. */
  origin: RunOrigin | null = null;
  /** As which side its next runs are named, while it has another one beside it. */
  side: Side | null = null;
  /** Called and waited for before the present run is replaced. */
  onLeave: () => Promise<void> = async () => undefined;
  /** Called and waited for once a new run is made. */
  onConfigured: () => Promise<void> = async () => undefined;
  /** Called with every safety copy of the present run. */
  onCopy: (copy: SafetyCopy) => void = () => undefined;
  readonly training: Training;
  readonly measuring: Measuring;
  /** What is asked of the model as it is. */
  readonly model: ModelQueries;
  readonly #worker: Connection;
  readonly #address: RunAddress;
  /** What the present run was forked from: a fresh Worker needs it again. */
  #fork: Fork | null = null;
  /** The newest safety copy of the present run: what is left if the Worker or the GPU is lost. */
  #copy: SafetyCopy | null = null;
  /** Until the run that was asked for last is there, or could not be made. */
  #made: Promise<void> = Promise.resolve();

  constructor(makeClient: () => WorkerClient, address: RunAddress) {
    this.#worker = new Connection(() => this.#connect(makeClient));
    const attempt = (command: () => Promise<unknown>) => this.#attempt(command);
    this.training = new Training({
      worker: this.#worker,
      run: this.run,
      attempt,
      leave: () => this.onLeave(),
      moved: () => address.changed(),
    });
    this.measuring = new Measuring(this.#worker, attempt);
    this.model = new ModelQueries(this.#worker, attempt);
    this.#address = address;
  }

  /**
   * Asks what the machine offers and makes the run that the address names, ready at step 0. Resolves with what the
   * address has for side B; null for none.
   */
  async start(): Promise<AskedRival | null> {
    let asked: AskedRival | null = null;
    this.#made = this.#attempt(async () => {
      // The preset is suggested for the engine that the address asks for.
      const { engine: asksFor } = parseRunUrl(this.#address.search, 'tiny');
      const machine = await this.#worker.send('probe', { engine: asksFor });
      const url = parseRunUrl(this.#address.search, machine.suggestedPreset);
      const { preset, config, engine, replay, issues } = url;
      this.run.setState({ machine, urlIssues: issues, presetChosen: preset === null });
      await this.#configure({
        config,
        engine,
        preset: preset ?? machine.suggestedPreset,
        ...(replay ? { replay } : {}),
      });
      asked = url.rival && { settings: url.rival, moves: url.rivalMoves };
    });
    await this.#made;
    return asked;
  }

  /** Makes a new run in place of the present one. */
  async configure(request: RunRequest): Promise<void> {
    this.run.setState({ presetChosen: false });
    this.#made = this.#attempt(() => this.#configure(request));
    await this.#made;
  }

  /**
   * A fresh Worker with the same run from its start, after the last one was lost; or what is asked for, in its
   * place.
   */
  async restart(request: RunRequest | null = this.currentRequest()): Promise<void> {
    this.run.setState({ phase: 'starting', error: null });
    this.disconnect();
    if (request) await this.configure(request);
    else await this.start();
  }

  /** What goes on with the present run from its newest safety copy; null where there is none. */
  resumption(): RunRequest | null {
    const request = this.currentRequest();
    const { origin, history } = this;
    if (!request || !origin || !this.#copy) return null;
    const { step, elapsed, bytes } = this.#copy;
    history.truncate(step);
    const evaluations = this.evaluations.getState().records.filter((record) => record.step <= step);
    return {
      ...request,
      continued: { origin, checkpoint: bytes, elapsed, historyOf: () => history, evaluations },
    };
  }

  /** Has safety copies made of the present run and of those beside it. Rejects where the Worker is lost. */
  async askForCopy(): Promise<void> {
    await this.#worker.send('copy', {});
  }

  /** Takes a safety copy to go on from. */
  keepCopy(copy: SafetyCopy): void {
    this.#copy = copy;
    this.run.setState({ copiedStep: copy.step });
  }

  /** What the present run was forked from, as a checkpoint. */
  get forkCheckpoint(): Uint8Array | null {
    return this.#fork?.checkpoint ?? null;
  }

  /** Lets go of the Worker; the next command reaches one again. */
  disconnect(): void {
    this.#heartbeat.stop();
    this.#worker.close();
  }

  /** Ends a Worker that does not answer. What waits for it is rejected, and the run has failed. */
  abandonWorker = (): void => this.#worker.abandon();

  /** Ends the session: what it has in the Worker is freed. */
  async leave(): Promise<void> {
    // A Worker that is gone has nothing to free.
    await this.#worker.send('leave', {}).catch(() => undefined);
    this.disconnect();
  }

  /** Takes over what a person has set up in another session for whatever run comes. */
  adopt(other: Session): void {
    const { machine, speedLimit } = other.run.getState();
    this.run.setState({ machine, speedLimit });
    this.measuring.adopt(other.measuring);
  }

  /** Trains as soon as the run that is being made is there. */
  playWhenMade = async (): Promise<void> => {
    await this.#made;
    // One that could not be made has said so.
    if (this.run.getState().phase === 'paused') await this.training.play();
  };

  exportWeights(): Promise<ExportedFile> {
    return this.#worker.send('exportWeights', {});
  }

  /** All that a fork of the present run begins from. */
  checkpoint(): Promise<ResultOf<'checkpoint'>> {
    return this.#worker.send('checkpoint', {});
  }

  /** The measurements of the run's model. */
  get evaluations() {
    return this.measuring.state;
  }

  /** The run's settings with the live ones as they are now. */
  currentConfig(): RunConfig | null {
    const { info, live } = this.run.getState();
    return info ? { ...info.config, ...live } : null;
  }

  /** What makes the present run again, with its present settings; null before there is one. */
  currentRequest(): RunRequest | null {
    const config = this.currentConfig();
    const { preset, engine, replay } = this.run.getState();
    if (!config) return null;
    return {
      // A replay begins with the settings of its beginning.
      config: (replay && this.origin?.config) ?? config,
      preset,
      engine,
      ...(this.#fork ? { fork: this.#fork } : {}),
      ...(replay ? { replay } : {}),
    };
  }

  dismissUrlIssues = (): void => this.run.setState({ urlIssues: [] });
  dismissError = (): void => this.run.setState({ error: null });

  /** Shows what went wrong. */
  showError(thrown: unknown): void {
    this.run.setState({ error: reportOf(thrown) });
  }

  readonly #heartbeat = new Heartbeat({
    ask: () => this.#worker.send('ping', {}),
    trained: () => {
      const { step, info } = this.run.getState();
      return step > (info?.startStep ?? 0);
    },
    onChange: (answers) => this.run.setState({ answers }),
  });

  async #configure({ config, engine, preset, fork, continued, replay }: RunRequest): Promise<void> {
    await this.onLeave();
    const { preset: presetBefore, engine: engineBefore } = this.run.getState();
    this.run.setState({ phase: 'preparing', progress: null, error: null, preset, engine });
    const info = await this.#worker
      .send('configure', {
        config,
        engine,
        ...(fork ? { checkpoint: fork.checkpoint } : {}),
        ...(replay && { replay: replay.moves }),
        ...(continued && { continued: { checkpoint: continued.checkpoint, elapsed: continued.elapsed } }),
      })
      .catch((thrown: unknown) => {
        this.run.setState({ preset: presetBefore, engine: engineBefore });
        throw thrown;
      });
    // The step of a fork is what its weights say, whatever stood beside them.
    this.#fork = fork ? { ...fork, parent: { ...fork.parent, step: info.startStep } } : null;
    // At once: the numbers of a step may follow the answer, and belong to the new run.
    this.run.setState({ info, progress: null, replay: replay ?? null, takenOverAt: null });
    this.#forget(this.currentConfig(), continued);
    // A fresh Worker knows nothing of it.
    await this.#worker.send('setSpeed', { stepsPerSecond: this.run.getState().speedLimit });
    await this.measuring.begin(info.runsOn);
    this.#address.changed();
    await this.onConfigured();
  }

  /**
   * Throws away what belongs to the run that ended, and takes up what is known of one that was there before;
   * `config` as it begins.
   */
  #forget(config: RunConfig | null, continued?: Continued): void {
    const columns = columnNames(this.run.getState().info?.columns ?? []);
    this.history = continued?.historyOf(columns) ?? new History(columns);
    this.origin = continued?.origin ?? (config && newOrigin(config, this.#fork?.parent, this.side));
    const { generation, step } = this.run.getState();
    this.#copy = continued
      ? { step, elapsed: continued.elapsed, bytes: continued.checkpoint, milliseconds: 0 }
      : null;
    this.run.setState({
      generation: generation + 1,
      lastMoves: Object.fromEntries(this.history.settingMoves.map((move) => [move.key, move])),
      error: null,
      stage: null,
      copiedStep: this.#copy?.step ?? null,
    });
    this.measuring.restart(continued?.evaluations ?? []);
  }

  #connect(makeClient: () => WorkerClient): WorkerClient {
    const client = makeClient();
    client.onEvent((event) => this.#receive(event));
    client.onCrash((error) => {
      this.#heartbeat.stop();
      this.run.setState({ phase: 'failed', error, stepsPerSecond: 0, pausing: false });
      this.measuring.stopped();
    });
    this.#heartbeat.start();
    return client;
  }

  /** Runs a command; an error is shown, not thrown. */
  async #attempt(command: () => Promise<unknown>): Promise<void> {
    try {
      await command();
    } catch (thrown) {
      // The page let go of the Worker itself, and has begun something else.
      if (thrown instanceof AppError && thrown.name === 'WorkerClosedError') return;
      const { phase } = this.run.getState();
      const lost = phase === 'starting' || phase === 'preparing';
      this.showError(thrown);
      if (lost) this.run.setState({ phase: 'failed' });
    }
  }

  #receive(event: WorkerEvent): void {
    switch (event.type) {
      case 'state': {
        const { phase, step, elapsed, stepsPerSecond, live, cost } = event.state;
        this.run.setState({ phase, step, elapsed, stepsPerSecond, cost });
        if (live) this.training.receive(live);
        return;
      }
      case 'progress':
        this.run.setState({ progress: { stage: event.stage, fraction: event.fraction } });
        return;
      case 'restarted':
        // A replay has its first settings again. Any other run keeps those of now.
        this.#forget((this.run.getState().replay && this.origin?.config) ?? this.currentConfig());
        this.#address.changed();
        return;
      case 'metrics':
        this.history.append(event.batch);
        return;
      case 'pictures':
        this.pictures.setState({ pictures: event.pictures });
        return;
      case 'codes':
        this.pictures.setState({ codes: event.codes });
        return;
      case 'liveChange':
        this.#noteChange(event.change);
        return;
      case 'stage':
        this.run.setState({ stage: event.stage });
        return;
      case 'loneSteps':
        this.history.addLoneSteps(event.lone);
        this.#noteMove(event.lone);
        return;
      case 'copy':
        this.onCopy(event.copy);
        return;
      case 'evaluation':
      case 'estimates':
      case 'knowledge':
      case 'evaluationActivity':
        this.measuring.receive(event);
        return;
      case 'error':
        this.run.setState({ error: event.error });
    }
  }

  #noteChange(change: LiveChange): void {
    this.history.addChange(change);
    const move = this.history.settingMoves.findLast(({ key }) => key === change.key);
    const { lastMoves } = this.run.getState();
    this.run.setState({ lastMoves: { ...lastMoves, [change.key]: move } });
    this.#noteMove(change);
  }

  /** A move that the replay does not hold is a person's: from there on it is another run. */
  #noteMove(move: ReplayedMove): void {
    const { replay } = this.run.getState();
    if (replay && !holdsMove(replay.moves, move))
      this.run.setState({ replay: null, takenOverAt: move.step - 1 });
  }
}
