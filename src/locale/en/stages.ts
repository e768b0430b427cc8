import type { StageName } from '../../config/stageNames.ts';

interface StageWords {
  /** In a row of all stages. */
  readonly short: string;
  readonly does: string;
}

/** What a step does, stage by stage, as slow motion says it. */
export const stageWords: Readonly<Record<StageName, StageWords>> = {
  draw: {
    short: 'draw',
    does: 'Pictures, noise and all else that is random are drawn from seed and step.',
  },
  encode: {
    short: 'encode',
    does: 'The encoder makes a mean and a variance of each latent from each picture.',
  },
  sample: { short: 'sample', does: 'A code is drawn from each picture’s means and variances.' },
  decode: { short: 'decode', does: 'The decoder makes a picture of each code.' },
  reconstruct: {
    short: 'compare',
    does: 'The pictures made are compared with those that came in: reconstruction.',
  },
  correlate: {
    short: 'total correlation',
    does: 'The discriminator says how much codes look like real ones: total correlation, and where it would fall.',
  },
  backward: {
    short: 'go back',
    does: 'From the losses back through the layers: how each number should change.',
  },
  updateVae: { short: 'update VAE', does: 'Adam moves the weights of encoder and decoder.' },
  permute: {
    short: 'shuffle',
    does: 'Codes of a second batch are made, and each latent is shuffled among its pictures.',
  },
  discriminate: {
    short: 'tell apart',
    does: 'The discriminator is asked which codes are shuffled; the step’s numbers are summed up.',
  },
  updateDiscriminator: {
    short: 'update discriminator',
    does: 'Back through the discriminator; Adam moves its weights.',
  },
  generate: { short: 'generate', does: 'The generator makes pictures of random codes and noise.' },
  score: {
    short: 'score',
    does: 'The critic gives each picture a score; their difference is the critic gap.',
  },
  infer: {
    short: 'read codes',
    does: 'Q reads the codes off the generated pictures; its error is the information.',
  },
  penalise: {
    short: 'penalty',
    does: 'Between real and generated pictures the score may change by 1 for a change of 1: what it is off is pushed through the critic.',
  },
  updateCritic: { short: 'update critic', does: 'Adam moves the weights of critic and Q.' },
  updateGenerator: { short: 'update generator', does: 'Adam moves the weights of the generator.' },
  measure: { short: 'sum up', does: 'The numbers of the step are summed up for the charts.' },
};

/** Whose turn it is, where a step has several programs, by the plan's names. */
export const programWords: Readonly<Record<string, string>> = {
  critic: 'Critic',
  generator: 'Generator',
};

export const slowMotion = {
  title: 'Slow motion',
  turn: '{{who}}, {{turn}} of {{turns}}',
  waiting: 'Press Run: the stages of a step are named here as they are done.',
  inOne:
    'This engine does a step in one, so its stages cannot be shown. WebGPU and WebAssembly do them one by one.',
} as const;
