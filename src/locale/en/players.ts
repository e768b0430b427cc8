import type { Player } from '../../config/players.ts';

interface PlayerWords {
  /** Inside a sentence. */
  readonly name: string;
  /** For a mark on a chart. */
  readonly short: string;
  /** What a step of this player only is for. */
  readonly alone: string;
}

export const playerNames: Readonly<Record<Player, PlayerWords>> = {
  vae: {
    name: 'the VAE',
    short: 'VAE',
    alone: 'Encoder and decoder learn; the discriminator stays as it is.',
  },
  discriminator: {
    name: 'the discriminator',
    short: 'D',
    alone: 'The discriminator learns to tell these codes apart; the model stays as it is.',
  },
  generator: {
    name: 'the generator',
    short: 'G',
    alone:
      'The generator learns to be taken for real and to keep its codes readable; critic and Q stay as they are.',
  },
  critic: {
    name: 'the critic',
    short: 'C',
    alone:
      'The critic learns to score real images above generated ones, and Q to read codes; the generator stays as it is.',
  },
};
