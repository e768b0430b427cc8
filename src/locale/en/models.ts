/** What panels say of a model that lacks what they are about. */
export const modelNotes = {
  noCurves:
    'InfoWGAN-GP has no reconstruction term, no KL and no discriminator of codes, so there are no such curves.',
  noQuantity: 'This model has no such quantity.',
  oneEstimate:
    'InfoWGAN-GP has no discriminator of codes, and Q gives a code no width, so there is one estimate only.',
  noGoal: 'This model reconstructs nothing, so it has no nats to reach the goal with.',
  sameStart:
    'Same batches and noise at every step, from the same weights (seed {{seed}}). Both train in lockstep.',
  sameSeed:
    'Two kinds of model, so networks and weights differ; data, sizes and seed ({{seed}}) are the same. Both train in lockstep.',
} as const;
