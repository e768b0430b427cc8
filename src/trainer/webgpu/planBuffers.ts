import type { RunConfig } from '../../config/schema.ts';
import { metricWidth } from '../../model/metricsRow.ts';
import { GradientLayout, secondBatchRow, tableLength } from './gradientLayout.ts';
import type { KernelChoice } from './kernelChoice.ts';
import { liveStride } from './kernels/live.ts';
import { reconstructionPartials } from './kernels/losses.ts';
import { type PlanLayer, planLayers } from './layers.ts';
import type { GpuMemory } from './memory.ts';
import { padded } from './paddedLayout.ts';
import type { ParameterLayout } from './parameterLayout.ts';
import { memoryBound, tensorBytes } from './tensorBytes.ts';

/** The most steps in one submit: each has a slot of its own for its live values, and one for its row of metrics. */
export const maxStepsPerSubmit = 64;
/** What the slots may take at most, over the bytes of the tensors: a small run has fewer. */
const slotsShare = 0.02;

/** The layers of a run. beta-VAE has no discriminator to train. */
export interface PlanModel {
  readonly encoder: readonly PlanLayer[];
  readonly decoder: readonly PlanLayer[];
  readonly discriminator: readonly PlanLayer[];
}

export function planModel(config: RunConfig): PlanModel {
  return {
    encoder: planLayers(config, 'encoder'),
    decoder: planLayers(config, 'decoder'),
    discriminator: config.objective === 'factorVae' ? planLayers(config, 'discriminator') : [],
  };
}

/**
 * Every buffer of a run, allocated once. Each layer's output is its gradient's place too: see plan.ts. The gradients of
 * both networks share a buffer, since Adam has used those of the one before the others are computed.
 */
export class PlanBuffers {
  readonly parameters: GPUBuffer;
  readonly firstMoment: GPUBuffer;
  readonly secondMoment: GPUBuffer;
  readonly vae: NetworkGradients;
  readonly discriminator: NetworkGradients | null;

  readonly batch1: GPUBuffer;
  readonly batch2: GPUBuffer;
  readonly noise1: GPUBuffer;
  readonly noise2: GPUBuffer;
  readonly permutation: GPUBuffer;
  /** Codes z: of batch 1 and, from row secondBatchRow on, of batch 2, permuted. */
  readonly codes: GPUBuffer;
  readonly decoderCodeGradient: GPUBuffer;
  readonly correlationCodeGradient: GPUBuffer;
  readonly divergence: GPUBuffer;
  readonly partials: GPUBuffer;
  readonly terms: GPUBuffer;
  /** Steps that fit into one submit. */
  readonly slots: number;
  readonly rows: GPUBuffer;
  readonly live: GPUBuffer;
  /** Gradients of the total correlation by hidden layers of the discriminator, in turns. */
  readonly correlation: readonly [GPUBuffer, GPUBuffer];
  readonly #outputs = new Map<string, GPUBuffer>();

  constructor(
    config: RunConfig,
    model: PlanModel,
    layout: ParameterLayout,
    choice: KernelChoice,
    memory: GpuMemory,
  ) {
    const { batchSize: batch, latents, imageSize, channels } = config;
    const trainsDiscriminator = model.discriminator.length > 0;
    const trained = layout.vae.length + (trainsDiscriminator ? layout.discriminator.length : 0);
    const widest = Math.max(layout.vae.length, layout.discriminator.length);
    this.parameters = memory.storage('the parameters', 'parameters', layout.length, widest);
    this.firstMoment = memory.storage("Adam's first moment", 'moments', trained, widest);
    this.secondMoment = memory.storage("Adam's second moment", 'moments', trained, widest);
    const activations = (label: string, length: number) => memory.storage(label, 'activations', length);
    const pixels = batch * imageSize * imageSize * channels;
    this.batch1 = activations('a batch of images', pixels);
    this.batch2 = activations('a batch of images', pixels);
    for (const layer of [...model.encoder, ...model.decoder])
      this.#outputs.set(layer.name, activations(`the output of ${layer.name}`, batch * layer.outputLength));
    const rows = trainsDiscriminator ? 2 * secondBatchRow(config) : batch;
    for (const layer of model.discriminator)
      this.#outputs.set(layer.name, activations(`the output of ${layer.name}`, rows * layer.outputLength));
    const code = padded(latents);
    this.codes = activations('codes', rows * code);
    this.noise1 = activations('noise', batch * latents);
    this.noise2 = activations('noise', batch * latents);
    this.permutation = activations('permutations', batch * latents);
    this.decoderCodeGradient = activations('a gradient of codes', batch * code);
    this.correlationCodeGradient = activations('a gradient of codes', trainsDiscriminator ? batch * code : 0);
    const width = trainsDiscriminator ? batch * padded(config.discriminatorWidth) : 0;
    this.correlation = [
      activations('gradients of the total correlation', width),
      activations('gradients of the total correlation', config.discriminatorDepth > 1 ? width : 0),
    ];
    this.divergence = activations('KL terms', batch * latents);
    this.partials = activations('sums of the reconstruction', reconstructionPartials(pixels));
    this.terms = activations('terms of the discriminator', 8 * batch);
    const slotBytes = liveStride + 4 * metricWidth(latents);
    const fitting = Math.floor((slotsShare * tensorBytes(config)) / slotBytes);
    this.slots = Math.max(1, Math.min(maxStepsPerSubmit, fitting));
    this.rows = memory.storage('rows of metrics', 'transfer', this.slots * metricWidth(latents));
    this.live = memory.raw(
      'live values',
      'transfer',
      this.slots * liveStride,
      GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    );

    const networks = [
      { range: layout.vae, layers: [...model.encoder, ...model.decoder] },
      ...(trainsDiscriminator ? [{ range: layout.discriminator, layers: model.discriminator }] : []),
    ];
    const tables = networks.map(({ range }) => memory.storage("Adam's table", 'tables', tableLength(range)));
    // What the gradients leave to the rest of the run: what `keep` copies, the sizes of layers, some three a layer, and
    // metrics on their way to JavaScript.
    const read = maxStepsPerSubmit * 4 * metricWidth(latents);
    const later = this.parameters.size + 3 * liveStride * this.#outputs.size + read;
    const room = (memoryBound * tensorBytes(config) - memory.bytes - later) / 4;
    const layouts = networks.map(
      ({ range, layers }) => new GradientLayout(layout, range, layers, batch, choice, room),
    );
    const longest = Math.max(...layouts.map(({ length }) => length));
    const buffer = memory.storage('the gradients', 'gradients', longest);
    const [vae, discriminator] = layouts.map((place, i) => ({ layout: place, buffer, table: tables[i] }));
    this.vae = vae;
    this.discriminator = discriminator ?? null;
  }

  /** A layer's output, and after the backward pass the loss's gradient by it, before its activation. */
  output({ name }: PlanLayer): GPUBuffer {
    const buffer = this.#outputs.get(name);
    if (!buffer) throw new RangeError(`no buffer holds the output of ${name}`);
    return buffer;
  }
}

export interface NetworkGradients {
  readonly layout: GradientLayout;
  readonly buffer: GPUBuffer;
  readonly table: GPUBuffer;
}
