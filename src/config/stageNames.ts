/** What a step does one after the other, by name: where slow motion stops. */
export const stageNames = [
  'draw',
  'encode',
  'sample',
  'decode',
  'reconstruct',
  'correlate',
  'backward',
  'updateVae',
  'permute',
  'discriminate',
  'updateDiscriminator',
  'generate',
  'score',
  'infer',
  'penalise',
  'updateCritic',
  'updateGenerator',
  'measure',
] as const;
export type StageName = (typeof stageNames)[number];
