import { type RunConfig, usesSecondBatch } from '../../config/schema.ts';
import type { Shapes2dTables } from '../../data/shapes2d.ts';
import { secondBatchRow } from './gradientLayout.ts';
import type { KernelChoice } from './kernelChoice.ts';
import { adam, type GradientPlace } from './kernels/adam.ts';
import { biasGradients, maxBiases } from './kernels/biasGradients.ts';
import { drawImages } from './kernels/drawImages.ts';
import { drawRandomness } from './kernels/drawRandomness.ts';
import type { Epilogue } from './kernels/epilogue.ts';
import type { Kernel } from './kernels/kernel.ts';
import { permuteCodes, reparameterise, reparameteriseGradient, sampleAndPermute } from './kernels/latent.ts';
import {
  correlationGradient,
  discriminatorLoss,
  pixelProbabilities,
  reconstructionLoss,
  reconstructionPartials,
} from './kernels/losses.ts';
import { metricsRow } from './kernels/metrics.ts';
import { filterProduct, forwardProduct, inputGradientProduct, type PlanLayer } from './layers.ts';
import { padded } from './paddedLayout.ts';
import type { ParameterLayout, SlotRange } from './parameterLayout.ts';
import type { NetworkGradients, PlanBuffers, PlanModel } from './planBuffers.ts';

export interface Dispatch {
  readonly kernel: Kernel;
  readonly buffers: readonly GPUBufferBinding[];
}

/** The fixed lists of dispatches that a run is made of. */
export interface Plan {
  /** Batches, noise and permutations of a step. */
  readonly draw: readonly Dispatch[];
  /** Algorithm 2, from drawn inputs to updated parameters and a row of metrics. */
  readonly step: readonly Dispatch[];
  /** Batch 2 to its posterior. */
  readonly encode: readonly Dispatch[];
  /** The first codes to pixel probabilities, in the output of the decoder's last layer. */
  readonly decode: readonly Dispatch[];
}

/**
 * Writes down a training step (Kim & Mnih 2018, Algorithm 2) as dispatches. A layer's input is needed only until its
 * weight's gradient is known; then the gradient by that input takes its place, so that activations are held once.
 */
export class PlanBuilder {
  readonly #config: RunConfig;
  readonly #model: PlanModel;
  readonly #layout: ParameterLayout;
  readonly #buffers: PlanBuffers;
  readonly #choice: KernelChoice;

  constructor(
    config: RunConfig,
    model: PlanModel,
    layout: ParameterLayout,
    buffers: PlanBuffers,
    choice: KernelChoice,
  ) {
    this.#config = config;
    this.#model = model;
    this.#layout = layout;
    this.#buffers = buffers;
    this.#choice = choice;
  }

  build(tables: Shapes2dTables, tablesBuffer: GPUBuffer): Plan {
    const { batchSize, channels, latents, imageSize } = this.#config;
    const b = this.#buffers;
    const pixels = batchSize * imageSize * imageSize * channels;
    const logits = b.output(last(this.#model.decoder));
    const draw = [
      dispatch(drawImages(tables, batchSize, channels), tablesBuffer, b.batch1, b.batch2),
      dispatch(drawRandomness(batchSize, latents), b.noise1, b.noise2, b.permutation),
    ];
    return {
      draw,
      step: [
        ...this.#vaeStep(pixels),
        ...(b.discriminator ? this.#discriminatorStep(b.discriminator) : []),
        this.#metrics(pixels),
      ],
      encode: this.#forward(this.#model.encoder, b.batch2, batchSize),
      decode: [
        ...this.#forward(this.#model.decoder, b.codes, batchSize),
        dispatch(pixelProbabilities(pixels), logits),
      ],
    };
  }

  #vaeStep(pixels: number): Dispatch[] {
    const { batchSize: batch, latents, adamBetas } = this.#config;
    const { encoder, decoder, discriminator } = this.#model;
    const b = this.#buffers;
    const posterior = b.output(last(encoder));
    const trainsDiscriminator = discriminator.length > 0;
    return [
      ...this.#forward(encoder, b.batch1, batch),
      dispatch(reparameterise(batch, latents), posterior, b.noise1, b.codes, b.divergence),
      ...this.#forward(decoder, b.codes, batch),
      dispatch(reconstructionLoss(batch, pixels), b.batch1, b.output(last(decoder)), b.partials),
      ...(trainsDiscriminator ? this.#correlation() : []),
      ...this.#backward(decoder, b.codes, b.decoderCodeGradient, b.vae, batch),
      dispatch(
        reparameteriseGradient(batch, latents, trainsDiscriminator),
        b.noise1,
        b.decoderCodeGradient,
        ...(trainsDiscriminator ? [b.correlationCodeGradient] : []),
        posterior,
      ),
      ...this.#backward(encoder, b.batch1, null, b.vae, batch),
      ...this.#biases([...encoder, ...decoder], b.vae),
      this.#adam('vae', this.#layout.vae, adamBetas, b.vae),
    ];
  }

  /** The discriminator on z of batch 1, and gamma times TC's gradient by z; its weights are only read. */
  #correlation(): Dispatch[] {
    const { batchSize: batch, discriminatorWidth } = this.#config;
    const { discriminator } = this.#model;
    const b = this.#buffers;
    const hidden = discriminator.slice(0, -1);
    const [weight] = this.#weights(last(discriminator));
    let [gradient, other] = b.correlation;
    const list = [
      ...this.#forward(discriminator, b.codes, batch),
      dispatch(
        correlationGradient(batch, padded(discriminatorWidth)),
        weight,
        b.output(last(hidden)),
        gradient,
      ),
    ];
    for (let i = hidden.length - 1; i > 0; i--) {
      const { activation } = hidden[i - 1];
      const epilogue = { kind: 'mask', activation, inPlace: false } as const;
      const mask = b.output(hidden[i - 1]);
      list.push(this.#inputGradient(hidden[i], batch, epilogue, gradient, other, mask));
      [gradient, other] = [other, gradient];
    }
    list.push(this.#inputGradient(hidden[0], batch, { kind: 'plain' }, gradient, b.correlationCodeGradient));
    return list;
  }

  /** Permuted codes, and the discriminator's own update on both halves. */
  #discriminatorStep(gradients: NetworkGradients): Dispatch[] {
    const { batchSize: batch, latents, discriminatorAdamBetas } = this.#config;
    const { discriminator } = this.#model;
    const b = this.#buffers;
    const second = secondBatchRow(this.#config);
    const permuted = { buffer: b.codes, offset: 4 * second * padded(latents) };
    return [
      ...(usesSecondBatch(this.#config)
        ? this.#secondBatch(permuted)
        : [dispatch(permuteCodes(batch, latents, second), b.permutation, b.codes)]),
      ...this.#forward(discriminator, permuted, batch, second),
      dispatch(discriminatorLoss(batch, second), b.output(last(discriminator)), b.terms),
      ...this.#backward(discriminator, b.codes, null, gradients, 2 * second),
      ...this.#biases(discriminator, gradients),
      this.#adam('discriminator', this.#layout.discriminator, discriminatorAdamBetas, gradients),
    ];
  }

  /** Batch 2 through the updated encoder, to its permuted codes. */
  #secondBatch(permuted: GPUBufferBinding): Dispatch[] {
    const { batchSize: batch, latents } = this.#config;
    const { encoder } = this.#model;
    const b = this.#buffers;
    return [
      ...this.#forward(encoder, b.batch2, batch),
      dispatch(sampleAndPermute(batch, latents), b.output(last(encoder)), b.noise2, b.permutation, permuted),
    ];
  }

  #metrics(pixels: number): Dispatch {
    const { batchSize, latents } = this.#config;
    const b = this.#buffers;
    const kernel = metricsRow(batchSize, latents, reconstructionPartials(pixels), b.discriminator !== null);
    return dispatch(kernel, b.partials, b.divergence, ...(b.discriminator ? [b.terms] : []), b.rows);
  }

  /** Layers one after the other; outputs go to row `firstRow` of each layer's buffer. */
  #forward(
    layers: readonly PlanLayer[],
    input: GPUBuffer | GPUBufferBinding,
    batch: number,
    firstRow = 0,
  ): Dispatch[] {
    let from = input;
    return layers.map((layer) => {
      const kernel = this.#choice.layer(forwardProduct(layer, batch), {
        kind: 'bias',
        activation: layer.activation,
      });
      const to = { buffer: this.#buffers.output(layer), offset: 4 * firstRow * layer.outputLength };
      const step = dispatch(kernel, from, ...this.#weights(layer), to);
      from = to;
      return step;
    });
  }

  /**
   * From the gradient by the last layer's output, in its buffer, to the gradients of all weights and, where
   * `inputGradient` is given, of the first layer's input. Gradients replace the layers' outputs.
   */
  #backward(
    layers: readonly PlanLayer[],
    input: GPUBuffer,
    inputGradient: GPUBuffer | null,
    gradients: NetworkGradients,
    batch: number,
  ): Dispatch[] {
    const b = this.#buffers;
    const list: Dispatch[] = [];
    for (let i = layers.length - 1; i >= 0; i--) {
      const layer = layers[i];
      const below = i > 0 ? b.output(layers[i - 1]) : input;
      const above = b.output(layer);
      const { weight: place, bias } = gradients.layout.of(layer);
      const product = filterProduct(layer, batch, place.parts, place.stride);
      const filter = this.#choice.filter(product, bias.stride);
      const part = ({ offset, parts, stride }: GradientPlace) => ({
        buffer: gradients.buffer,
        offset: 4 * offset,
        size: 4 * parts * stride,
      });
      const [big, small] = layer.spec.kind === 'deconv' ? [above, below] : [below, above];
      list.push(dispatch(filter, big, small, part(place), ...(this.#choice.sumsBias ? [part(bias)] : [])));
      if (i > 0) {
        const { activation } = layers[i - 1];
        list.push(
          this.#inputGradient(layer, batch, { kind: 'mask', activation, inPlace: true }, above, below),
        );
      } else if (inputGradient) {
        list.push(this.#inputGradient(layer, batch, { kind: 'plain' }, above, inputGradient));
      }
    }
    return list;
  }

  /** The gradient by a layer's input; a kernel may ask for one more buffer than the epilogue has, whichever it be. */
  #inputGradient(
    layer: PlanLayer,
    batch: number,
    epilogue: Epilogue,
    above: GPUBuffer,
    below: GPUBuffer,
    mask?: GPUBuffer,
  ): Dispatch {
    const kernel = this.#choice.layer(inputGradientProduct(layer, batch), epilogue);
    const [weight] = this.#weights(layer);
    const other = mask ?? (kernel.bindings.length === 4 ? weight : null);
    return dispatch(kernel, above, weight, ...(other ? [other] : []), below);
  }

  #biases(layers: readonly PlanLayer[], gradients: NetworkGradients): Dispatch[] {
    const list: Dispatch[] = [];
    if (this.#choice.sumsBias) return list;
    for (let first = 0; first < layers.length; first += maxBiases) {
      const some = layers.slice(first, first + maxBiases);
      const kernel = biasGradients(
        some.map((layer) => {
          const { bias, biasRows } = gradients.layout.of(layer);
          // The discriminator's rows are those of both batches, empty ones between them included.
          const rows = layer.spec.network === 'discriminator' ? 2 * secondBatchRow(this.#config) : biasRows;
          return { rows, width: layer.widths.outputs, ...bias };
        }),
      );
      list.push(dispatch(kernel, ...some.map((layer) => this.#buffers.output(layer)), gradients.buffer));
    }
    return list;
  }

  #adam(
    network: 'vae' | 'discriminator',
    range: SlotRange,
    betas: readonly [number, number],
    gradients: NetworkGradients,
  ): Dispatch {
    const b = this.#buffers;
    const part = (buffer: GPUBuffer) => ({ buffer, offset: 4 * range.offset, size: 4 * range.length });
    return dispatch(
      adam(network, range.length, betas),
      gradients.buffer,
      gradients.table,
      part(b.parameters),
      part(b.firstMoment),
      part(b.secondMoment),
    );
  }

  /** Bindings of a layer's weight and bias. */
  #weights({ name }: PlanLayer): [GPUBufferBinding, GPUBufferBinding] {
    const binding = (role: string) => {
      const { offset, length } = this.#layout.slot(`${name}.${role}`);
      return { buffer: this.#buffers.parameters, offset: 4 * offset, size: 4 * length };
    };
    return [binding('weight'), binding('bias')];
  }
}

function dispatch(kernel: Kernel, ...buffers: (GPUBuffer | GPUBufferBinding)[]): Dispatch {
  return { kernel, buffers: buffers.map((entry) => ('buffer' in entry ? entry : { buffer: entry })) };
}

function last<Item>(items: readonly Item[]): Item {
  return items[items.length - 1];
}
