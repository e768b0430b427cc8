import { fullName, inputDims, type LayerSpec, outputDims } from '../model/layers.ts';
import { accessesOf } from './accesses.ts';
import { inputLength, type Operation } from './operations.ts';
import type { Plan } from './program.ts';
import { groupCount, type Rows, rowCount, type Slot, sampleLength } from './slots.ts';

/**
 * Whether an operation's slots are the plan's, hold what it takes and have fitting shapes.
 * @throws RangeError naming the operation and the slot.
 */
export function checkOperation(operation: Operation, plan: Plan): void {
  const wrong = (what: string): never => {
    throw new RangeError(`${operation.kind}: ${what}`);
  };
  for (const { name, rows, roles } of accessesOf(operation)) {
    const { slot, group } = rows;
    if (!plan.slots.includes(slot)) wrong(`${name} is "${slot.name}", which is no slot of this plan`);
    if (!roles.includes(slot.role)) wrong(`${name} is "${slot.name}", which holds ${slot.role}`);
    if (typeof group === 'number' && !(group >= 0 && group < slot.groups))
      wrong(`${name} is group ${group} of "${slot.name}", which has ${slot.groups}`);
  }
  const same = (name: string, slot: Slot, dims: readonly number[]) => {
    if (sampleLength(slot) !== product(dims))
      wrong(`${name} is "${slot.name}" of [${slot.dims}]; it needs [${dims}]`);
  };
  const sameRows = (...all: readonly Rows[]) => {
    const [first, ...rest] = all;
    for (const other of rest)
      if (rowCount(other) !== rowCount(first))
        wrong(`"${other.slot.name}" has ${rowCount(other)} rows, "${first.slot.name}" ${rowCount(first)}`);
  };
  const known = (layer: LayerSpec) => {
    if (!plan.layers.includes(layer)) wrong(`${fullName(layer)} is no layer of this plan`);
  };
  const live = (name: string) => {
    if (!plan.live.includes(name)) wrong(`"${name}" is none of the live values ${plan.live.join(', ')}`);
  };
  const all = (slot: Slot): Rows => ({ slot, group: 'all' });
  switch (operation.kind) {
    case 'drawImages':
      for (const { batch } of operation.batches) {
        const { size, channels } = operation.images;
        same('batch', batch, [size, size, channels]);
        if (batch.rows !== operation.batches[0].batch.rows)
          wrong(`"${batch.name}" has another number of rows than the first batch`);
      }
      break;
    case 'drawUniforms':
      for (const { codes, of } of operation.inputs) same('codes', codes, [inputLength(of)]);
      break;
    case 'tangent':
    case 'forward':
      known(operation.layer);
      same('input', operation.input.slot, inputDims(operation.layer));
      same('output', operation.output.slot, outputDims(operation.layer));
      sameRows(operation.input, operation.output);
      break;
    case 'gradientByParameters':
      known(operation.layer);
      if (!plan.optimisers.some(({ layers }) => layers.includes(operation.layer)))
        wrong(`no optimiser trains ${fullName(operation.layer)}`);
      same('input', operation.input.slot, inputDims(operation.layer));
      same('gradient', operation.gradient.slot, outputDims(operation.layer));
      sameRows(operation.input, operation.gradient);
      if (operation.bias && operation.bias.slot !== operation.gradient.slot)
        wrong(`bias is "${operation.bias.slot.name}"; it needs rows of "${operation.gradient.slot.name}"`);
      break;
    case 'gradientByInput':
      known(operation.layer);
      same('gradient', operation.gradient.slot, outputDims(operation.layer));
      same('result', operation.result.slot, inputDims(operation.layer));
      sameRows(operation.gradient, operation.result);
      if (operation.through) same('through', operation.through.output.slot, inputDims(operation.layer));
      break;
    case 'sumGradients':
      if (operation.terms.length === 0) wrong('there are no terms');
      for (const term of operation.terms) {
        same('terms', term.slot, operation.result.slot.dims);
        sameRows(term, operation.result);
      }
      break;
    case 'reparameterise':
    case 'sampleAndPermute':
      same('noise', operation.noise, operation.codes.slot.dims);
      same('posterior', operation.posterior, [2, ...operation.codes.slot.dims]);
      sameRows(operation.codes, all(operation.noise), all(operation.posterior));
      break;
    case 'reparameteriseGradient':
      live(operation.klWeight);
      same('posterior', operation.posterior, [2, ...operation.noise.dims]);
      if (![1, 2].includes(operation.codeGradients.length)) wrong('it takes one or two gradients of codes');
      for (const slot of operation.codeGradients) same('codeGradients', slot, operation.noise.dims);
      break;
    case 'permuteCodes':
      if (operation.codes.groups !== 2) wrong(`"${operation.codes.name}" needs two groups`);
      break;
    case 'reconstructionLoss':
      same('images', operation.images, operation.logits.dims);
      sameRows(all(operation.images), all(operation.logits));
      break;
    case 'pixelProbabilities':
      if (operation.images) {
        same('images', operation.images.slot, operation.logits.dims);
        sameRows(operation.images, all(operation.logits));
      }
      break;
    case 'logitDifferenceGradient':
      known(operation.layer);
      live(operation.weight);
      same('hidden', operation.hidden.slot, inputDims(operation.layer));
      same('result', operation.result, inputDims(operation.layer));
      if (operation.layer.outputs !== 2) wrong(`${fullName(operation.layer)} needs two logits`);
      break;
    case 'discriminatorLoss':
      same('logits', operation.logits, [2]);
      if (operation.logits.groups !== 2) wrong(`"${operation.logits.name}" needs two groups`);
      break;
    case 'mixImages':
      same('mix', operation.mix, [1]);
      if (operation.images.groups !== 3) wrong(`"${operation.images.name}" needs three groups`);
      if (operation.images.rows !== operation.mix.rows) wrong(`"${operation.mix.name}" needs a row an image`);
      break;
    case 'imageGradient':
      same('images', operation.images.slot, operation.gradient.dims);
      same('logits', operation.logits, operation.gradient.dims);
      sameRows(operation.images, all(operation.gradient), all(operation.logits));
      break;
    case 'scoreLoss':
      same('scores', operation.scores.slot, [1]);
      if (operation.groups.length !== groupCount(operation.scores))
        wrong(`"${operation.scores.slot.name}" has ${groupCount(operation.scores)} groups`);
      if (operation.terms.rows !== operation.scores.slot.rows || operation.terms.groups !== 1)
        wrong(`"${operation.terms.name}" needs a row a sample`);
      break;
    case 'informationLoss': {
      const { of, inference, inputs, terms, errors } = operation;
      live(operation.weight);
      same('inference', inference, [of.codes + of.categories]);
      same('inputs', inputs, [inputLength(of)]);
      same('errors', errors, [of.codes]);
      sameRows(all(inference), all(inputs), all(terms), all(errors));
      break;
    }
    case 'gradientPenalty':
      live(operation.weight);
      same('tangent', operation.tangent.slot, operation.gradient.dims);
      sameRows(all(operation.gradient), operation.tangent, all(operation.terms));
      break;
    case 'adam':
      if (!plan.optimisers.some(({ name }) => name === operation.optimiser))
        wrong(`"${operation.optimiser}" is no optimiser of this plan`);
      break;
    case 'metrics':
      for (const column of operation.columns) if (column.kind === 'live') live(column.name);
      break;
    case 'drawRandomness':
      break;
    default:
      operation satisfies never;
  }
}

function product(dims: readonly number[]): number {
  return dims.reduce((result, length) => result * length, 1);
}
