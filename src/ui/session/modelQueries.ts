import type { LatentPair } from '../../model/codesFrame.ts';
import type { FactorsEncoded, FactorTrace } from '../../model/pictures.ts';
import type { ParamsOf, ResultOf } from '../../protocol/messages.ts';
import type { Connection } from './connection.ts';
import { latestOnly } from './latest.ts';

/** Runs a command; an error is shown, not thrown. */
export type Attempt = (command: () => Promise<unknown>) => Promise<void>;

/**
 * What a page asks of the model of a session as it is: pictures, codes and measures of it. Nothing here trains.
 */
export class ModelQueries {
  readonly #worker: Connection;
  readonly #sendBase;
  readonly #sendWatched;

  constructor(worker: Connection, attempt: Attempt) {
    this.#worker = worker;
    this.#sendBase = latestOnly<readonly number[]>((factors) =>
      attempt(() => worker.send('setTraversalBase', { factors })),
    );
    this.#sendWatched = latestOnly<{ readonly pair: LatentPair | 'best' | null }>((watched) =>
      attempt(() => worker.send('watchCodes', watched)),
    );
  }

  traceFactor(factor: number): Promise<FactorTrace> {
    return this.#worker.send('traceFactor', { factor });
  }

  /** Has codes drawn with the pictures; see the command. */
  watchCodes(pair: LatentPair | 'best' | null): void {
    this.#sendWatched({ pair });
  }

  setTraversalBase(factors: readonly number[]): void {
    this.#sendBase(factors);
  }

  decode(params: ParamsOf<'decode'>): Promise<ResultOf<'decode'>> {
    return this.#worker.send('decode', params);
  }

  encodeFactors(factors: readonly number[]): Promise<FactorsEncoded> {
    return this.#worker.send('encodeFactors', { factors });
  }

  turnRows(params: ParamsOf<'turnRows'>): Promise<ResultOf<'turnRows'>> {
    return this.#worker.send('turnRows', params);
  }

  measureTurned(params: ParamsOf<'measureTurned'>): Promise<ResultOf<'measureTurned'>> {
    return this.#worker.send('measureTurned', params);
  }
}
