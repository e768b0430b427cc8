import type { Images } from '../../data/dataset.ts';
import { accessesOf } from '../../plan/accesses.ts';
import type {
  DiscriminatorLoss,
  Forward,
  GradientByInput,
  GradientByParameters,
  Metrics,
  Operation,
  Reparameterise,
} from '../../plan/operations.ts';
import { filterProduct, forwardProduct, inputGradientProduct, type Product } from '../../plan/product.ts';
import type { Plan } from '../../plan/program.ts';
import { type Slot, sampleLength, slotLength } from '../../plan/slots.ts';
import { rateIndex } from '../plan/device.ts';
import type { KernelChoice } from './kernelChoice.ts';
import { adam, type GradientPlace } from './kernels/adam.ts';
import { biasGradients, maxBiases } from './kernels/biasGradients.ts';
import { drawImages } from './kernels/drawImages.ts';
import { drawRandomness } from './kernels/drawRandomness.ts';
import type { Epilogue } from './kernels/epilogue.ts';
import type { Kernel } from './kernels/kernel.ts';
import { permuteCodes, reparameterise, reparameteriseGradient, sampleAndPermute } from './kernels/latent.ts';
import {
  discriminatorLoss,
  logitDifferenceGradient,
  pixelProbabilities,
  reconstructionLoss,
} from './kernels/losses.ts';
import { type DivergenceShape, type MetricSource, metricsRow } from './kernels/metrics.ts';
import { sumGradients } from './kernels/sumGradients.ts';
import type { PaddedLayer } from './layers.ts';
import { addends, boundRows, groupStride, type PlanMemory, paddedSample } from './planMemory.ts';

/** A kernel and its buffers, by the kernel's names for them. */
export interface Dispatch {
  readonly kernel: Kernel;
  readonly buffers: Readonly<Record<string, GPUBufferBinding>>;
  /** What it computes, where that is a product of matrices. */
  readonly product?: { readonly product: Product; readonly epilogue: Epilogue };
}

/**
 * Turns operations into dispatches. Most become one; the gradients by biases of up to seven layers become one together,
 * unless the kernels of the gradients by weights sum them: they wait until the optimiser, or whatever would overwrite what
 * they read, comes. A discriminator's loss and the row of metrics that follows become one.
 */
export class Lowering {
  readonly #plan: Plan;
  readonly #memory: PlanMemory;
  readonly #choice: KernelChoice;
  readonly #tables: ReadonlyMap<Images, GPUBuffer>;
  #list: Dispatch[] = [];
  #waiting: GradientByParameters[] = [];

  /** `tables`: what each data set is drawn from. */
  constructor(plan: Plan, memory: PlanMemory, choice: KernelChoice, tables: ReadonlyMap<Images, GPUBuffer>) {
    this.#plan = plan;
    this.#memory = memory;
    this.#choice = choice;
    this.#tables = tables;
  }

  lower(operations: readonly Operation[]): Dispatch[] {
    this.#list = [];
    for (const [o, operation] of operations.entries()) {
      if (this.#overwritesWaiting(operation)) this.#sumBiases();
      const [before, next] = [operations[o - 1], operations[o + 1]];
      if (operation.kind === 'metrics') this.#metrics(operation, lossIn(before, operation));
      // The row of metrics brings it along.
      else if (!lossIn(operation, next)) this.#add(operation);
    }
    this.#sumBiases();
    return this.#list;
  }

  #add(operation: Operation): void {
    const memory = this.#memory;
    const all = (slot: Slot): GPUBufferBinding => ({ buffer: memory.slot(slot) });
    switch (operation.kind) {
      case 'drawImages': {
        const { images, batches } = operation;
        const kernel = drawImages(
          images,
          batches[0].batch.rows,
          batches.map(({ stream }) => stream),
        );
        const named = batches.map(({ batch }, b) => [`batch${b}`, all(batch)] as const);
        const tables = this.#tables.get(images);
        if (!tables) throw new RangeError('the tables of a data set are missing');
        this.#push(kernel, { tables: { buffer: tables }, ...Object.fromEntries(named) });
        break;
      }
      case 'drawRandomness': {
        const { normals, permutations } = operation;
        const kernel = drawRandomness(
          normals.map(({ stream, noise }) => ({ stream, count: slotLength(noise) })),
          permutations.map(({ stream, permutation }) => ({
            stream,
            latents: permutation.rows,
            batch: sampleLength(permutation),
          })),
        );
        this.#push(
          kernel,
          Object.fromEntries([
            ...normals.map(({ noise }, n) => [`noise${n}`, all(noise)]),
            ...permutations.map(({ permutation }, p) => [`permutation${p}`, all(permutation)]),
          ]),
        );
        break;
      }
      case 'forward':
        this.#forward(operation);
        break;
      case 'gradientByParameters':
        this.#gradientByParameters(operation);
        break;
      case 'gradientByInput':
        this.#gradientByInput(operation);
        break;
      case 'sumGradients': {
        const { terms, through, result } = operation;
        const inPlace = through?.output.slot === result.slot;
        const length = boundRows(result) * paddedSample(result.slot);
        const kernel = sumGradients(length, terms.length, through?.activation ?? 'none', inPlace);
        this.#push(kernel, {
          ...Object.fromEntries(terms.map((term, t) => [`term${t}`, all(term)])),
          ...(through && !inPlace ? { mask: memory.rowsOf(through.output) } : {}),
          result: memory.rowsOf(result),
        });
        break;
      }
      case 'reparameterise': {
        const { posterior, noise, codes, divergence } = operation;
        this.#push(reparameterise(...codeShape(operation)), {
          posterior: all(posterior),
          noise: all(noise),
          z: memory.rowsOf(codes),
          divergence: all(divergence),
        });
        break;
      }
      case 'reparameteriseGradient': {
        const { noise, codeGradients, klWeight, posterior } = operation;
        const kernel = reparameteriseGradient(
          noise.rows,
          sampleLength(noise),
          codeGradients.length,
          this.#plan.live.indexOf(klWeight),
        );
        const gradients = codeGradients.map((slot, g) => [`codes${g}`, all(slot)] as const);
        this.#push(kernel, {
          noise: all(noise),
          ...Object.fromEntries(gradients),
          posterior: all(posterior),
        });
        break;
      }
      case 'sampleAndPermute': {
        const { posterior, noise, permutation, codes } = operation;
        this.#push(sampleAndPermute(...codeShape(operation)), {
          posterior: all(posterior),
          noise: all(noise),
          permutation: all(permutation),
          z: memory.rowsOf(codes),
        });
        break;
      }
      case 'permuteCodes': {
        const { permutation, codes } = operation;
        const kernel = permuteCodes(codes.rows, sampleLength(codes), groupStride(codes));
        this.#push(kernel, { permutation: all(permutation), z: all(codes) });
        break;
      }
      case 'reconstructionLoss': {
        const { images, logits, sum } = operation;
        const kernel = reconstructionLoss(images.rows, slotLength(images));
        this.#push(kernel, { images: all(images), logits: all(logits), partials: all(sum) });
        break;
      }
      case 'pixelProbabilities':
        this.#push(pixelProbabilities(slotLength(operation.logits)), { logits: all(operation.logits) });
        break;
      case 'logitDifferenceGradient': {
        const { layer, weight, hidden, activation, result } = operation;
        const kernel = logitDifferenceGradient(
          boundRows(hidden),
          paddedSample(hidden.slot),
          activation,
          this.#plan.live.indexOf(weight),
        );
        this.#push(kernel, {
          weight: this.#parameter(memory.layer(layer), 'weight'),
          hidden: memory.rowsOf(hidden),
          gradient: all(result),
        });
        break;
      }
      case 'discriminatorLoss': {
        const { logits, terms } = operation;
        const kernel = discriminatorLoss(logits.rows, groupStride(logits));
        this.#push(kernel, { logits: all(logits), terms: all(terms) });
        break;
      }
      case 'adam': {
        const { optimiser } = operation;
        const { live, optimisers } = this.#plan;
        const index = optimisers.findIndex(({ name }) => name === optimiser);
        this.#sumBiases();
        const { buffer, table } = memory.gradients(optimiser);
        const { offset, length } = memory.layout.range(optimiser);
        const part = (buffer: GPUBuffer) => ({ buffer, offset: 4 * offset, size: 4 * length });
        this.#push(adam(rateIndex(live.length, index), length, optimisers[index].betas), {
          gradients: { buffer },
          table: { buffer: table },
          parameters: part(memory.parameters),
          firstMoment: part(memory.firstMoment),
          secondMoment: part(memory.secondMoment),
        });
        break;
      }
      case 'metrics':
        this.#metrics(operation, null);
        break;
      default:
        operation satisfies never;
    }
  }

  #push(kernel: Kernel, buffers: Dispatch['buffers']): void {
    this.#list.push({ kernel, buffers });
  }

  #pushProduct(product: Product, epilogue: Epilogue, kernel: Kernel, buffers: Dispatch['buffers']): void {
    this.#list.push({ kernel, buffers, product: { product, epilogue } });
  }

  #forward({ layer: spec, input, output }: Forward): void {
    const layer = this.#memory.layer(spec);
    const epilogue = { kind: 'bias', activation: spec.activation } as const;
    const product = forwardProduct(layer.size, boundRows(output));
    const kernel = this.#choice.layer(product, epilogue);
    this.#pushProduct(product, epilogue, kernel, {
      a: this.#memory.rowsOf(input),
      b: this.#parameter(layer, 'weight'),
      ...withOther(kernel, this.#parameter(layer, 'bias')),
      result: this.#memory.rowsOf(output),
    });
  }

  #gradientByParameters(operation: GradientByParameters): void {
    const { layer: spec, input, gradient } = operation;
    const layer = this.#memory.layer(spec);
    const { layout, buffer } = this.#gradientsOf(operation);
    const { weight: place, bias } = layout.of(layer);
    const product = filterProduct(layer.size, boundRows(gradient), place.parts, place.stride);
    const part = ({ offset, parts, stride }: GradientPlace) => ({
      buffer,
      offset: 4 * offset,
      size: 4 * parts * stride,
    });
    const [below, above] = [this.#memory.rowsOf(input), this.#memory.rowsOf(gradient)];
    const [big, small] = spec.kind === 'deconv' ? [above, below] : [below, above];
    const sumsBias = this.#choice.sumsBias;
    this.#pushProduct(product, { kind: 'plain' }, this.#choice.filter(product, bias.stride), {
      a: big,
      b: small,
      result: part(place),
      ...(sumsBias ? { biasResult: part(bias) } : {}),
    });
    if (!sumsBias) this.#waiting.push(operation);
  }

  #gradientByInput({ layer: spec, gradient, through, result }: GradientByInput): void {
    const layer = this.#memory.layer(spec);
    const inPlace = through?.output.slot === result.slot;
    const epilogue: Epilogue = through
      ? { kind: 'mask', activation: through.activation, inPlace }
      : { kind: 'plain' };
    const product = inputGradientProduct(layer.size, boundRows(result));
    const kernel = this.#choice.layer(product, epilogue);
    const weight = this.#parameter(layer, 'weight');
    const mask = through && !inPlace ? this.#memory.rowsOf(through.output) : weight;
    this.#pushProduct(product, epilogue, kernel, {
      a: this.#memory.rowsOf(gradient),
      b: weight,
      ...withOther(kernel, mask),
      result: this.#memory.rowsOf(result),
    });
  }

  #gradientsOf({ layer }: GradientByParameters) {
    const optimiser = this.#plan.optimisers.find(({ layers }) => layers.includes(layer));
    if (!optimiser) throw new RangeError(`no optimiser trains ${layer.network}.${layer.name}`);
    return this.#memory.gradients(optimiser.name);
  }

  #overwritesWaiting(operation: Operation): boolean {
    if (this.#waiting.length === 0) return false;
    const read = new Set<Slot>(this.#waiting.map(({ gradient }) => gradient.slot));
    return accessesOf(operation).some(({ rows, mode }) => mode !== 'read' && read.has(rows.slot));
  }

  /** Gradients by the biases that wait, in the order of the parameters. */
  #sumBiases(): void {
    const { layers } = this.#plan;
    const waiting = this.#waiting.toSorted((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer));
    this.#waiting = [];
    for (let first = 0; first < waiting.length; first += maxBiases) {
      const some = waiting.slice(first, first + maxBiases);
      const kernel = biasGradients(
        some.map((operation) => {
          const { layer: spec, gradient } = operation;
          const layer = this.#memory.layer(spec);
          const pixels = layer.outputLength / layer.size.outputs;
          const { bias } = this.#gradientsOf(operation).layout.of(layer);
          return { rows: boundRows(gradient) * pixels, width: layer.size.outputs, ...bias };
        }),
      );
      const rows = some.map(({ gradient }, b) => [`rows${b}`, this.#memory.rowsOf(gradient)] as const);
      const { buffer } = this.#gradientsOf(some[0]);
      this.#push(kernel, { ...Object.fromEntries(rows), gradients: { buffer } });
    }
  }

  #metrics({ columns }: Metrics, loss: DiscriminatorLoss | null): void {
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
      if (column.kind === 'live') return { kind: 'live', index: this.#plan.live.indexOf(column.name) };
      if (column.kind === 'missing') return column;
      return { kind: column.kind, buffer: place(divergences, column.divergence) };
    });
    const shapes = divergences.map(
      (slot): DivergenceShape => ({
        batch: slot.rows,
        latents: sampleLength(slot),
      }),
    );
    const named = (list: readonly Slot[], name: string) =>
      list.map((slot, i) => [`${name}${i}`, { buffer: this.#memory.slot(slot) }] as const);
    const before = loss && {
      buffer: terms.indexOf(loss.terms),
      batch: loss.logits.rows,
      secondRow: groupStride(loss.logits),
    };
    this.#push(metricsRow(sources, shapes, before), {
      ...Object.fromEntries([
        ...named(sums, 'sums'),
        ...named(terms, 'terms'),
        ...named(divergences, 'divergence'),
      ]),
      rows: { buffer: this.#memory.rows },
      ...(loss ? { logits: { buffer: this.#memory.slot(loss.logits) } } : {}),
    });
  }

  #parameter({ name }: PaddedLayer, role: 'weight' | 'bias'): GPUBufferBinding {
    const { offset, length } = this.#memory.layout.slot(`${name}.${role}`);
    return { buffer: this.#memory.parameters, offset: 4 * offset, size: 4 * length };
  }
}

/** The loss of a discriminator, where the row of metrics that follows it shows its terms. */
function lossIn(operation: Operation | undefined, next: Operation | undefined): DiscriminatorLoss | null {
  if (operation?.kind !== 'discriminatorLoss' || next?.kind !== 'metrics') return null;
  const shown = next.columns.some(
    (column) => column.kind === 'meanOfTerm' && column.terms === operation.terms,
  );
  return shown ? operation : null;
}

/** Batch and latents. */
function codeShape({ noise }: Pick<Reparameterise, 'noise'>): [number, number] {
  return [noise.rows, sampleLength(noise)];
}

/** The third operand of a product, by the name that its kernel has for it, if it has one. */
function withOther({ bindings }: Kernel, buffer: GPUBufferBinding): Dispatch['buffers'] {
  const other = bindings.find(({ name }) => name === 'bias' || name === 'mask' || name === 'other');
  return other ? { [other.name]: buffer } : {};
}
