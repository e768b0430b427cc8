import { streams } from '../data/random/philox.ts';
import { uniforms } from '../data/random/random.ts';
import { kernelSize, type LayerSpec } from './layers.ts';
import { type NamedTensors, sizeOf, type TensorSpec, tensorsOf } from './parameters.ts';

/** PyTorch's fan-in: its transposed convolution counts its output channels. */
function fanIn({ layer }: TensorSpec): number {
  const taps = kernelSize * kernelSize;
  switch (layer.kind) {
    case 'conv':
      return layer.inputs * taps;
    case 'deconv':
      return layer.outputs * taps;
    case 'dense':
      return layer.inputs;
  }
}

/**
 * The parameters at step 0, in PyTorch's layouts and from PyTorch's default distribution: weights and biases uniform
 * in [-1/sqrt(fan-in), 1/sqrt(fan-in)). Tensor t draws from step t of the initialisation stream.
 */
export function initialTensors(layers: readonly LayerSpec[], seed: number): NamedTensors {
  return new Map(
    tensorsOf(layers).map((spec, t) => {
      const bound = 1 / Math.sqrt(fanIn(spec));
      const data = uniforms(seed, streams.initialisation, t, sizeOf(spec.shape));
      for (let i = 0; i < data.length; i++) data[i] = (2 * data[i] - 1) * bound;
      return [spec.name, { shape: spec.shape, data }] as const;
    }),
  );
}
