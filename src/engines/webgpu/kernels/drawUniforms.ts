import type { Stream } from '../../../data/random/philox.ts';
import { type GeneratorInput, inputLength } from '../../../plan/operations.ts';
import { padded } from '../paddedLayout.ts';
import { type BufferDeclaration, type Kernel, threadKernel } from './kernel.ts';
import { liveDeclaration } from './live.ts';
import { inParts } from './parts.ts';
import { philoxModule } from './random.wgsl.ts';

export interface RealDraw {
  readonly stream: Stream;
  readonly count: number;
}

export interface InputDraw {
  readonly stream: Stream;
  readonly rows: number;
  readonly of: GeneratorInput;
}

/**
 * Draws reals in [0, 1) and inputs of generators, [rows, padded], as data/random.ts does, bit for bit.
 * Buffers: reals0 ..., inputs0 ...
 */
export function drawUniforms(reals: readonly RealDraw[], inputs: readonly InputDraw[]): Kernel {
  const parts = [
    ...reals.map(({ stream, count }, r) => ({
      threads: count,
      body: `\n    reals${r}[own] = f32(word(${stream}u, own) >> 8u) * 5.9604645e-8;`,
    })),
    ...inputs.map((draw, n) => ({
      threads: draw.rows * padded(inputLength(draw.of)),
      body: inputBody(`inputs${n}`, draw),
    })),
  ];
  const buffer = (name: string): BufferDeclaration => ({ name, type: 'f32', access: 'write' });
  return threadKernel({
    label: 'draw uniforms',
    buffers: [...reals.map((_, r) => buffer(`reals${r}`)), ...inputs.map((_, n) => buffer(`inputs${n}`))],
    module: `${liveDeclaration}${philoxModule}
fn word(stream: u32, index: u32) -> u32 {
  return philox(live.seed, stream, live.draw, index / 4u)[index % 4u];
}`,
    ...inParts(parts),
  });
}

function inputBody(name: string, { stream, of }: InputDraw): string {
  const { codes, categories } = of;
  const length = inputLength(of);
  const width = padded(length);
  const oneHot =
    categories === 0
      ? ''
      : `
    if (place >= ${codes}u && place < ${codes + categories}u) {
      let category = multiplyHigh(word(${stream}u, first + ${codes}u), ${categories}u);
      ${name}[own] = select(0.0, 1.0, place - ${codes}u == category);
      return;
    }`;
  return `
    let place = own % ${width}u;
    let first = (own / ${width}u) * ${length}u;
    if (place >= ${length}u) { ${name}[own] = 0.0; return; }${oneHot}
    ${name}[own] = f32(word(${stream}u, first + place) >> 8u) * 1.1920929e-7 - 1.0;`;
}
