import { beforeAll, describe } from 'vitest';
import type { RunConfig } from '../config/schema.ts';
import type { Trainer } from '../engines/trainer.ts';
import { testEncoding } from './encoding.ts';
import { testPlayers } from './players.ts';
import { smallConfig, type WithTrainer } from './smallRun.ts';
import { testState } from './state.ts';
import { openWebGpu } from './trainers.ts';
import { testTraining } from './training.ts';

/** What every engine must do; `create` makes trainers on the engine under test. */
export function describeEngine(name: string, create: (config: RunConfig) => Promise<Trainer>): void {
  describe(`the contract: ${name}`, () => {
    beforeAll(openWebGpu, 120_000);

    const withTrainer: WithTrainer = async (check, settings = {}) => {
      const trainer = await create({ ...smallConfig, ...settings });
      try {
        await check(trainer);
      } finally {
        trainer.dispose();
      }
    };
    testTraining(withTrainer);
    testEncoding(withTrainer);
    testState(withTrainer);
    testPlayers(withTrainer);
  });
}
