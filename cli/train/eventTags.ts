import { liveKeys } from '../../src/config/schema.ts';
import type { Column } from '../../src/model/columns.ts';
import type { EvaluationRecord } from '../../src/record/evaluationRecord.ts';
import type { SummaryValue } from './events.ts';

/** The tag of a column of metrics; what stands before the slash is a group of charts in TensorBoard. */
export function tagOf({ name, loss }: Column): string {
  const [, group, latent] = /^(klLatent|codeError)(\d+)$/.exec(name) ?? [];
  if (latent !== undefined) return `${group === 'klLatent' ? 'kl' : 'code_error'}/z${latent}`;
  if (liveKeys.some((key) => key === name)) return `schedule/${snakeCase(name)}`;
  return `${loss === null ? 'training' : 'loss'}/${snakeCase(name.replace(/Loss$/, ''))}`;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The scores of an evaluation; what has no bound is left out. */
export function scoresOf(evaluation: EvaluationRecord): SummaryValue[] {
  const { factorVae, mig, dci, sapContinuous, modularity, higgins, gaussianTotalCorrelation } = evaluation;
  const scores: Readonly<Record<string, number | null>> = {
    factor_vae: factorVae.fitted,
    factor_vae_held_out: factorVae.heldOut,
    mig,
    dci_disentanglement: dci.disentanglement,
    dci_completeness: dci.completeness,
    dci_informativeness: dci.informativenessTest,
    sap: sapContinuous,
    modularity,
    higgins: higgins.fitted,
    higgins_held_out: higgins.heldOut,
    gaussian_total_correlation: gaussianTotalCorrelation,
  };
  return Object.entries(scores).flatMap(([name, scalar]) =>
    scalar === null ? [] : [{ tag: `metric/${name}`, scalar }],
  );
}
