/** The form of a new run, beside its settings. */
export const newRun = {
  title: 'New run',
  contents: 'data, model, seed',
  note: 'These settings start a new run. You will be asked before the current one is replaced.',
  sections: { data: 'Images, and how many values of each factor', model: 'Model', training: 'Training' },
  images: '{{count}} different images',
  randomSeed: 'Random seed',
  engine: 'Engine',
  automatic: 'Automatic',
  apply: 'Apply',
  revert: 'Revert',
  start: 'Start the new run',
} as const;
