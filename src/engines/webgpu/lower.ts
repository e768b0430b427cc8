import type { Images } from '../../data/dataset.ts';
import { accessesOf } from '../../plan/accesses.ts';
import type { GradientByParameters, Metrics, Operation, Reparameterise } from '../../plan/operations.ts';
import type { Plan } from '../../plan/program.ts';
import { type Slot, sampleLength, slotLength } from '../../plan/slots.ts';
import { rangesOf } from '../../plan/stages.ts';
import { rateIndex } from '../plan/device.ts';
import type { KernelChoice } from './kernelChoice.ts';
import { adam } from './kernels/adam.ts';
import {
  gradientPenalty,
  imageGradient,
  informationLoss,
  mixImages,
  scoreLoss,
} from './kernels/adversarial.ts';
import { drawImages } from './kernels/drawImages.ts';
import { drawRandomness } from './kernels/drawRandomness.ts';
import { drawUniforms } from './kernels/drawUniforms.ts';
import type { Kernel } from './kernels/kernel.ts';
import { permuteCodes, reparameterise, reparameteriseGradient, sampleAndPermute } from './kernels/latent.ts';
import {
  discriminatorLoss,
  logitDifferenceGradient,
  pixelProbabilities,
  reconstructionLoss,
} from './kernels/losses.ts';
import { sumGradients } from './kernels/sumGradients.ts';
import {
  bringsBias,
  forward,
  gradientByInput,
  gradientByWeight,
  gradientsByBiases,
  type LayerContext,
  parameter,
  tangent,
} from './lowerLayers.ts';
import { lossIn, metrics } from './lowerMetrics.ts';
import { boundRows, groupStride, type PlanMemory, paddedSample } from './planMemory.ts';
import type { Dispatch } from './program.ts';

/** What a data set is drawn from, on the device: see `DeviceTables`. */
export interface TableBuffers {
  readonly tables: GPUBuffer;
  readonly pixels: readonly GPUBuffer[];
  /** Bytes that one of them may have. */
  readonly most: number;
}

/** All programs of a plan as dispatches. `tables`: what each data set is drawn from. */
export function lowerPlan(
  plan: Plan,
  memory: PlanMemory,
  choice: KernelChoice,
  tables: ReadonlyMap<Images, TableBuffers>,
) {
  const lowering = new Lowering({ plan, memory, choice }, tables);
  const step = plan.step.map((program) => {
    const [draw, operations] = [lowering.lower(program.draw), lowering.lower(program.operations)];
    const ends = lowering.ends;
    const [, ...stages] = rangesOf(program);
    const stageEnds = stages.map(({ to }) => ends[to - program.draw.length - 1]);
    return { repeats: program.repeats, draw, operations, stageEnds };
  });
  const encode = lowering.lower(plan.encode?.operations ?? []);
  const decode = lowering.lower(plan.decode?.operations ?? []);
  const discriminate = lowering.lower(plan.discriminate?.operations ?? []);
  return { step, encode, decode, discriminate };
}

/**
 * Turns operations into dispatches. Most become one; the gradients by biases of up to seven layers become one
 * together, unless the kernels of the gradients by weights sum them: they wait until the optimiser, or whatever
 * would overwrite what they read, comes. A discriminator's loss and the row of metrics that follows become one.
 */
class Lowering {
  readonly #context: LayerContext;
  readonly #tables: ReadonlyMap<Images, TableBuffers>;
  #list: Dispatch[] = [];
  #waiting: GradientByParameters[] = [];
  /** Of each operation lowered last, the number of the dispatch behind its last one. */
  ends: number[] = [];

  constructor(context: LayerContext, tables: ReadonlyMap<Images, TableBuffers>) {
    this.#context = context;
    this.#tables = tables;
  }

  lower(operations: readonly Operation[]): Dispatch[] {
    this.#list = [];
    this.ends = [];
    for (const [o, operation] of operations.entries()) {
      if (this.#overwritesWaiting(operation)) this.#sumBiases();
      const [before, next] = [operations[o - 1], operations[o + 1]];
      const { plan, memory } = this.#context;
      if (operation.kind === 'metrics')
        this.#list.push(metrics(operation, lossIn(before, operation), plan, memory));
      // The row of metrics brings it along.
      else if (!lossIn(operation, next)) this.#add(operation);
      this.ends.push(this.#list.length);
    }
    this.#sumBiases();
    if (this.ends.length > 0) this.ends[this.ends.length - 1] = this.#list.length;
    return this.#list;
  }

  #add(operation: Exclude<Operation, Metrics>): void {
    const { plan, memory } = this.#context;
    const all = (slot: Slot): GPUBufferBinding => ({ buffer: memory.slot(slot) });
    switch (operation.kind) {
      case 'drawImages': {
        const { images, batches } = operation;
        const buffers = this.#tables.get(images);
        if (!buffers) throw new RangeError('the tables of a data set are missing');
        const kernel = drawImages(
          images,
          batches[0].batch.rows,
          batches.map(({ stream }) => stream),
          buffers.most,
        );
        const named = batches.map(({ batch }, b) => [`batch${b}`, all(batch)] as const);
        const pixels = buffers.pixels.map((buffer, p) => [`pixels${p}`, { buffer }] as const);
        this.#push(kernel, {
          tables: { buffer: buffers.tables },
          ...Object.fromEntries([...pixels, ...named]),
        });
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
      case 'drawUniforms': {
        const { reals, inputs } = operation;
        const kernel = drawUniforms(
          reals.map(({ stream, noise }) => ({ stream, count: slotLength(noise) })),
          inputs.map(({ stream, codes, of }) => ({ stream, rows: codes.rows, of })),
        );
        this.#push(
          kernel,
          Object.fromEntries([
            ...reals.map(({ noise }, r) => [`reals${r}`, all(noise)]),
            ...inputs.map(({ codes }, n) => [`inputs${n}`, all(codes)]),
          ]),
        );
        break;
      }
      case 'forward':
        this.#list.push(forward(operation, this.#context));
        break;
      case 'gradientByParameters':
        this.#list.push(gradientByWeight(operation, this.#context));
        if (!bringsBias(operation, this.#context)) this.#waiting.push(operation);
        break;
      case 'tangent':
        this.#list.push(tangent(operation, this.#context));
        break;
      case 'gradientByInput':
        this.#list.push(gradientByInput(operation, this.#context));
        break;
      case 'sumGradients': {
        const { terms, through, result } = operation;
        const inPlace = through?.output.slot === result.slot;
        const length = boundRows(result) * paddedSample(result.slot);
        const kernel = sumGradients(length, terms.length, through?.activation ?? 'none', inPlace);
        this.#push(kernel, {
          ...Object.fromEntries(terms.map((term, t) => [`term${t}`, memory.rowsOf(term)])),
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
          plan.live.indexOf(klWeight),
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
      case 'pixelProbabilities': {
        const { logits, images } = operation;
        this.#push(pixelProbabilities(slotLength(logits), images === null), {
          logits: all(logits),
          ...(images ? { images: memory.rowsOf(images) } : {}),
        });
        break;
      }
      case 'logitDifferenceGradient': {
        const { layer, weight, hidden, activation, result } = operation;
        const kernel = logitDifferenceGradient(
          boundRows(hidden),
          paddedSample(hidden.slot),
          activation,
          plan.live.indexOf(weight),
        );
        this.#push(kernel, {
          weight: parameter(memory, memory.layer(layer), 'weight'),
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
      case 'mixImages': {
        const { mix, images } = operation;
        const length = sampleLength(images);
        const kernel = mixImages(images.rows, length, groupStride(images) * length);
        this.#push(kernel, { mix: all(mix), images: all(images) });
        break;
      }
      case 'imageGradient': {
        const { gradient, images, logits } = operation;
        const buffers = { gradient: all(gradient), images: memory.rowsOf(images), logits: all(logits) };
        this.#push(imageGradient(slotLength(gradient)), buffers);
        break;
      }
      case 'scoreLoss': {
        const { scores, groups, terms } = operation;
        const kernel = scoreLoss(scores.slot.rows, groupStride(scores.slot), groups);
        this.#push(kernel, { scores: memory.rowsOf(scores), terms: all(terms) });
        break;
      }
      case 'informationLoss': {
        const { inference, inputs, of, weight, terms, errors } = operation;
        this.#push(informationLoss(inference.rows, of, plan.live.indexOf(weight)), {
          inference: all(inference),
          inputs: all(inputs),
          terms: all(terms),
          errors: all(errors),
        });
        break;
      }
      case 'gradientPenalty': {
        const { gradient, weight, tangent: into, terms } = operation;
        const length = sampleLength(gradient);
        this.#push(gradientPenalty(gradient.rows, length, plan.live.indexOf(weight)), {
          gradient: all(gradient),
          tangent: memory.rowsOf(into),
          terms: all(terms),
        });
        break;
      }
      case 'adam': {
        const { optimiser } = operation;
        const { live, optimisers } = plan;
        const index = optimisers.findIndex(({ name }) => name === optimiser);
        this.#sumBiases();
        const { buffer, table } = memory.gradients(optimiser);
        const { offset, length } = memory.layout.range(optimiser);
        const part = (buffer: GPUBuffer) => ({ buffer, offset: 4 * offset, size: 4 * length });
        const kernel = adam(rateIndex(live.length, index), length, optimisers[index].betas);
        const buffers = {
          gradients: { buffer },
          table: { buffer: table },
          parameters: part(memory.parameters),
          firstMoment: part(memory.firstMoment),
          secondMoment: part(memory.secondMoment),
        };
        this.#list.push({ kernel, buffers, updates: optimiser });
        break;
      }
      default:
        operation satisfies never;
    }
  }

  #push(kernel: Kernel, buffers: Dispatch['buffers']): void {
    this.#list.push({ kernel, buffers });
  }

  #overwritesWaiting(operation: Operation): boolean {
    if (this.#waiting.length === 0) return false;
    const read = new Set<Slot>(this.#waiting.map(({ gradient }) => gradient.slot));
    return accessesOf(operation).some(({ rows, mode }) => mode !== 'read' && read.has(rows.slot));
  }

  #sumBiases(): void {
    this.#list.push(...gradientsByBiases(this.#waiting, this.#context));
    this.#waiting = [];
  }
}

/** Batch and latents. */
function codeShape({ noise }: Pick<Reparameterise, 'noise'>): [number, number] {
  return [noise.rows, sampleLength(noise)];
}
