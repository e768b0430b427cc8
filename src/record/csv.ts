import { pointsOf } from './curve.ts';
import type { RunRecord } from './runRecord.ts';

/** Names that a table can tell apart: one that came before gets a number. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let number = 2; taken.has(distinct); number++) distinct = `${name} (${number})`;
    taken.add(distinct);
    return distinct;
  });
}

/** Tells a spreadsheet that the text is UTF-8: Excel takes it for the machine's old code page otherwise. */
const byteOrderMark = '\uFEFF';

/**
 * Every curve and score of the runs in long form: run, step, metric, value. A point of a curve stands at the last
 * of its steps, with their mean.
 */
export function runsCsv(records: readonly RunRecord[]): string {
  const names = distinctNames(records.map(({ name }) => harmless(name)));
  const lines = ['run,step,metric,value'];
  records.forEach((record, run) => {
    const name = quoted(names[run]);
    for (const [metric, curve] of Object.entries(record.history)) {
      const column = quoted(harmless(metric));
      for (const { to, mean } of pointsOf(curve)) lines.push(`${name},${to},${column},${mean}`);
    }
    for (const evaluation of record.evaluations)
      for (const [metric, value] of scoresOf(evaluation))
        lines.push(`${name},${evaluation.step},${metric},${value}`);
  });
  return `${byteOrderMark}${lines.join('\n')}\n`;
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

/**
 * Text that no spreadsheet takes for a formula: an apostrophe before what would begin one, as OWASP advises ("CSV
 * Injection"), full-width signs and signs behind white space included.
 */
function harmless(text: string): string {
  return /^[\t\r\n]|^[\s\0]*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
}

/**
 * Quoted where RFC 4180 asks for it, and where another separator would split the text: some countries' is a
 * semicolon.
 */
function quoted(text: string): string {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
