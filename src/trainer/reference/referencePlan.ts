import { normals, permutations } from '../../data/random/random.ts';
import { fullName, type LayerSpec, negativeSlope } from '../../model/layers.ts';
import { fromChannelsLast, toChannelsLast } from '../../model/layout.ts';
import {
  fittingTensor,
  type NamedTensors,
  sizeOf,
  type TensorSpec,
  tensorsOf,
} from '../../model/parameters.ts';
import type { Metric, Operation, Through } from '../../plan/operations.ts';
import { termNames } from '../../plan/operations.ts';
import { filterProduct, forwardProduct, inputGradientProduct } from '../../plan/product.ts';
import type { Plan } from '../../plan/program.ts';
import { type Rows, rowCount, type Slot, sampleLength, slotLength } from '../../plan/slots.ts';
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

/** The numbers of one tensor in the trainers' layout (model/layout.ts), with its moments and its gradient. */
interface Parameter {
  readonly spec: TensorSpec;
  readonly values: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Null until it was computed in this step. */
  gradient: Float64Array | null;
  kept: Float32Array | null;
}

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
  readonly #plan: Plan;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #slots: ReadonlyMap<Slot, Float64Array>;
  readonly #live: LiveValues[] = [];
  #row: readonly number[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#parameters = new Map(
      tensorsOf(plan.layers).map((spec) => {
        const numbers = () => new Float32Array(sizeOf(spec.shape));
        return [
          spec.name,
          { spec, values: numbers(), first: numbers(), second: numbers(), gradient: null, kept: null },
        ];
      }),
    );
    this.#slots = new Map(plan.slots.map((slot) => [slot, new Float64Array(slotLength(slot))]));
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
    this.#numbers(slot).set(numbers);
  }

  async readSlot(slot: Slot, rows: number): Promise<Float32Array> {
    return Float32Array.from(this.#numbers(slot).subarray(0, rows * sampleLength(slot)));
  }

  async readParameters(): Promise<NamedTensors> {
    return this.#read(({ values }) => values);
  }

  async readState(): Promise<State> {
    return {
      parameters: this.#read(({ values }) => values),
      firstMoments: this.#read(({ first }) => first),
      secondMoments: this.#read(({ second }) => second),
    };
  }

  writeState(parameters: NamedTensors, moments?: Omit<State, 'parameters'>): void {
    const all = Array.from(this.#parameters.values(), (parameter) => {
      const { spec } = parameter;
      const fitting = (tensors: NamedTensors) => toChannelsLast(spec, fittingTensor(spec, tensors));
      return {
        parameter,
        values: fitting(parameters),
        first: moments ? fitting(moments.firstMoments) : null,
        second: moments ? fitting(moments.secondMoments) : null,
      };
    });
    for (const { parameter, values, first, second } of all) {
      parameter.values.set(values);
      if (first) parameter.first.set(first);
      else parameter.first.fill(0);
      if (second) parameter.second.set(second);
      else parameter.second.fill(0);
    }
  }

  async isFinite(): Promise<boolean> {
    return Array.from(this.#parameters.values()).every(({ values }) => values.every(Number.isFinite));
  }

  save(): void {
    for (const parameter of this.#parameters.values()) parameter.kept = parameter.values.slice();
  }

  restore(): void {
    for (const { values, first, second, kept } of this.#parameters.values()) {
      if (kept) values.set(kept);
      first.fill(0);
      second.fill(0);
    }
  }

  dispose(): void {}

  #operations(program: LoneProgram): readonly Operation[] {
    const { step, encode, decode } = this.#plan;
    switch (program.kind) {
      case 'step':
        return step[program.program].operations;
      case 'encode':
        return encode?.operations ?? [];
      case 'decode':
        return decode?.operations ?? [];
    }
  }

  #run(operation: Operation, live: LiveValues, kept = false): void {
    const liveValue = (name: string) => live.values[this.#plan.live.indexOf(name)];
    switch (operation.kind) {
      case 'drawImages':
        for (const { stream, batch } of operation.batches) {
          const images = new Float32Array(slotLength(batch));
          operation.images.drawBatch(live.seed, stream, live.draw, batch.rows, images);
          this.#numbers(batch).set(images);
        }
        break;
      case 'drawRandomness':
        for (const { stream, noise } of operation.normals)
          this.#numbers(noise).set(normals(live.seed, stream, live.draw, slotLength(noise)));
        for (const { stream, permutation } of operation.permutations) {
          const { rows } = permutation;
          const drawn = permutations(live.seed, stream, live.draw, rows, sampleLength(permutation));
          this.#numbers(permutation).set(drawn);
        }
        break;
      case 'forward': {
        const { layer, input, output } = operation;
        const product = forwardProduct(layer, rowCount(output));
        const weight = this.#parameter(layer, 'weight');
        const bias = this.#parameter(layer, 'bias');
        const of = (parameter: Parameter) => (kept && parameter.kept) || parameter.values;
        const sums = productReference(product, this.#view(input), of(weight));
        const channels = of(bias);
        const slope = negativeSlope(layer.activation) ?? 1;
        const result = this.#view(output);
        for (let i = 0; i < sums.length; i++) {
          const sum = sums[i] + channels[i % channels.length];
          result[i] = sum < 0 ? slope * sum : sum;
        }
        break;
      }
      case 'gradientByParameters': {
        const { layer, input, gradient } = operation;
        const [below, above] = [this.#view(input), this.#view(gradient)];
        const product = filterProduct(layer, rowCount(gradient));
        const [big, small] = layer.kind === 'deconv' ? [above, below] : [below, above];
        const bias = this.#parameter(layer, 'bias');
        const sums = new Float64Array(bias.values.length);
        for (let i = 0; i < above.length; i++) sums[i % sums.length] += above[i];
        this.#parameter(layer, 'weight').gradient = productReference(product, big, small);
        bias.gradient = sums;
        break;
      }
      case 'gradientByInput': {
        const { layer, gradient, through, result } = operation;
        const product = inputGradientProduct(layer, rowCount(result));
        const weight = this.#parameter(layer, 'weight').values;
        const sums = productReference(product, this.#view(gradient), weight);
        this.#view(result).set(this.#through(sums, through));
        break;
      }
      case 'sumGradients': {
        const { terms, through, result } = operation;
        const sums = new Float64Array(rowCount(result) * sampleLength(result.slot));
        for (const term of terms)
          this.#numbers(term).forEach((value, i) => {
            sums[i] += value;
          });
        this.#view(result).set(this.#through(sums, through));
        break;
      }
      case 'reparameterise': {
        const { posterior, noise, codes, divergence } = operation;
        const drawn = reparameterise(this.#numbers(posterior), this.#numbers(noise), sampleLength(noise));
        this.#view(codes).set(drawn.z);
        this.#numbers(divergence).set(drawn.divergence);
        break;
      }
      case 'reparameteriseGradient': {
        const { noise, codeGradients, klWeight, posterior } = operation;
        const dz = new Float64Array(slotLength(noise));
        for (const slot of codeGradients)
          this.#numbers(slot).forEach((value, i) => {
            dz[i] += value;
          });
        const numbers = this.#numbers(posterior);
        const latents = sampleLength(noise);
        numbers.set(posteriorGradient(numbers, this.#numbers(noise), dz, liveValue(klWeight), latents));
        break;
      }
      case 'sampleAndPermute': {
        const { posterior, noise, permutation, codes } = operation;
        const latents = sampleLength(noise);
        const { z } = reparameterise(this.#numbers(posterior), this.#numbers(noise), latents);
        this.#view(codes).set(permute(z, this.#numbers(permutation), latents));
        break;
      }
      case 'permuteCodes': {
        const { permutation, codes } = operation;
        const from = this.#view({ slot: codes, group: 0 });
        const permuted = permute(from, this.#numbers(permutation), sampleLength(codes));
        this.#view({ slot: codes, group: 1 }).set(permuted);
        break;
      }
      case 'reconstructionLoss': {
        const { images, logits, sum } = operation;
        const loss = reconstructionLoss(this.#numbers(logits), this.#numbers(images), images.rows);
        this.#numbers(logits).set(loss.gradient);
        this.#numbers(sum).fill(0)[0] = loss.sum;
        break;
      }
      case 'pixelProbabilities': {
        const logits = this.#numbers(operation.logits);
        logits.set(logits.map(logistic));
        break;
      }
      case 'logitDifferenceGradient': {
        const { layer, weight, hidden, activation, result } = operation;
        const gradient = logitDifferenceGradient(
          this.#parameter(layer, 'weight').values,
          this.#view(hidden),
          liveValue(weight),
          rowCount(hidden),
          negativeSlope(activation) ?? 1,
        );
        this.#numbers(result).set(gradient);
        break;
      }
      case 'discriminatorLoss': {
        const { logits, terms } = operation;
        const loss = discriminatorLoss(this.#numbers(logits), logits.rows);
        this.#numbers(logits).set(loss.gradient);
        this.#numbers(terms).set(loss.terms);
        break;
      }
      case 'adam':
        this.#update(operation.optimiser, live);
        break;
      case 'metrics':
        this.#row = operation.columns.flatMap((column) => this.#metric(column, liveValue));
        break;
    }
  }

  #update(optimiser: string, { values }: LiveValues): void {
    const { live, optimisers } = this.#plan;
    const index = optimisers.findIndex(({ name }) => name === optimiser);
    const { layers, betas } = optimisers[index];
    const at = rateIndex(live.length, index);
    for (const layer of layers)
      for (const role of ['weight', 'bias'] as const) {
        const parameter = this.#parameter(layer, role);
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
        return [total(this.#numbers(metric.sum)) / metric.batch];
      case 'meanOfTerm': {
        const { terms, term, group } = metric;
        const count = group === 'all' ? terms.groups * terms.rows : terms.rows;
        const column = termNames.indexOf(term);
        const numbers = this.#numbers(terms).filter((_, i) => i % 4 === column);
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
    this.#numbers(divergence).forEach((value, i) => {
      means[i % latents] += value / divergence.rows;
    });
    return means;
  }

  #through(gradient: Float64Array, through: Through | null): Float64Array {
    if (!through) return gradient;
    const slope = negativeSlope(through.activation) ?? 1;
    const output = this.#view(through.output);
    return gradient.map((value, i) => (output[i] > 0 ? value : slope * value));
  }

  #numbers(slot: Slot): Float64Array {
    const numbers = this.#slots.get(slot);
    if (!numbers) throw new RangeError(`this plan has no slot "${slot.name}"`);
    return numbers;
  }

  #view({ slot, group }: Rows): Float64Array {
    const numbers = this.#numbers(slot);
    if (group === 'all') return numbers;
    const length = slot.rows * sampleLength(slot);
    return numbers.subarray(group * length, (group + 1) * length);
  }

  #parameter(layer: LayerSpec, role: 'weight' | 'bias'): Parameter {
    const parameter = this.#parameters.get(`${fullName(layer)}.${role}`);
    if (!parameter) throw new RangeError(`this plan has no layer ${fullName(layer)}`);
    return parameter;
  }

  #read(part: (parameter: Parameter) => Float32Array): NamedTensors {
    return new Map(
      Array.from(this.#parameters.values(), (parameter) => {
        const { spec } = parameter;
        return [spec.name, { shape: spec.shape, data: fromChannelsLast(spec, part(parameter)) }];
      }),
    );
  }
}

function total(numbers: Iterable<number>): number {
  let sum = 0;
  for (const value of numbers) sum += value;
  return sum;
}
