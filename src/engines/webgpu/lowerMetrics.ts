import type { DiscriminatorLoss, Metrics, Operation } from '../../plan/operations.ts';
import type { Plan } from '../../plan/program.ts';
import { type Slot, sampleLength } from '../../plan/slots.ts';
import { type DivergenceShape, type MetricSource, metricsRow } from './kernels/metrics.ts';
import { addends, groupStride, type PlanMemory } from './planMemory.ts';
import type { Dispatch } from './program.ts';

/** The loss of a discriminator, where the row of metrics that follows it shows its terms. */
export function lossIn(
  operation: Operation | undefined,
  next: Operation | undefined,
): DiscriminatorLoss | null {
  if (operation?.kind !== 'discriminatorLoss' || next?.kind !== 'metrics') return null;
  const shown = next.columns.some(
    (column) => column.kind === 'meanOfTerm' && column.terms === operation.terms,
  );
  return shown ? operation : null;
}

/** A row of metrics, and the loss before it that it brings along. */
export function metrics(
  { columns }: Metrics,
  loss: DiscriminatorLoss | null,
  plan: Plan,
  memory: PlanMemory,
): Dispatch {
  const [sums, terms, divergences]: [Slot[], Slot[], Slot[]] = [[], [], []];
  const place = (list: Slot[], slot: Slot) => {
    if (!list.includes(slot)) list.push(slot);
    return list.indexOf(slot);
  };
  const sources = columns.map((column): MetricSource => {
    if (column.kind === 'meanOfSum') {
      const { sum, batch } = column;
      return { kind: 'sum', buffer: place(sums, sum), length: addends(sum), scale: 1 / batch };
    }
    if (column.kind === 'meanOfTerm') {
      const { terms: slot, term, group } = column;
      const count = group === 'all' ? slot.groups * slot.rows : slot.rows;
      return { kind: 'term', buffer: place(terms, slot), term, count, scale: 1 / count };
    }
    if (column.kind === 'live') return { kind: 'live', index: plan.live.indexOf(column.name) };
    if (column.kind === 'missing') return column;
    return { kind: column.kind, buffer: place(divergences, column.divergence) };
  });
  const shapes = divergences.map(
    (slot): DivergenceShape => ({ batch: slot.rows, latents: sampleLength(slot) }),
  );
  const named = (list: readonly Slot[], name: string) =>
    list.map((slot, i) => [`${name}${i}`, { buffer: memory.slot(slot) }] as const);
  const before = loss && {
    buffer: terms.indexOf(loss.terms),
    batch: loss.logits.rows,
    secondRow: groupStride(loss.logits),
  };
  return {
    kernel: metricsRow(sources, shapes, before),
    buffers: {
      ...Object.fromEntries([
        ...named(sums, 'sums'),
        ...named(terms, 'terms'),
        ...named(divergences, 'divergence'),
      ]),
      rows: { buffer: memory.rows },
      ...(loss ? { logits: { buffer: memory.slot(loss.logits) } } : {}),
    },
  };
}
