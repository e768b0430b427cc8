/** What Adam's kernel needs of one step: learning rate / (1 - beta1^t), and 1 / sqrt(1 - beta2^t). */
export interface AdamRates {
  readonly rate: number;
  readonly correction: number;
}

/** 1 - beta^t without cancellation, also where beta^t is close to 1. */
function oneMinusPower(beta: number, t: number): number {
  return -Math.expm1(t * Math.log(beta));
}

/** `t` counts steps from 1. */
export function adamRates(
  learningRate: number,
  [beta1, beta2]: readonly [number, number],
  t: number,
): AdamRates {
  return {
    rate: learningRate / oneMinusPower(beta1, t),
    correction: 1 / Math.sqrt(oneMinusPower(beta2, t)),
  };
}
