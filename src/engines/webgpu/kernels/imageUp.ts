import { productLabel, productSize, type UpProduct } from '../../../plan/product.ts';
import { type Epilogue, epilogueBuffers, finishModule } from './epilogue.ts';
import { type Kernel, threadKernel, unroll } from './kernel.ts';
import { upPixels } from './upPixels.ts';

/**
 * A transposed convolution to an image of few channels, the decoder's last, on real GPUs: a tile of columns would
 * be nearly empty. Each thread makes the 2 x 2 pixels over one pixel of the small picture from its 3 x 3
 * neighbours, four channels at a time, and adds these up at the end. All threads read the same weights at a time.
 * Buffers: as `tileProduct`.
 */
export function imageUp(product: UpProduct, epilogue: Epilogue): Kernel {
  const { size, bigChannels: channels, smallChannels } = product;
  const sum = (p: number, c: number) => `s${p}_${c}`;
  const eachSum = (line: (p: number, c: number) => string) =>
    unroll(4, (p) => unroll(channels, (c) => line(p, c)));
  const multiply = upPixels.flatMap(({ addends }, p) =>
    addends.map(({ tap, neighbour }) => {
      const weight = (c: number) => `b[(${(tap * channels + c) * smallChannels}u + k) / 4u]`;
      return unroll(channels, (c) => `    ${sum(p, c)} += a${neighbour} * ${weight(c)};`);
    }),
  );
  return threadKernel({
    label: productLabel(product),
    buffers: [
      { name: 'a', type: 'vec4f', access: 'read' },
      { name: 'b', type: 'vec4f', access: 'read' },
      ...epilogueBuffers(epilogue, 'f32'),
      { name: 'result', type: 'f32', access: 'write' },
    ],
    module: finishModule(epilogue, 'f32'),
    threads: productSize(product).rows,
    body: `  let image = i / ${size * size}u;
  let y = (i / ${size}u) % ${size}u;
  let x = i % ${size}u;
${unroll(9, (n) => {
  const sy = `(y + ${Math.floor(n / 3)}u - 1u)`;
  const sx = `(x + ${n % 3}u - 1u)`;
  return `  let inside${n} = ${sy} < ${size}u && ${sx} < ${size}u;
  let start${n} = select(0u, ((image * ${size}u + ${sy}) * ${size}u + ${sx}) * ${smallChannels}u, inside${n});`;
})}
${eachSum((p, c) => `  var ${sum(p, c)} = vec4f(0.0);`)}
  for (var k = 0u; k < ${smallChannels}u; k += 4u) {
${unroll(9, (n) => `    let a${n} = select(vec4f(0.0), a[(start${n} + k) / 4u], inside${n});`)}
${multiply.join('\n')}
  }
${eachSum((p, c) => {
  const { py, px } = upPixels[p];
  const s = sum(p, c);
  const at = `((image * ${2 * size}u + 2u * y + ${py}u) * ${2 * size}u + 2u * x + ${px}u) * ${channels}u + ${c}u`;
  return `  finish(${at}, ${c}u, ${s}.x + ${s}.y + ${s}.z + ${s}.w);`;
})}`,
  });
}
