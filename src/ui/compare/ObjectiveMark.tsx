import type { VaeObjective } from '../../settings/scopes.ts';

/** Apart in hue and lightness for all kinds of colour vision, and in shape besides. */
export const objectiveColours: Readonly<Record<VaeObjective, string>> = {
  factorVae: 'var(--gamma)',
  betaVae: 'var(--latent-0)',
};

/** A disc for FactorVAE, a square for beta-VAE. */
export function ObjectiveMark({ objective, x, y }: { objective: VaeObjective; x: number; y: number }) {
  const paint = { fill: objectiveColours[objective], stroke: 'var(--panel)', strokeWidth: 1.5 };
  return objective === 'factorVae' ? (
    <circle cx={x} cy={y} r={6.5} {...paint} />
  ) : (
    <rect x={x - 5.8} y={y - 5.8} width={11.6} height={11.6} {...paint} />
  );
}
