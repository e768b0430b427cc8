import { type PictureShape, type Product, productSize } from '../../plan/product.ts';

/**
 * Every product of product.ts in plain loops and double precision, as the kernels must compute it: `a` and `b` are the
 * kernel's first two buffers. Parts of a split sum are added up.
 */
export function productReference(product: Product, a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  switch (product.kind) {
    case 'dense': {
      const { rows, inner, columns, transposed } = product;
      const out = new Float64Array(rows * columns);
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++)
          for (let k = 0; k < inner; k++)
            out[r * columns + c] += a[r * inner + k] * b[transposed ? c * inner + k : k * columns + c];
      return out;
    }
    case 'denseFilter': {
      const { rows, inputs, outputs } = product;
      const out = new Float64Array(inputs * outputs);
      for (let r = 0; r < rows; r++)
        for (let i = 0; i < inputs; i++)
          for (let o = 0; o < outputs; o++) out[i * outputs + o] += a[r * inputs + i] * b[r * outputs + o];
      return out;
    }
    case 'down': {
      const out = new Float64Array(productSize(product).rows * product.smallChannels);
      forEachLink(product, (big, small, weight) => {
        out[small] += a[big] * b[weight];
      });
      return out;
    }
    case 'up': {
      const out = new Float64Array(4 * productSize(product).rows * product.bigChannels);
      forEachLink(product, (big, small, weight) => {
        out[big] += a[small] * b[weight];
      });
      return out;
    }
    case 'pictureFilter': {
      const out = new Float64Array(16 * product.bigChannels * product.smallChannels);
      forEachLink(product, (big, small, weight) => {
        out[weight] += a[big] * b[small];
      });
      return out;
    }
  }
}

/** Calls `link` with every (number of the big picture, number of the small one, weight) that a convolution joins. */
function forEachLink(shape: PictureShape, link: (big: number, small: number, weight: number) => void): void {
  const { batch, size, bigChannels, smallChannels } = shape;
  const big = 2 * size;
  for (let image = 0; image < batch; image++)
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++)
        for (let tap = 0; tap < 16; tap++) {
          const by = 2 * y - 1 + Math.floor(tap / 4);
          const bx = 2 * x - 1 + (tap % 4);
          if (by < 0 || by >= big || bx < 0 || bx >= big) continue;
          const bigAt = ((image * big + by) * big + bx) * bigChannels;
          const smallAt = ((image * size + y) * size + x) * smallChannels;
          for (let i = 0; i < bigChannels; i++)
            for (let o = 0; o < smallChannels; o++)
              link(bigAt + i, smallAt + o, (tap * bigChannels + i) * smallChannels + o);
        }
}
