import { negativeSlope } from '../../model/layers.ts';
import { type DrawImages, inputLength, type Operation } from '../../plan/operations.ts';
import type { Plan } from '../../plan/program.ts';
import { type Rows, rowCount, rowsOf, type Slot, sampleLength, slotLength } from '../../plan/slots.ts';
import { rateIndex } from '../plan/device.ts';
import { drawingNumber } from './drawing.ts';
import { addForward, addInputGradient, addParameterGradients, addTangent } from './lowerLayers.ts';
import { addMetrics } from './lowerMetrics.ts';
import type { MemoryLayout } from './memoryLayout.ts';
import { floatBits, RecordList } from './recordList.ts';

/** Numbers of a chunk of what is done number by number. */
const numbersPerChunk = 16384;

/** Turns operations into records. `weights`: the region that forward passes read. */
export function lower(
  operations: readonly Operation[],
  plan: Plan,
  memory: MemoryLayout,
  columns: number,
  weights: 'values' | 'kept' = 'values',
): RecordList {
  const list = new RecordList();
  for (const operation of operations) {
    addOperation(list, operation, { plan, memory, columns, weights });
    list.endOperation();
  }
  return list;
}

interface Context {
  readonly plan: Plan;
  readonly memory: MemoryLayout;
  /** Numbers in a row of metrics. */
  readonly columns: number;
  readonly weights: 'values' | 'kept';
}

function addOperation(list: RecordList, operation: Operation, context: Context): void {
  const { plan, memory, columns, weights } = context;
  const at = (slot: Slot) => memory.rowsAt(rowsOf(slot));
  switch (operation.kind) {
    case 'drawImages':
      addDrawImages(list, operation, memory);
      break;
    case 'drawRandomness':
      for (const { stream, noise } of operation.normals)
        list.add('drawNormals', 1, { stream, result: at(noise), count: slotLength(noise), length: 0 });
      for (const { stream, permutation } of operation.permutations) {
        const { rows } = permutation;
        const length = sampleLength(permutation);
        list.add('drawPermutations', rows, { stream, result: at(permutation), count: rows * length, length });
      }
      break;
    case 'drawUniforms':
      for (const { stream, noise } of operation.reals)
        list.add('drawReals', 1, { stream, result: at(noise), count: slotLength(noise), length: 0 });
      for (const { stream, codes, of } of operation.inputs)
        list.add('drawInputs', 1, { stream, result: at(codes), rows: codes.rows, ...of });
      break;
    case 'forward':
      addForward(list, operation, memory, weights);
      break;
    case 'tangent':
      addTangent(list, operation, memory);
      break;
    case 'gradientByParameters':
      addParameterGradients(list, operation, memory);
      break;
    case 'gradientByInput':
      addInputGradient(list, operation, memory);
      break;
    case 'sumGradients': {
      const { terms, through, result } = operation;
      const count = (rowCount(result) * memory.sampleBytes(result.slot)) / 4;
      const to = memory.rowsAt(result);
      // Two at a time; the last sum goes through the activation.
      for (let i = Math.min(1, terms.length - 1); i < terms.length; i++) {
        const isLast = i === terms.length - 1;
        list.add('add', Math.ceil(count / numbersPerChunk), {
          a: i <= 1 ? memory.rowsAt(terms[0]) : to,
          b: i === 0 ? 0 : memory.rowsAt(terms[i]),
          through: isLast && through ? memory.rowsAt(through.output) : 0,
          result: to,
          count,
          perChunk: numbersPerChunk,
          slope: floatBits(through ? (negativeSlope(through.activation) ?? 1) : 1),
        });
      }
      break;
    }
    case 'reparameterise': {
      const { posterior, noise, codes, divergence } = operation;
      list.add('reparameterise', 1, {
        posterior: at(posterior),
        noise: at(noise),
        codes: memory.rowsAt(codes),
        divergence: at(divergence),
        rows: noise.rows,
        latents: sampleLength(noise),
      });
      break;
    }
    case 'reparameteriseGradient': {
      const { noise, codeGradients, klWeight, posterior } = operation;
      list.add('reparameteriseGradient', 1, {
        posterior: at(posterior),
        noise: at(noise),
        gradientA: at(codeGradients[0]),
        gradientB: codeGradients.length > 1 ? at(codeGradients[1]) : 0,
        rows: noise.rows,
        latents: sampleLength(noise),
        klWeight: plan.live.indexOf(klWeight),
      });
      break;
    }
    case 'sampleAndPermute': {
      const { posterior, noise, permutation, codes } = operation;
      list.add('sampleAndPermute', 1, {
        codes: 0,
        posterior: at(posterior),
        noise: at(noise),
        permutation: at(permutation),
        result: memory.rowsAt(codes),
        rows: noise.rows,
        latents: sampleLength(noise),
      });
      break;
    }
    case 'permuteCodes': {
      const { permutation, codes } = operation;
      list.add('permuteCodes', 1, {
        codes: memory.rowsAt(rowsOf(codes, 0)),
        posterior: 0,
        noise: 0,
        permutation: at(permutation),
        result: memory.rowsAt(rowsOf(codes, 1)),
        rows: codes.rows,
        latents: sampleLength(codes),
      });
      break;
    }
    case 'reconstructionLoss': {
      const { images, logits, sum } = operation;
      addPixels(list, 'reconstructionLoss', logits, memory, rowsOf(images), at(sum));
      break;
    }
    case 'pixelProbabilities': {
      const { logits, images } = operation;
      addPixels(list, 'pixelProbabilities', logits, memory, images ?? rowsOf(logits), 0);
      break;
    }
    case 'logitDifferenceGradient': {
      const { layer, weight, hidden, activation, result } = operation;
      const rows = rowCount(hidden);
      const width = sampleLength(hidden.slot);
      const perChunk = Math.max(1, Math.floor(numbersPerChunk / width));
      list.add('logitDifferenceGradient', Math.ceil(rows / perChunk), {
        weight: memory.layer(layer, 'values').weight,
        hidden: memory.rowsAt(hidden),
        result: at(result),
        rows,
        width,
        perChunk,
        slope: floatBits(negativeSlope(activation) ?? 1),
        factor: plan.live.indexOf(weight),
      });
      break;
    }
    case 'discriminatorLoss': {
      const { logits, terms } = operation;
      list.add('discriminatorLoss', 1, { logits: at(logits), terms: at(terms), rows: logits.rows });
      break;
    }
    case 'mixImages': {
      const { mix, images } = operation;
      const bytes = memory.sampleBytes(images);
      list.add('mixImages', images.rows, {
        mix: at(mix),
        images: at(images),
        group: images.rows * bytes,
        length: bytes / 4,
      });
      break;
    }
    case 'imageGradient': {
      const { gradient, images, logits } = operation;
      const count = (gradient.rows * memory.sampleBytes(gradient)) / 4;
      list.add('imageGradient', Math.ceil(count / numbersPerChunk), {
        gradient: at(gradient),
        images: memory.rowsAt(images),
        logits: at(logits),
        count,
        perChunk: numbersPerChunk,
      });
      break;
    }
    case 'scoreLoss': {
      const { scores, groups, terms } = operation;
      if (groups.length > 3) throw new RangeError('scoreLoss takes three groups at most');
      const of = (g: number, part: 'gradient' | 'factor') => floatBits(groups[g]?.[part] ?? 0);
      list.add('scoreLoss', 1, {
        scores: memory.rowsAt(scores),
        terms: at(terms),
        rows: scores.slot.rows,
        groups: groups.length,
        gradient0: of(0, 'gradient'),
        gradient1: of(1, 'gradient'),
        gradient2: of(2, 'gradient'),
        factor0: of(0, 'factor'),
        factor1: of(1, 'factor'),
        factor2: of(2, 'factor'),
      });
      break;
    }
    case 'informationLoss': {
      const { inference, inputs, of, weight, terms, errors } = operation;
      list.add('informationLoss', 1, {
        inference: at(inference),
        inputs: at(inputs),
        terms: at(terms),
        errors: at(errors),
        rows: inference.rows,
        codes: of.codes,
        categories: of.categories,
        inputLength: inputLength(of),
        weight: plan.live.indexOf(weight),
      });
      break;
    }
    case 'gradientPenalty': {
      const { gradient, weight, tangent, terms } = operation;
      list.add('gradientPenalty', gradient.rows, {
        gradient: at(gradient),
        tangent: memory.rowsAt(tangent),
        terms: at(terms),
        rows: gradient.rows,
        length: memory.sampleBytes(gradient) / 4,
        weight: plan.live.indexOf(weight),
      });
      break;
    }
    case 'adam':
      addAdam(list, operation.optimiser, plan, memory);
      break;
    case 'metrics':
      addMetrics(list, operation, plan, memory, columns);
      break;
    default:
      operation satisfies never;
  }
}

function addDrawImages(list: RecordList, { images, batches }: DrawImages, memory: MemoryLayout): void {
  for (const { stream, batch } of batches) {
    const { at, line, image } = memory.picture(rowsOf(batch));
    const { size, channels, drawing } = images;
    const perChunk = Math.max(1, Math.floor(numbersPerChunk / (size * size * channels)));
    list.add('drawImages', Math.ceil(batch.rows / perChunk), {
      stream,
      picture: at,
      line,
      image,
      images: batch.rows,
      perChunk,
      size,
      channels,
      tables: memory.tables(images),
      drawing: drawingNumber(drawing),
    });
  }
}

function addPixels(
  list: RecordList,
  kernel: 'reconstructionLoss' | 'pixelProbabilities',
  logits: Slot<'output'>,
  memory: MemoryLayout,
  targets: Rows,
  sums: number,
): void {
  const { at, line, image, images, size, channels } = memory.picture(rowsOf(logits));
  const perChunk = Math.max(1, Math.floor(numbersPerChunk / 4 / (size * size * channels)));
  list.add(kernel, Math.ceil(images / perChunk), {
    logits: at,
    line,
    image,
    targets: memory.picture(targets).at,
    sums,
    images,
    lines: size,
    length: size * channels,
    perChunk,
  });
}

function addAdam(list: RecordList, name: string, plan: Plan, memory: MemoryLayout): void {
  const index = plan.optimisers.findIndex((optimiser) => optimiser.name === name);
  const optimiser = plan.optimisers[index];
  const [beta1, beta2] = optimiser.betas;
  const { at, count } = memory.optimiser(optimiser, 'values');
  list.noteUpdate(name);
  list.add('adam', Math.ceil(count / numbersPerChunk), {
    parameters: at,
    first: memory.optimiser(optimiser, 'first').at,
    second: memory.optimiser(optimiser, 'second').at,
    gradients: memory.optimiser(optimiser, 'gradients').at,
    count,
    perChunk: numbersPerChunk,
    beta1: floatBits(beta1),
    beta2: floatBits(beta2),
    oneMinusBeta1: floatBits(1 - beta1),
    oneMinusBeta2: floatBits(1 - beta2),
    rate: rateIndex(plan.live.length, index),
  });
}
