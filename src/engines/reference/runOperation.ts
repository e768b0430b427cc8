import { generatorInputs, normals, permutations, uniforms } from '../../data/random/random.ts';
import { fullName, negativeSlope } from '../../model/layers.ts';
import { type Metric, type Metrics, type Operation, type Through, termNames } from '../../plan/operations.ts';
import { filterProduct, forwardProduct, inputGradientProduct } from '../../plan/product.ts';
import type { Plan } from '../../plan/program.ts';
import {
  firstGroup,
  groupLength,
  rowCount,
  rowsOf,
  type Slot,
  sampleLength,
  slotLength,
} from '../../plan/slots.ts';
import { type LiveValues, rateIndex } from '../plan/device.ts';
import {
  adam,
  discriminatorLoss,
  gradientPenalty,
  informationLoss,
  logistic,
  logitDifferenceGradient,
  permute,
  posteriorGradient,
  reconstructionLoss,
  reparameterise,
  scoreTerms,
} from './operations.ts';
import { productReference } from './products.ts';
import type { Parameter, ReferenceMemory } from './referenceMemory.ts';

/** What an operation acts on. */
export interface OperationContext {
  readonly plan: Plan;
  readonly memory: ReferenceMemory;
  readonly live: LiveValues;
  /** Whether forward passes read the kept parameters. */
  readonly kept: boolean;
}

/** Does an operation on the slots and parameters in memory. */
export function runOperation(operation: Exclude<Operation, Metrics>, context: OperationContext): void {
  const { memory, live, kept } = context;
  const liveValue = (name: string) => liveValueOf(name, context);
  switch (operation.kind) {
    case 'drawImages':
      for (const { stream, batch } of operation.batches) {
        const images = new Float32Array(groupLength(batch));
        operation.images.drawBatch(live.seed, stream, live.draw, batch.rows, images);
        memory.numbers(batch).set(images);
      }
      break;
    case 'drawRandomness':
      for (const { stream, noise } of operation.normals)
        memory.numbers(noise).set(normals(live.seed, stream, live.draw, slotLength(noise)));
      for (const { stream, permutation } of operation.permutations) {
        const { rows } = permutation;
        const drawn = permutations(live.seed, stream, live.draw, rows, sampleLength(permutation));
        memory.numbers(permutation).set(drawn);
      }
      break;
    case 'drawUniforms':
      for (const { stream, noise } of operation.reals)
        memory.numbers(noise).set(uniforms(live.seed, stream, live.draw, slotLength(noise)));
      for (const { stream, codes, of } of operation.inputs)
        memory.numbers(codes).set(generatorInputs(live.seed, stream, live.draw, codes.rows, of));
      break;
    case 'forward': {
      const { layer, input, output } = operation;
      const product = forwardProduct(layer, rowCount(output));
      const weight = memory.parameter(layer, 'weight');
      const bias = memory.parameter(layer, 'bias');
      const of = (parameter: Parameter) => (kept && parameter.kept) || parameter.values;
      const sums = productReference(product, memory.view(input), of(weight));
      const channels = of(bias);
      const slope = negativeSlope(layer.activation) ?? 1;
      const result = memory.view(output);
      for (let i = 0; i < sums.length; i++) {
        const sum = sums[i] + channels[i % channels.length];
        result[i] = sum < 0 ? slope * sum : sum;
      }
      break;
    }
    case 'gradientByParameters': {
      const { layer, input, gradient, bias: counted } = operation;
      const [below, above] = [memory.view(input), memory.view(gradient)];
      const product = filterProduct(layer, rowCount(gradient));
      const [big, small] = layer.kind === 'deconv' ? [above, below] : [below, above];
      const bias = memory.parameter(layer, 'bias');
      const sums = new Float64Array(bias.values.length);
      if (counted)
        memory.view(counted).forEach((value, i) => {
          sums[i % sums.length] += value;
        });
      memory.parameter(layer, 'weight').gradient = productReference(product, big, small);
      bias.gradient = sums;
      break;
    }
    case 'tangent': {
      const { layer, input, output } = operation;
      const product = forwardProduct(layer, rowCount(output));
      const sums = productReference(product, memory.view(input), memory.parameter(layer, 'weight').values);
      const { activation } = layer;
      memory.view(output).set(throughActivation(sums, { activation, output }, memory));
      break;
    }
    case 'gradientByInput': {
      const { layer, gradient, through, result } = operation;
      const product = inputGradientProduct(layer, rowCount(result));
      const weight = memory.parameter(layer, 'weight').values;
      const sums = productReference(product, memory.view(gradient), weight);
      memory.view(result).set(throughActivation(sums, through, memory));
      break;
    }
    case 'sumGradients': {
      const { terms, through, result } = operation;
      const sums = new Float64Array(rowCount(result) * sampleLength(result.slot));
      for (const term of terms)
        memory.view(term).forEach((value, i) => {
          sums[i] += value;
        });
      memory.view(result).set(throughActivation(sums, through, memory));
      break;
    }
    case 'reparameterise': {
      const { posterior, noise, codes, divergence } = operation;
      const drawn = reparameterise(memory.numbers(posterior), memory.numbers(noise), sampleLength(noise));
      memory.view(codes).set(drawn.z);
      memory.numbers(divergence).set(drawn.divergence);
      break;
    }
    case 'reparameteriseGradient': {
      const { noise, codeGradients, klWeight, posterior } = operation;
      const dz = new Float64Array(slotLength(noise));
      for (const slot of codeGradients)
        memory.numbers(slot).forEach((value, i) => {
          dz[i] += value;
        });
      const numbers = memory.numbers(posterior);
      const latents = sampleLength(noise);
      numbers.set(posteriorGradient(numbers, memory.numbers(noise), dz, liveValue(klWeight), latents));
      break;
    }
    case 'sampleAndPermute': {
      const { posterior, noise, permutation, codes } = operation;
      const latents = sampleLength(noise);
      const { z } = reparameterise(memory.numbers(posterior), memory.numbers(noise), latents);
      memory.view(codes).set(permute(z, memory.numbers(permutation), latents));
      break;
    }
    case 'permuteCodes': {
      const { permutation, codes } = operation;
      const from = memory.view({ slot: codes, group: 0 });
      const permuted = permute(from, memory.numbers(permutation), sampleLength(codes));
      memory.view({ slot: codes, group: 1 }).set(permuted);
      break;
    }
    case 'reconstructionLoss': {
      const { images, logits, sum } = operation;
      const loss = reconstructionLoss(memory.numbers(logits), memory.numbers(images), images.rows);
      memory.numbers(logits).set(loss.gradient);
      memory.numbers(sum).fill(0)[0] = loss.sum;
      break;
    }
    case 'pixelProbabilities': {
      const { logits, images } = operation;
      memory.view(images ?? rowsOf(logits)).set(memory.numbers(logits).map(logistic));
      break;
    }
    case 'logitDifferenceGradient': {
      const { layer, weight, hidden, activation, result } = operation;
      const gradient = logitDifferenceGradient(
        memory.parameter(layer, 'weight').values,
        memory.view(hidden),
        liveValue(weight),
        rowCount(hidden),
        negativeSlope(activation) ?? 1,
      );
      memory.numbers(result).set(gradient);
      break;
    }
    case 'discriminatorLoss': {
      const { logits, terms } = operation;
      const loss = discriminatorLoss(memory.numbers(logits), logits.rows);
      memory.numbers(logits).set(loss.gradient);
      memory.numbers(terms).set(loss.terms);
      break;
    }
    case 'mixImages': {
      const { mix, images } = operation;
      const [real, fake, mixed] = [0, 1, 2].map((group) => memory.view({ slot: images, group }));
      const mixes = memory.numbers(mix);
      const length = sampleLength(images);
      mixed.set(real.map((value, i) => fake[i] + mixes[Math.floor(i / length)] * (value - fake[i])));
      break;
    }
    case 'imageGradient': {
      const { gradient, images, logits } = operation;
      const pixels = memory.view(images);
      const by = memory.numbers(gradient);
      memory.numbers(logits).set(by.map((value, i) => value * pixels[i] * (1 - pixels[i])));
      break;
    }
    case 'scoreLoss': {
      const { scores, groups, terms } = operation;
      const first = firstGroup(scores);
      const views = groups.map((_, g) => memory.view({ slot: scores.slot, group: first + g }));
      memory.numbers(terms).set(scoreTerms(views, groups));
      views.forEach((view, g) => {
        view.fill(groups[g].gradient);
      });
      break;
    }
    case 'informationLoss': {
      const { inference, inputs, of, weight, terms, errors } = operation;
      const q = memory.numbers(inference);
      const loss = informationLoss(q, memory.numbers(inputs), of, liveValue(weight));
      q.set(loss.gradient);
      memory.numbers(terms).set(loss.terms);
      memory.numbers(errors).set(loss.errors);
      break;
    }
    case 'gradientPenalty': {
      const { gradient, weight, tangent, terms } = operation;
      const penalty = gradientPenalty(memory.numbers(gradient), gradient.rows, liveValue(weight));
      memory.view(tangent).set(penalty.tangent);
      memory.numbers(terms).set(penalty.terms);
      break;
    }
    case 'adam':
      update(operation.optimiser, context);
      break;
    default:
      operation satisfies never;
  }
}

/** A step's row of metrics. */
export function metricsRow({ columns }: Metrics, context: OperationContext): number[] {
  return columns.flatMap((column) => numbersOf(column, context));
}

function liveValueOf(name: string, { plan, live }: OperationContext): number {
  return live.values[plan.live.indexOf(name)];
}

function update(optimiser: string, { plan, memory, live: { values } }: OperationContext): void {
  const { live, optimisers } = plan;
  const index = optimisers.findIndex(({ name }) => name === optimiser);
  const { layers, betas } = optimisers[index];
  const at = rateIndex(live.length, index);
  for (const layer of layers)
    for (const role of ['weight', 'bias'] as const) {
      const parameter = memory.parameter(layer, role);
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

function numbersOf(metric: Metric, context: OperationContext): number[] {
  const { memory } = context;
  switch (metric.kind) {
    case 'meanOfSum':
      return [total(memory.numbers(metric.sum)) / metric.batch];
    case 'meanOfTerm': {
      const { terms, term, group } = metric;
      const count = rowCount({ slot: terms, group });
      const column = termNames.indexOf(term);
      const numbers = memory.numbers(terms).filter((_, i) => i % 4 === column);
      return [total(numbers.subarray(0, count)) / count];
    }
    case 'divergence':
      return [total(perLatent(metric.divergence, memory))];
    case 'divergencePerLatent':
      return perLatent(metric.divergence, memory);
    case 'live':
      return [liveValueOf(metric.name, context)];
    case 'missing':
      return [Number.NaN];
  }
}

function perLatent(divergence: Slot<'divergence'>, memory: ReferenceMemory): number[] {
  const latents = sampleLength(divergence);
  const means = Array.from({ length: latents }, () => 0);
  memory.numbers(divergence).forEach((value, i) => {
    means[i % latents] += value / divergence.rows;
  });
  return means;
}

function throughActivation(
  gradient: Float64Array,
  through: Through | null,
  memory: ReferenceMemory,
): Float64Array {
  if (!through) return gradient;
  const slope = negativeSlope(through.activation) ?? 1;
  const output = memory.view(through.output);
  return gradient.map((value, i) => (output[i] > 0 ? value : slope * value));
}

function total(numbers: Iterable<number>): number {
  let sum = 0;
  for (const value of numbers) sum += value;
  return sum;
}
