import type { Forward, GradientByInput, GradientByParameters, Tangent } from '../../plan/operations.ts';
import {
  filterProduct,
  forwardProduct,
  inputGradientProduct,
  type LayerProduct,
} from '../../plan/product.ts';
import type { Plan } from '../../plan/program.ts';
import type { KernelChoice } from './kernelChoice.ts';
import type { GradientPlace } from './kernels/adam.ts';
import { biasGradients, maxBiases } from './kernels/biasGradients.ts';
import type { Epilogue } from './kernels/epilogue.ts';
import type { PaddedLayer } from './layers.ts';
import { boundRows, type PlanMemory } from './planMemory.ts';
import type { Dispatch } from './program.ts';

/** What the operations of layers are turned into dispatches with. */
export interface LayerContext {
  readonly plan: Plan;
  readonly memory: PlanMemory;
  readonly choice: KernelChoice;
}

export function forward({ layer: spec, input, output }: Forward, context: LayerContext): Dispatch {
  const { memory } = context;
  const layer = memory.layer(spec);
  const epilogue = { kind: 'bias', activation: spec.activation } as const;
  return layerProduct(context, forwardProduct(layer.size, boundRows(output)), epilogue, {
    a: memory.rowsOf(input),
    weight: parameter(memory, layer, 'weight'),
    other: parameter(memory, layer, 'bias'),
    result: memory.rowsOf(output),
  });
}

export function tangent({ layer: spec, input, output }: Tangent, context: LayerContext): Dispatch {
  const { memory } = context;
  const layer = memory.layer(spec);
  const epilogue = { kind: 'mask', activation: spec.activation, inPlace: true } as const;
  const weight = parameter(memory, layer, 'weight');
  return layerProduct(context, forwardProduct(layer.size, boundRows(output)), epilogue, {
    a: memory.rowsOf(input),
    weight,
    other: weight,
    result: memory.rowsOf(output),
  });
}

export function gradientByInput(operation: GradientByInput, context: LayerContext): Dispatch {
  const { layer: spec, gradient, through, result } = operation;
  const { memory } = context;
  const layer = memory.layer(spec);
  const inPlace = through?.output.slot === result.slot;
  const epilogue: Epilogue = through
    ? { kind: 'mask', activation: through.activation, inPlace }
    : { kind: 'plain' };
  const weight = parameter(memory, layer, 'weight');
  return layerProduct(context, inputGradientProduct(layer.size, boundRows(result)), epilogue, {
    a: memory.rowsOf(gradient),
    weight,
    other: through && !inPlace ? memory.rowsOf(through.output) : weight,
    result: memory.rowsOf(result),
  });
}

interface LayerOperands {
  readonly a: GPUBufferBinding;
  readonly weight: GPUBufferBinding;
  /** Bias or mask, for kernels that have a third operand. */
  readonly other: GPUBufferBinding;
  readonly result: GPUBufferBinding;
}

function layerProduct(
  { choice }: LayerContext,
  product: LayerProduct,
  epilogue: Epilogue,
  { a, weight, other, result }: LayerOperands,
): Dispatch {
  const kernel = choice.layer(product, epilogue);
  const third = kernel.bindings.find(({ name }) => name === 'bias' || name === 'mask' || name === 'other');
  const buffers = { a, b: weight, ...(third ? { [third.name]: other } : {}), result };
  return { kernel, buffers, product: { product, epilogue } };
}

/** Whether the kernel of a gradient by a weight sums the one by the bias, for which all of its rows must count. */
export function bringsBias({ gradient, bias }: GradientByParameters, { choice }: LayerContext): boolean {
  return choice.sumsBias && bias?.group === gradient.group;
}

/** The gradient by a layer's weight, and by its bias where the kernel sums it. */
export function gradientByWeight(operation: GradientByParameters, context: LayerContext): Dispatch {
  const { layer: spec, input, gradient } = operation;
  const { memory, choice } = context;
  const layer = memory.layer(spec);
  const { layout, buffer } = gradientsOf(operation, context);
  const { weight: place, bias } = layout.of(layer);
  const product = filterProduct(layer.size, boundRows(gradient), place.parts, place.stride);
  const part = ({ offset, parts, stride }: GradientPlace) => ({
    buffer,
    offset: 4 * offset,
    size: 4 * parts * stride,
  });
  const [below, above] = [memory.rowsOf(input), memory.rowsOf(gradient)];
  const [big, small] = spec.kind === 'deconv' ? [above, below] : [below, above];
  return {
    kernel: choice.filter(product, bringsBias(operation, context) ? bias.stride : 0),
    buffers: {
      a: big,
      b: small,
      result: part(place),
      ...(choice.sumsBias ? { biasResult: part(bias) } : {}),
    },
    product: { product, epilogue: { kind: 'plain' } },
  };
}

/** Gradients by biases alone, in the order of the parameters, as many at a time as a kernel takes. */
export function gradientsByBiases(
  operations: readonly GradientByParameters[],
  context: LayerContext,
): Dispatch[] {
  const { memory, plan } = context;
  const ordered = operations.toSorted((a, b) => plan.layers.indexOf(a.layer) - plan.layers.indexOf(b.layer));
  const dispatches: Dispatch[] = [];
  for (let first = 0; first < ordered.length; first += maxBiases) {
    const some = ordered.slice(first, first + maxBiases);
    const kernel = biasGradients(
      some.map((operation) => {
        const { layer: spec, bias: counted } = operation;
        const layer = memory.layer(spec);
        const pixels = layer.outputLength / layer.size.outputs;
        const { bias } = gradientsOf(operation, context).layout.of(layer);
        return { rows: counted ? boundRows(counted) * pixels : 0, width: layer.size.outputs, ...bias };
      }),
    );
    const rows = some.map(({ gradient, bias }, b) => [`rows${b}`, memory.rowsOf(bias ?? gradient)] as const);
    const { buffer } = gradientsOf(some[0], context);
    dispatches.push({ kernel, buffers: { ...Object.fromEntries(rows), gradients: { buffer } } });
  }
  return dispatches;
}

/** Where a layer's weight or bias lies. */
export function parameter(
  { layout, parameters }: PlanMemory,
  { name }: PaddedLayer,
  role: 'weight' | 'bias',
): GPUBufferBinding {
  const { offset, length } = layout.slot(`${name}.${role}`);
  return { buffer: parameters, offset: 4 * offset, size: 4 * length };
}

function gradientsOf({ layer }: GradientByParameters, { plan, memory }: LayerContext) {
  const optimiser = plan.optimisers.find(({ layers }) => layers.includes(layer));
  if (!optimiser) throw new RangeError(`no optimiser trains ${layer.network}.${layer.name}`);
  return memory.gradients(optimiser.name);
}
