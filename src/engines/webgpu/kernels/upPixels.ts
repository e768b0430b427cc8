const parities = [0, 1].flatMap((py) => [0, 1].map((px) => ({ py, px })));

/**
 * The 2 x 2 pixels of a transposed convolution's result over one pixel of the small picture, by their place
 * there, and what each of them adds up: taps of the kernel, each times one of 3 x 3 neighbours, which are counted
 * line by line.
 */
export const upPixels = parities.map(({ py, px }) => ({
  py,
  px,
  addends: parities.map(({ py: ty, px: tx }) => ({
    tap: (1 - py + 2 * ty) * 4 + 1 - px + 2 * tx,
    neighbour: (py - ty + 1) * 3 + px - tx + 1,
  })),
}));
