import type { RunConfig } from '../../config/schema.ts';
import type { KernelChoice } from './kernelChoice.ts';
import { type GradientPlace, maxParts, tableBlock, tableEntry } from './kernels/adam.ts';
import { biasParts } from './kernels/biasGradients.ts';
import type { PlanLayer } from './layers.ts';
import { aligned, type ParameterLayout, type SlotRange } from './parameterLayout.ts';

/** Where a layer's two gradients lie in its network's gradients. */
export interface LayerGradients {
  readonly weight: GradientPlace;
  readonly bias: GradientPlace;
  /** Rows over which the bias' gradient sums: pixels or samples of the batch. */
  readonly biasRows: number;
}

/**
 * The gradients of one optimiser's parameters: those of dense weights as they are, those of convolutions and biases in
 * parts that Adam adds up, so that no dispatch is spent on adding.
 */
export class GradientLayout {
  readonly length: number;
  /** For each block of parameters where its gradient lies: what Adam reads. */
  readonly table: Uint32Array<ArrayBuffer>;
  readonly #layers = new Map<string, LayerGradients>();

  constructor(
    parameters: ParameterLayout,
    range: SlotRange,
    layers: readonly PlanLayer[],
    batch: number,
    choice: KernelChoice,
  ) {
    this.table = new Uint32Array((2 * range.length) / tableBlock);
    let length = 0;
    const add = (name: string, parts: number): GradientPlace => {
      const slot = parameters.slot(name);
      const stride = aligned(slot.length);
      const place = { offset: length, parts: Math.min(parts, maxParts), stride };
      const entry = tableEntry(place);
      for (let block = 0; block < stride / tableBlock; block++) {
        const at = 2 * ((slot.offset - range.offset) / tableBlock + block);
        this.table[at] = entry[0] + block;
        this.table[at + 1] = entry[1];
      }
      length += place.parts * stride;
      return place;
    };
    for (const layer of layers) {
      const { spec, picture, outputLength, widths } = layer;
      const biasRows = picture ? (batch * outputLength) / widths.outputs : batch;
      const parts = picture ? choice.filterParts({ ...picture, batch }) : 1;
      // A transposed convolution's bias is summed by each of four taps: see registerProduct.
      const tapParts = spec.kind === 'deconv' ? 4 : 1;
      this.#layers.set(layer.name, {
        weight: add(`${layer.name}.weight`, parts),
        bias: add(`${layer.name}.bias`, choice.sumsBias ? tapParts * parts : biasParts(biasRows)),
        biasRows,
      });
    }
    this.length = length;
  }

  of({ name }: PlanLayer): LayerGradients {
    const gradients = this.#layers.get(name);
    if (!gradients) throw new RangeError(`no gradients are kept for ${name}`);
    return gradients;
  }
}

/** Rows of the discriminator's second batch start at a multiple of 16, which a binding may start at for any width. */
export function secondBatchRow({ batchSize }: RunConfig): number {
  return Math.ceil(batchSize / 16) * 16;
}
