import { sizeOf, tensorsOf } from '../model/parameters.ts';
import type { Plan } from './program.ts';
import { type Slot, slotLength } from './slots.ts';

/** What a run may take of a GPU's memory, what `keep` copies included, over the bytes of its tensors. */
export const memoryBound = 1.25;

/**
 * What a step cannot do without: parameters, their gradients and both moments, the batches of images, what the
 * layers put out and, where that is needed beside them, the gradients that weights get theirs from.
 */
export function tensorBytes({ layers, optimisers, slots, step }: Plan): number {
  const trained = new Set(optimisers.flatMap((optimiser) => optimiser.layers));
  let numbers = 0;
  for (const { layer, shape } of tensorsOf(layers)) numbers += (trained.has(layer) ? 4 : 1) * sizeOf(shape);
  const kept = new Set<Slot>();
  for (const operation of step.flatMap(({ operations }) => operations))
    if (operation.kind === 'gradientByParameters') kept.add(operation.gradient.slot);
  for (const slot of slots)
    if (slot.role === 'images' || slot.role === 'output' || kept.has(slot)) numbers += slotLength(slot);
  return 4 * numbers;
}
