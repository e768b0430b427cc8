/** Parts of sentences, which stand in others as their values. */
export const parts = {
  backendReason: '{{backend}}: {{reason}}',
  'loss.reconstruction': 'reconstruction',
  'loss.kl': 'KL',
  'loss.totalCorrelation': 'total correlation',
  'loss.discriminatorLoss': 'discriminator loss',
  'live.gamma': 'gamma',
  'live.beta': 'beta',
  'live.learningRate': 'the learning rate',
  'live.discriminatorLearningRate': 'the discriminator’s learning rate',
  'phase.empty': 'empty',
  'phase.preparing': 'preparing',
  'phase.paused': 'paused',
  'phase.running': 'running',
  'phase.diverged': 'diverged',
  'phase.failed': 'failed',
  'record.reaches': 'it reaches step {{step}}, but the run did {{steps}}',
  'record.tooLate': 'it was taken at step {{step}}, but the run did {{steps}}',
  'record.notLater': 'it was taken at step {{step}}, not after the one before it',
  'record.parentTooLate': 'the run began at step {{step}}, but it ended at step {{steps}}',
  'source.file': 'This file',
  'source.oneOfSeveral': '{{source}}, run {{place}},',
  'source.namedOneOfSeveral': '{{source}}, run {{place}} (“{{name}}”),',
  'source.stored': 'A stored run',
  'source.namedStored': 'The stored run “{{name}}”',
} as const;

/** What stands between the values of a list, by the way it is shown. */
export const separators = { commas: ', ', or: ' or ', semicolons: '; ', of: ' of ', sentences: ' ' } as const;
