import { type Metrics, metricColumnCount, termNames } from '../../plan/operations.ts';
import type { Plan } from '../../plan/program.ts';
import { rowCount, rowsOf, sampleLength } from '../../plan/slots.ts';
import type { MemoryLayout } from './memoryLayout.ts';
import type { RecordList } from './recordList.ts';

/** The columns of a row of metrics, of which a row in memory has `width`. */
export function addMetrics(
  list: RecordList,
  { columns }: Metrics,
  plan: Plan,
  memory: MemoryLayout,
  width: number,
): void {
  let column = 0;
  for (const metric of columns) {
    const place = { rows: memory.rows, width, column, perLatent: 0 };
    switch (metric.kind) {
      case 'meanOfSum': {
        const { sum, batch } = metric;
        const source = memory.rowsAt(rowsOf(sum));
        list.add('meanOfSum', 1, { ...place, source, count: sum.groups * sum.rows, detail: batch });
        break;
      }
      case 'meanOfTerm': {
        const rows = rowsOf(metric.terms, metric.group);
        const detail = termNames.indexOf(metric.term);
        list.add('meanOfTerm', 1, { ...place, source: memory.rowsAt(rows), count: rowCount(rows), detail });
        break;
      }
      case 'divergence':
      case 'divergencePerLatent': {
        const { divergence } = metric;
        list.add('divergence', 1, {
          ...place,
          source: memory.rowsAt(rowsOf(divergence)),
          count: divergence.rows,
          detail: sampleLength(divergence),
          perLatent: metric.kind === 'divergencePerLatent' ? 1 : 0,
        });
        break;
      }
      case 'live':
        list.add('liveColumn', 1, { ...place, source: 0, count: 0, detail: plan.live.indexOf(metric.name) });
        break;
      case 'missing':
        list.add('missingColumn', 1, { ...place, source: 0, count: 0, detail: 0 });
        break;
      default:
        metric satisfies never;
    }
    column += metricColumnCount(metric);
  }
}
