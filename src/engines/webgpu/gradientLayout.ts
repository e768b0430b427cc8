import type { KernelChoice } from './kernelChoice.ts';
import { type GradientPlace, maxParts, tableBlock, tableEntry } from './kernels/adam.ts';
import { biasParts } from './kernels/biasGradients.ts';
import type { PaddedLayer } from './layers.ts';
import { aligned, type ParameterLayout, type SlotRange } from './parameterLayout.ts';

export interface GradientRows {
  readonly layer: PaddedLayer;
  readonly batch: number;
}

/** Where a layer's two gradients lie in its network's gradients. */
export interface LayerGradients {
  readonly weight: GradientPlace;
  readonly bias: GradientPlace;
  /** Rows over which the bias' gradient sums: pixels or samples of the batch. */
  readonly biasRows: number;
}

/**
 * The gradients of one optimiser's parameters: those of dense weights as they are, those of convolutions and biases in
 * parts that Adam adds up, so that no dispatch is spent on adding. Parts keep more of a GPU busy, and take memory: there
 * are as many as `room`, in numbers, allows.
 */
export class GradientLayout {
  readonly length: number;
  /** For each block of parameters where its gradient lies: what Adam reads. */
  readonly table: Uint32Array<ArrayBuffer>;
  readonly #layers: ReadonlyMap<string, LayerGradients>;

  constructor(
    parameters: ParameterLayout,
    range: SlotRange,
    /** With the samples of one group of rows that their gradients sum over. */
    layers: readonly GradientRows[],
    choice: KernelChoice,
    room: number,
  ) {
    const lengthOf = (name: string) => aligned(parameters.slot(name).length);
    const place = (limit: number) => placeGradients(layers, choice, lengthOf, limit);
    // The longest give up parts first. One part each must do where even that is too much.
    let limit = maxParts * range.length;
    let placed = place(limit);
    while (placed.length > room && limit > tableBlock) {
      limit *= 0.8;
      placed = place(limit);
    }
    this.length = placed.length;
    this.#layers = placed.layers;

    this.table = new Uint32Array(tableLength(range));
    const enter = (name: string, gradient: GradientPlace) => {
      const entry = tableEntry(gradient);
      for (let block = 0; block < gradient.stride / tableBlock; block++) {
        const at = 2 * ((parameters.slot(name).offset - range.offset) / tableBlock + block);
        this.table[at] = entry[0] + block;
        this.table[at + 1] = entry[1];
      }
    };
    for (const [name, { weight, bias }] of this.#layers) {
      enter(`${name}.weight`, weight);
      enter(`${name}.bias`, bias);
    }
  }

  of({ name }: PaddedLayer): LayerGradients {
    const gradients = this.#layers.get(name);
    if (!gradients) throw new RangeError(`no gradients are kept for ${name}`);
    return gradients;
  }
}

/** Places all gradients, each in no more parts than take `limit` numbers together. */
function placeGradients(
  layers: readonly GradientRows[],
  choice: KernelChoice,
  lengthOf: (name: string) => number,
  limit: number,
) {
  let length = 0;
  const add = (stride: number, wanted: number): GradientPlace => {
    const parts = Math.max(1, Math.min(wanted, maxParts, Math.floor(limit / stride)));
    const place = { offset: length, parts, stride };
    length += parts * stride;
    return place;
  };
  const placed = layers.map(({ layer, batch }): [string, LayerGradients] => {
    const { size, name, picture, outputLength } = layer;
    const biasRows = picture ? (batch * outputLength) / size.outputs : batch;
    const weight = add(lengthOf(`${name}.weight`), picture ? choice.filterParts({ ...picture, batch }) : 1);
    const biasLength = lengthOf(`${name}.bias`);
    if (!choice.sumsBias) return [name, { weight, bias: add(biasLength, biasParts(biasRows)), biasRows }];
    // Summed along with the weight; a transposed convolution's by each of four taps: see registerProduct.
    const parts = (size.kind === 'deconv' ? 4 : 1) * weight.parts;
    const bias = { offset: length, parts, stride: biasLength };
    length += parts * biasLength;
    return [name, { weight, bias, biasRows }];
  });
  return { length, layers: new Map(placed) };
}

/** Numbers in Adam's table of some parameters. */
export function tableLength({ length }: SlotRange): number {
  return (2 * length) / tableBlock;
}
