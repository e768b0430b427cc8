import { beforeAll, describe } from 'vitest';
import type { RunConfig } from '../config/schema.ts';
import type { Trainer } from '../engines/trainer.ts';
import { testEncoding } from './encoding.ts';
import { testPlayers } from './players.ts';
import { smallConfig, type WithTrainer } from './smallRun.ts';
import { testState } from './state.ts';
import { testTraining } from './training.ts';

/** Makes the trainers of the engine under test. */
export type CreateTrainer = (config: RunConfig) => Promise<Trainer>;

/** What every engine must do, told of an engine by `open`. */
export function describeEngine(name: string, open: () => Promise<CreateTrainer>): void {
  describe(`the contract: ${name}`, () => {
    let create: CreateTrainer;
    beforeAll(async () => {
      create = await open();
    }, 120_000);

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
