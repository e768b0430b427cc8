import { pointsOf } from './curve.ts';
import type { RunRecord } from './runRecord.ts';

/** Names of runs as a table needs them: a name that came before gets a number. */
export function distinctNames(records: readonly RunRecord[]): string[] {
  const taken = new Set<string>();
  return records.map(({ name }) => {
    let distinct = name;
    for (let number = 2; taken.has(distinct); number++) distinct = `${name} (${number})`;
    taken.add(distinct);
    return distinct;
  });
}

/**
 * Every curve and score of the runs in long form: run, step, metric, value. A point of a curve stands at the last of
 * its steps, with their mean.
 */
export function runsCsv(records: readonly RunRecord[]): string {
  const names = distinctNames(records);
  const lines = ['run,step,metric,value'];
  records.forEach((record, run) => {
    const name = cell(names[run]);
    for (const [metric, curve] of Object.entries(record.history))
      for (const { to, mean } of pointsOf(curve)) lines.push(`${name},${to},${cell(metric)},${mean}`);
    for (const evaluation of record.evaluations)
      for (const [metric, value] of scoresOf(evaluation))
        lines.push(`${name},${evaluation.step},${metric},${value}`);
  });
  return `${lines.join('\n')}\n`;
}

type Evaluation = RunRecord['evaluations'][number];

function scoresOf({ factorVae, higgins, mig, sapContinuous, modularity, dci }: Evaluation) {
  return [
    ['factorVaeMetric', factorVae.fitted],
    ['factorVaeMetricHeldOut', factorVae.heldOut],
    ['higgins', higgins.heldOut],
    ['mig', mig],
    ['sap', sapContinuous],
    ['modularity', modularity],
    ['dciDisentanglement', dci.disentanglement],
    ['dciCompleteness', dci.completeness],
    ['dciInformativeness', dci.informativenessTest],
  ] as const;
}

/** Quoted where RFC 4180 asks for it. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
