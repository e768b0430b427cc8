import type { WorkerEvent } from '../protocol/messages.ts';
import type { CommandHandlers } from '../protocol/server.ts';
import { checkFactors } from './checks.ts';
import { Lane } from './lane.ts';
import type { Lockstep } from './lockstep.ts';
import { readStart } from './runStart.ts';
import type { TrainerFactory } from './trainerFactory.ts';

/**
 * What answers the commands of one session of the page. Those about its own run go to its lane; those about
 * training as such to the lockstep, which means every session that shares it.
 */
export class TrainingSession {
  readonly handlers: CommandHandlers;

  constructor(factory: TrainerFactory, lockstep: Lockstep, emit: (event: WorkerEvent) => void) {
    const { lock, nextTask } = lockstep;
    const lane = new Lane({ lock, emit, nextTask, isHeld: () => !lockstep.ready });
    lockstep.join(lane);
    this.handlers = {
      probe: ({ engine }) => factory.probe(engine),
      ping: () => null,
      configure: async (params) => {
        const { config, start } = lane.refusing(() => readStart(params));
        const reading = factory.open(config);
        // Where nothing is to be read, the run takes its place at once, and its neighbour is held.
        if (reading) await reading.catch((thrown) => lane.refuse(thrown));
        return lockstep.configure(lane, () =>
          lane.prepare((onProgress) => factory.create(config, params.engine, onProgress), start),
        );
      },
      run: () => lockstep.play(),
      pause: () => lockstep.pause(),
      step: ({ only }) => lockstep.step(only),
      reset: () => lockstep.reset(),
      setLive: (params) => lock.run(() => lockstep.setLive(lane, params)),
      setSpeed: ({ stepsPerSecond }) => lockstep.setSpeed(stepsPerSecond),
      setTraversalBase: ({ factors }) => lock.run(() => lockstep.setTraversalBase(lane, factors)),
      watchCodes: ({ pair }) => lock.run(() => lane.watchCodes(pair)),
      encodeFactors: ({ factors }) =>
        lock.run(() => {
          checkFactors(factors, lane.pictures.choices);
          return lane.pictures.encode(factors);
        }),
      decode: ({ code, rest }) => lock.run(() => lane.decode(code, rest)),
      traceFactor: ({ factor }) => lock.run(() => lane.pictures.trace(factor)),
      // They take the lock themselves, a portion at a time.
      turnRows: (params) => lane.turning.rows(params),
      measureTurned: (params) => lane.turning.measure(params),
      evaluate: () => lock.run(() => lockstep.evaluate()),
      cancelEvaluation: () => lockstep.cancelEvaluation(),
      setEvaluateEvery: ({ steps }) => lockstep.setEvaluateEvery(steps),
      exportWeights: () => lock.run(() => lane.export()),
      checkpoint: () => lock.run(() => lane.checkpoint()),
      copy: () => lockstep.copy(),
      leave: async () => {
        await lockstep.leave(lane);
        return null;
      },
    };
  }
}
