import { normals, permutations } from '../../data/random/random.ts';
import { fullName, negativeSlope } from '../../model/layers.ts';
import type { NamedTensors } from '../../model/parameters.ts';
import { type Metric, type Operation, type Through, termNames } from '../../plan/operations.ts';
import { filterProduct, forwardProduct, inputGradientProduct } from '../../plan/product.ts';
import type { Plan } from '../../plan/program.ts';
import { rowCount, type Slot, sampleLength, slotLength } from '../../plan/slots.ts';
import {
  type LiveValues,
  type LoneProgram,
  type PlanDevice,
  type RowCollector,
  rateIndex,
  type State,
} from '../plan/device.ts';
import {
  adam,
  discriminatorLoss,
  logistic,
  logitDifferenceGradient,
  permute,
  posteriorGradient,
  reconstructionLoss,
  reparameterise,
} from './operations.ts';
import { productReference } from './products.ts';
import { type Parameter, ReferenceMemory } from './referenceMemory.ts';

class Collected implements RowCollector {
  readonly #rows: number[] = [];

  add(row: readonly number[]): void {
    for (const value of row) this.#rows.push(value);
  }

  async read(): Promise<Float32Array> {
    return Float32Array.from(this.#rows);
  }
}

/**
 * A plan in plain TypeScript: slow, in double precision but for parameters and moments, and needing no device. It is what
 * other engines are held against.
 */
export class ReferencePlan implements PlanDevice {
  readonly maxSteps = 1;
  readonly submitMs = Number.POSITIVE_INFINITY;
  readonly cost = null;
  readonly choices = [];
  readonly #plan: Plan;
  readonly #memory: ReferenceMemory;
  readonly #live: LiveValues[] = [];
  #row: readonly number[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#memory = new ReferenceMemory(plan);
  }

  check(): void {}

  setLive(place: number, { seed, draw, metricsRow, values }: LiveValues): void {
    this.#live[place] = { seed, draw, metricsRow, values: Float32Array.from(values) };
  }

  collect(): Collected {
    return new Collected();
  }

  submitSteps(steps: number, rows: Collected): void {
    let place = 0;
    for (let step = 0; step < steps; step++) {
      for (const { repeats, draw, operations } of this.#plan.step)
        for (let repeat = 0; repeat < repeats; repeat++) {
          const live = this.#live[place++];
          for (const operation of [...draw, ...operations]) this.#run(operation, live);
        }
      rows.add(this.#row);
    }
  }

  submitProgram(program: LoneProgram, place: number, rows?: Collected): void {
    const kept = program.kind === 'encode' && program.kept;
    for (const operation of this.#operations(program)) this.#run(operation, this.#live[place], kept);
    rows?.add(this.#row);
  }

  writeSlot(slot: Slot, numbers: Float32Array | Int32Array): void {
    this.#memory.numbers(slot).set(numbers);
  }

  async readSlot(slot: Slot, rows: number): Promise<Float32Array> {
    return Float32Array.from(this.#memory.numbers(slot).subarray(0, rows * sampleLength(slot)));
  }

  async readParameters(): Promise<NamedTensors> {
    return this.#memory.read('values');
  }

  async readState(): Promise<State> {
    return {
      parameters: this.#memory.read('values'),
      firstMoments: this.#memory.read('first'),
      secondMoments: this.#memory.read('second'),
    };
  }

  writeState(parameters: NamedTensors, moments?: Omit<State, 'parameters'>): void {
    this.#memory.write(parameters, moments);
  }

  async isFinite(): Promise<boolean> {
    return this.#memory.isFinite();
  }

  save(): void {
    this.#memory.save();
  }

  restore(): void {
    this.#memory.restore();
  }

  dispose(): void {}

  #operations(program: LoneProgram): readonly Operation[] {
    const { step, encode, decode, discriminate } = this.#plan;
    switch (program.kind) {
      case 'step':
        return step[program.program].operations;
      case 'encode':
        return encode?.operations ?? [];
      case 'decode':
        return decode?.operations ?? [];
      case 'discriminate':
        return discriminate?.operations ?? [];
    }
  }

  #run(operation: Operation, live: LiveValues, kept = false): void {
    const liveValue = (name: string) => live.values[this.#plan.live.indexOf(name)];
    switch (operation.kind) {
      case 'drawImages':
        for (const { stream, batch } of operation.batches) {
          const images = new Float32Array(slotLength(batch));
          operation.images.drawBatch(live.seed, stream, live.draw, batch.rows, images);
          this.#memory.numbers(batch).set(images);
        }
        break;
      case 'drawRandomness':
        for (const { stream, noise } of operation.normals)
          this.#memory.numbers(noise).set(normals(live.seed, stream, live.draw, slotLength(noise)));
        for (const { stream, permutation } of operation.permutations) {
          const { rows } = permutation;
          const drawn = permutations(live.seed, stream, live.draw, rows, sampleLength(permutation));
          this.#memory.numbers(permutation).set(drawn);
        }
        break;
      case 'forward': {
        const { layer, input, output } = operation;
        const product = forwardProduct(layer, rowCount(output));
        const weight = this.#memory.parameter(layer, 'weight');
        const bias = this.#memory.parameter(layer, 'bias');
        const of = (parameter: Parameter) => (kept && parameter.kept) || parameter.values;
        const sums = productReference(product, this.#memory.view(input), of(weight));
        const channels = of(bias);
        const slope = negativeSlope(layer.activation) ?? 1;
        const result = this.#memory.view(output);
        for (let i = 0; i < sums.length; i++) {
          const sum = sums[i] + channels[i % channels.length];
          result[i] = sum < 0 ? slope * sum : sum;
        }
        break;
      }
      case 'gradientByParameters': {
        const { layer, input, gradient } = operation;
        const [below, above] = [this.#memory.view(input), this.#memory.view(gradient)];
        const product = filterProduct(layer, rowCount(gradient));
        const [big, small] = layer.kind === 'deconv' ? [above, below] : [below, above];
        const bias = this.#memory.parameter(layer, 'bias');
        const sums = new Float64Array(bias.values.length);
        for (let i = 0; i < above.length; i++) sums[i % sums.length] += above[i];
        this.#memory.parameter(layer, 'weight').gradient = productReference(product, big, small);
        bias.gradient = sums;
        break;
      }
      case 'gradientByInput': {
        const { layer, gradient, through, result } = operation;
        const product = inputGradientProduct(layer, rowCount(result));
        const weight = this.#memory.parameter(layer, 'weight').values;
        const sums = productReference(product, this.#memory.view(gradient), weight);
        this.#memory.view(result).set(this.#through(sums, through));
        break;
      }
      case 'sumGradients': {
        const { terms, through, result } = operation;
        const sums = new Float64Array(rowCount(result) * sampleLength(result.slot));
        for (const term of terms)
          this.#memory.numbers(term).forEach((value, i) => {
            sums[i] += value;
          });
        this.#memory.view(result).set(this.#through(sums, through));
        break;
      }
      case 'reparameterise': {
        const { posterior, noise, codes, divergence } = operation;
        const drawn = reparameterise(
          this.#memory.numbers(posterior),
          this.#memory.numbers(noise),
          sampleLength(noise),
        );
        this.#memory.view(codes).set(drawn.z);
        this.#memory.numbers(divergence).set(drawn.divergence);
        break;
      }
      case 'reparameteriseGradient': {
        const { noise, codeGradients, klWeight, posterior } = operation;
        const dz = new Float64Array(slotLength(noise));
        for (const slot of codeGradients)
          this.#memory.numbers(slot).forEach((value, i) => {
            dz[i] += value;
          });
        const numbers = this.#memory.numbers(posterior);
        const latents = sampleLength(noise);
        numbers.set(
          posteriorGradient(numbers, this.#memory.numbers(noise), dz, liveValue(klWeight), latents),
        );
        break;
      }
      case 'sampleAndPermute': {
        const { posterior, noise, permutation, codes } = operation;
        const latents = sampleLength(noise);
        const { z } = reparameterise(this.#memory.numbers(posterior), this.#memory.numbers(noise), latents);
        this.#memory.view(codes).set(permute(z, this.#memory.numbers(permutation), latents));
        break;
      }
      case 'permuteCodes': {
        const { permutation, codes } = operation;
        const from = this.#memory.view({ slot: codes, group: 0 });
        const permuted = permute(from, this.#memory.numbers(permutation), sampleLength(codes));
        this.#memory.view({ slot: codes, group: 1 }).set(permuted);
        break;
      }
      case 'reconstructionLoss': {
        const { images, logits, sum } = operation;
        const loss = reconstructionLoss(
          this.#memory.numbers(logits),
          this.#memory.numbers(images),
          images.rows,
        );
        this.#memory.numbers(logits).set(loss.gradient);
        this.#memory.numbers(sum).fill(0)[0] = loss.sum;
        break;
      }
      case 'pixelProbabilities': {
        const logits = this.#memory.numbers(operation.logits);
        logits.set(logits.map(logistic));
        break;
      }
      case 'logitDifferenceGradient': {
        const { layer, weight, hidden, activation, result } = operation;
        const gradient = logitDifferenceGradient(
          this.#memory.parameter(layer, 'weight').values,
          this.#memory.view(hidden),
          liveValue(weight),
          rowCount(hidden),
          negativeSlope(activation) ?? 1,
        );
        this.#memory.numbers(result).set(gradient);
        break;
      }
      case 'discriminatorLoss': {
        const { logits, terms } = operation;
        const loss = discriminatorLoss(this.#memory.numbers(logits), logits.rows);
        this.#memory.numbers(logits).set(loss.gradient);
        this.#memory.numbers(terms).set(loss.terms);
        break;
      }
      case 'adam':
        this.#update(operation.optimiser, live);
        break;
      case 'metrics':
        this.#row = operation.columns.flatMap((column) => this.#metric(column, liveValue));
        break;
      default:
        operation satisfies never;
    }
  }

  #update(optimiser: string, { values }: LiveValues): void {
    const { live, optimisers } = this.#plan;
    const index = optimisers.findIndex(({ name }) => name === optimiser);
    const { layers, betas } = optimisers[index];
    const at = rateIndex(live.length, index);
    for (const layer of layers)
      for (const role of ['weight', 'bias'] as const) {
        const parameter = this.#memory.parameter(layer, role);
        const { values: numbers, first, second, gradient } = parameter;
        if (!gradient) throw new RangeError(`${fullName(layer)} has no gradient yet`);
        for (let i = 0; i < numbers.length; i++) {
          const [m, v] = [first[i], second[i]];
          const next = adam(numbers[i], gradient[i], m, v, betas, values[at], values[at + 1]);
          numbers[i] = next.parameter;
          first[i] = next.m;
          second[i] = next.v;
        }
        parameter.gradient = null;
      }
  }

  #metric(metric: Metric, liveValue: (name: string) => number): number[] {
    switch (metric.kind) {
      case 'meanOfSum':
        return [total(this.#memory.numbers(metric.sum)) / metric.batch];
      case 'meanOfTerm': {
        const { terms, term, group } = metric;
        const count = group === 'all' ? terms.groups * terms.rows : terms.rows;
        const column = termNames.indexOf(term);
        const numbers = this.#memory.numbers(terms).filter((_, i) => i % 4 === column);
        return [total(numbers.subarray(0, count)) / count];
      }
      case 'divergence':
        return [total(this.#perLatent(metric.divergence))];
      case 'divergencePerLatent':
        return this.#perLatent(metric.divergence);
      case 'live':
        return [liveValue(metric.name)];
      case 'missing':
        return [Number.NaN];
    }
  }

  #perLatent(divergence: Slot<'divergence'>): number[] {
    const latents = sampleLength(divergence);
    const means = Array.from({ length: latents }, () => 0);
    this.#memory.numbers(divergence).forEach((value, i) => {
      means[i % latents] += value / divergence.rows;
    });
    return means;
  }

  #through(gradient: Float64Array, through: Through | null): Float64Array {
    if (!through) return gradient;
    const slope = negativeSlope(through.activation) ?? 1;
    const output = this.#memory.view(through.output);
    return gradient.map((value, i) => (output[i] > 0 ? value : slope * value));
  }
}

function total(numbers: Iterable<number>): number {
  let sum = 0;
  for (const value of numbers) sum += value;
  return sum;
}
