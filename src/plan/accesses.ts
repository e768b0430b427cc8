import type { Operation } from './operations.ts';
import { type Role, type Rows, rowsOf, type Slot } from './slots.ts';

/** A slot that an operation reads or writes, by the operation's name for it. */
export interface Access {
  readonly name: string;
  readonly rows: Rows;
  readonly roles: readonly Role[];
  readonly mode: 'read' | 'write' | 'update';
}

const inputs: readonly Role[] = ['images', 'codes', 'output'];
const gradients: readonly Role[] = ['output', 'gradient'];

/** Every slot of an operation, in the order of its fields. */
export function accessesOf(operation: Operation): readonly Access[] {
  const at = (name: string, place: Slot | Rows, mode: Access['mode'], roles: readonly Role[]): Access => ({
    name,
    rows: 'slot' in place ? place : rowsOf(place),
    mode,
    roles,
  });
  const through = (value: { readonly output: Rows } | null) =>
    value ? [at('through', value.output, 'read', ['output'])] : [];
  switch (operation.kind) {
    case 'drawImages':
      return operation.batches.map(({ batch }) => at('batch', batch, 'write', ['images']));
    case 'drawRandomness':
      return [
        ...operation.normals.map(({ noise }) => at('noise', noise, 'write', ['noise'])),
        ...operation.permutations.map(({ permutation }) =>
          at('permutation', permutation, 'write', ['permutation']),
        ),
      ];
    case 'drawUniforms':
      return [
        ...operation.reals.map(({ noise }) => at('noise', noise, 'write', ['noise'])),
        ...operation.inputs.map(({ codes }) => at('codes', codes, 'write', ['codes'])),
      ];
    case 'forward':
      return [
        at('input', operation.input, 'read', inputs),
        at('output', operation.output, 'write', ['output']),
      ];
    case 'gradientByParameters':
      return [
        at('input', operation.input, 'read', inputs),
        at('gradient', operation.gradient, 'read', gradients),
        ...(operation.bias ? [at('bias', operation.bias, 'read', gradients)] : []),
      ];
    case 'tangent':
      return [
        at('input', operation.input, 'read', inputs),
        at('output', operation.output, 'update', ['output']),
      ];
    case 'gradientByInput':
      return [
        at('gradient', operation.gradient, 'read', gradients),
        ...through(operation.through),
        at('result', operation.result, 'write', gradients),
      ];
    case 'sumGradients':
      return [
        ...operation.terms.map((term) => at('terms', term, 'read', ['gradient'])),
        ...through(operation.through),
        at('result', operation.result, 'write', gradients),
      ];
    case 'reparameterise':
      return [
        at('posterior', operation.posterior, 'read', ['output']),
        at('noise', operation.noise, 'read', ['noise']),
        at('codes', operation.codes, 'write', ['codes']),
        at('divergence', operation.divergence, 'write', ['divergence']),
      ];
    case 'reparameteriseGradient':
      return [
        at('noise', operation.noise, 'read', ['noise']),
        ...operation.codeGradients.map((slot) => at('codeGradients', slot, 'read', ['gradient'])),
        at('posterior', operation.posterior, 'update', ['output']),
      ];
    case 'sampleAndPermute':
      return [
        at('posterior', operation.posterior, 'read', ['output']),
        at('noise', operation.noise, 'read', ['noise']),
        at('permutation', operation.permutation, 'read', ['permutation']),
        at('codes', operation.codes, 'write', ['codes']),
      ];
    case 'permuteCodes':
      return [
        at('permutation', operation.permutation, 'read', ['permutation']),
        at('codes', operation.codes, 'update', ['codes']),
      ];
    case 'reconstructionLoss':
      return [
        at('images', operation.images, 'read', ['images']),
        at('logits', operation.logits, 'update', ['output']),
        at('sum', operation.sum, 'write', ['sum']),
      ];
    case 'pixelProbabilities':
      return operation.images
        ? [
            at('logits', operation.logits, 'read', ['output']),
            at('images', operation.images, 'write', ['images']),
          ]
        : [at('logits', operation.logits, 'update', ['output'])];
    case 'logitDifferenceGradient':
      return [
        at('hidden', operation.hidden, 'read', ['output']),
        at('result', operation.result, 'write', ['gradient']),
      ];
    case 'discriminatorLoss':
      return [
        at('logits', operation.logits, 'update', ['output']),
        at('terms', operation.terms, 'write', ['terms']),
      ];
    case 'mixImages':
      return [
        at('mix', operation.mix, 'read', ['noise']),
        at('images', operation.images, 'update', ['images']),
      ];
    case 'imageGradient':
      return [
        at('gradient', operation.gradient, 'read', ['gradient']),
        at('images', operation.images, 'read', ['images']),
        at('logits', operation.logits, 'write', ['output']),
      ];
    case 'scoreLoss':
      return [
        at('scores', operation.scores, 'update', ['output']),
        at('terms', operation.terms, 'write', ['terms']),
      ];
    case 'informationLoss':
      return [
        at('inference', operation.inference, 'update', ['output']),
        at('inputs', operation.inputs, 'read', ['codes']),
        at('terms', operation.terms, 'write', ['terms']),
        at('errors', operation.errors, 'write', ['divergence']),
      ];
    case 'gradientPenalty':
      return [
        at('gradient', operation.gradient, 'read', ['gradient']),
        at('tangent', operation.tangent, 'write', ['images']),
        at('terms', operation.terms, 'write', ['terms']),
      ];
    case 'adam':
      return [];
    case 'metrics':
      return operation.columns.flatMap((column): Access[] => {
        switch (column.kind) {
          case 'meanOfSum':
            return [at('sum', column.sum, 'read', ['sum'])];
          case 'meanOfTerm':
            return [at('terms', column.terms, 'read', ['terms'])];
          case 'divergence':
          case 'divergencePerLatent':
            return [at('divergence', column.divergence, 'read', ['divergence'])];
          default:
            return [];
        }
      });
  }
}
