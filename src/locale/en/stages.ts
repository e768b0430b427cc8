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
    does: 'The discriminator says how much the codes look like real ones: total correlation, and which way it would fall.',
  },
  backward: {
    short: 'backward',
    does: 'The losses are traced back through the layers: how should each weight change?',
  },
  updateVae: { short: 'update VAE', does: 'Adam moves the weights of encoder and decoder.' },
  permute: {
    short: 'shuffle',
    does: 'Codes of a second batch are made, and each latent is shuffled among its pictures.',
  },
  discriminate: {
    short: 'tell apart',
    does: 'The discriminator says which codes it takes for shuffled; the step’s numbers are summed up.',
  },
  updateDiscriminator: {
    short: 'update discriminator',
    does: 'Its loss is traced back through the discriminator; Adam moves the weights.',
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
    does: 'Between real and generated pictures, the score should change by 1 for a change of 1. The critic is penalised for whatever it is off.',
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
  waiting: 'Press Run: each stage of a step is named here as it is done.',
  inOne:
    'This engine does a step in one, so its stages cannot be shown. WebGPU and WebAssembly do them one by one.',
} as const;
