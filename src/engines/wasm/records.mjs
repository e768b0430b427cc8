/**
 * Operations as the module reads them from memory: a record of 20 words of 4 bytes, of which the first two say which
 * kernel does it and in how many chunks, parts that may be done in any order. The others are named here, for TypeScript
 * and, turned into an enum each, for AssemblyScript (scripts/assembly.mjs).
 *
 * Addresses are in bytes; slopes and decays are float32; the rest are whole numbers. A picture has an address, that of
 * its pixel (0, 0), and the bytes from a line and from an image to the next. Where something is left out its address
 * is 0. `perChunk` is how much of what the kernel divides goes into a chunk.
 */
export const records = /** @type {const} */ ({
  /**
   * output = activation(input [rows, inner] * weight [inner, columns] + bias, if any). A chunk takes some columns.
   */
  denseForward: ['input', 'weight', 'bias', 'output', 'rows', 'inner', 'columns', 'perChunk', 'slope'],
  /**
   * result [rows, inputs] = gradient [rows, outputs] * transposed weight [inputs, outputs], through an activation. A chunk
   * takes some inputs. `through` is 0 where there is none.
   */
  denseInput: ['gradient', 'weight', 'through', 'result', 'rows', 'inputs', 'outputs', 'perChunk', 'slope'],
  /** result [inputs, outputs] = transposed input [rows, inputs] * gradient [rows, outputs]. A chunk takes some inputs. */
  denseFilter: ['input', 'gradient', 'result', 'rows', 'inputs', 'outputs', 'perChunk'],
  /** result [columns] = sums over all pixels. A chunk takes 16 columns. */
  columnSums: [
    'picture',
    'line',
    'image',
    'images',
    'lines',
    /** Pixels of a line. */
    'pixels',
    'columns',
    'result',
  ],
  /** Weights of a convolution for `down` (panels of 8 columns) or `up` (the same for each parity). A chunk is a panel. */
  packWeights: ['weight', 'packed', 'bigChannels', 'smallChannels'],
  /** `down` and both kinds of `up`: one picture from the other by packed weights. A chunk takes some images. */
  pictureProduct: [
    'big',
    'bigLine',
    'bigImage',
    'small',
    'smallLine',
    'smallImage',
    'packed',
    'bigChannels',
    'smallChannels',
    /** Height and width of the small picture. */
    'size',
    'images',
    'perChunk',
    /** 0 for none. */
    'bias',
    /** The picture whose sign says where the slope acts; 0: the result's own. */
    'through',
    'throughLine',
    'throughImage',
    'slope',
  ],
  /**
   * Gradient by a convolution's weight [4, 4, bigChannels, smallChannels]. A chunk takes `perChunk` of the 4 * bigChannels
   * rows that one row of the kernel has.
   */
  pictureFilter: [
    'big',
    'bigLine',
    'bigImage',
    'small',
    'smallLine',
    'smallImage',
    'result',
    'bigChannels',
    'smallChannels',
    'size',
    /** The first image that the record takes, and their number. */
    'first',
    'images',
    'perChunk',
    /** Lines of the small picture whose products are summed before they are added to the others'. */
    'perSum',
  ],
  /** Lines of one picture into another of the same size. */
  copyPicture: [
    'from',
    'fromLine',
    'fromImage',
    'to',
    'toLine',
    'toImage',
    'images',
    'lines',
    /** Numbers of a line. */
    'length',
  ],
  /** result = (a + b) through an activation; b and through are 0 where there is none. A chunk takes some numbers. */
  add: ['a', 'b', 'through', 'result', 'count', 'perChunk', 'slope'],
  reparameterise: ['posterior', 'noise', 'codes', 'divergence', 'rows', 'latents'],
  reparameteriseGradient: [
    'posterior',
    'noise',
    'gradientA',
    /** 0 where there is none. */
    'gradientB',
    'rows',
    'latents',
    /** Index of the weight among the live values. */
    'klWeight',
  ],
  /** `permuteCodes` reads codes, `sampleAndPermute` posterior and noise. */
  permute: ['codes', 'posterior', 'noise', 'permutation', 'result', 'rows', 'latents'],
  /**
   * A chunk takes some images. `sums` has a float64 an image. `pixelProbabilities` writes its targets and has no
   * sums.
   */
  pixels: [
    'logits',
    'line',
    'image',
    'targets',
    'sums',
    'images',
    'lines',
    /** Numbers of a line. */
    'length',
    'perChunk',
  ],
  /** A chunk takes some rows. */
  logitDifference: [
    'weight',
    'hidden',
    'result',
    'rows',
    'width',
    'perChunk',
    'slope',
    /** Index of the factor among the live values. */
    'factor',
  ],
  discriminatorLoss: [
    'logits',
    'terms',
    /** Rows of one of the two groups. */
    'rows',
  ],
  /** Three groups of images, with their borders; a chunk is a sample. */
  mixImages: [
    'mix',
    'images',
    /** Bytes from a group to the next. */
    'group',
    /** Numbers of a sample. */
    'length',
  ],
  /** Numbers in the same order in all three. A chunk takes some. */
  imageGradient: ['gradient', 'images', 'logits', 'count', 'perChunk'],
  /** Scores [groups, rows]; each group's gradient and factor. */
  scoreLoss: [
    'scores',
    'terms',
    'rows',
    'groups',
    'gradient0',
    'gradient1',
    'gradient2',
    'factor0',
    'factor1',
    'factor2',
  ],
  informationLoss: [
    'inference',
    'inputs',
    'terms',
    'errors',
    'rows',
    'codes',
    'categories',
    /** Numbers of a generator's input. */
    'inputLength',
    /** Index of the weight among the live values. */
    'weight',
  ],
  /** A chunk is a sample. */
  gradientPenalty: [
    'gradient',
    'tangent',
    'terms',
    'rows',
    /** Numbers of a sample, its border included. */
    'length',
    /** Index of the weight among the live values. */
    'weight',
  ],
  /** A chunk takes some numbers. */
  adam: [
    'parameters',
    'first',
    'second',
    'gradients',
    'count',
    'perChunk',
    'beta1',
    'beta2',
    'oneMinusBeta1',
    'oneMinusBeta2',
    /** Index of the rate among the live values; the correction is the next. */
    'rate',
  ],
  /** A column, or several, of the row of metrics that the live values name. */
  column: [
    'rows',
    'width',
    'column',
    'source',
    /** Addends of a sum, samples of terms or rows of a divergence. */
    'count',
    /** What the sum is divided by; of terms the number of the term; of a divergence its latents; index of a live value. */
    'detail',
    /** Of a divergence: 1 for a column a latent, 0 for one column. */
    'perLatent',
  ],
  /** Normals, reals: `count` numbers. Permutations: [rows, length], a chunk a row. */
  draw: ['stream', 'result', 'count', 'length'],
  /** Inputs of a generator, [rows, codes + categories + noise]. */
  drawInputs: ['stream', 'result', 'rows', 'codes', 'categories', 'noise'],
  /** A batch of images. A chunk takes some. */
  drawImages: [
    'stream',
    'picture',
    'line',
    'image',
    'images',
    'perChunk',
    'size',
    'channels',
    /** What the data set's drawing reads. */
    'tables',
    /** Which drawing. */
    'drawing',
  ],
});

/** The kernels, and the fields of their records. */
export const kernels = /** @type {const} */ ({
  denseForward: 'denseForward',
  denseInput: 'denseInput',
  denseFilter: 'denseFilter',
  columnSums: 'columnSums',
  packDown: 'packWeights',
  down: 'pictureProduct',
  packUp: 'packWeights',
  up: 'pictureProduct',
  packNarrowUp: 'packWeights',
  narrowUp: 'pictureProduct',
  pictureFilter: 'pictureFilter',
  copyPicture: 'copyPicture',
  add: 'add',
  reparameterise: 'reparameterise',
  reparameteriseGradient: 'reparameteriseGradient',
  permuteCodes: 'permute',
  sampleAndPermute: 'permute',
  reconstructionLoss: 'pixels',
  pixelProbabilities: 'pixels',
  logitDifferenceGradient: 'logitDifference',
  discriminatorLoss: 'discriminatorLoss',
  mixImages: 'mixImages',
  imageGradient: 'imageGradient',
  scoreLoss: 'scoreLoss',
  informationLoss: 'informationLoss',
  gradientPenalty: 'gradientPenalty',
  adam: 'adam',
  meanOfSum: 'column',
  meanOfTerm: 'column',
  divergence: 'column',
  liveColumn: 'column',
  missingColumn: 'column',
  drawNormals: 'draw',
  drawReals: 'draw',
  drawInputs: 'drawInputs',
  drawPermutations: 'draw',
  drawImages: 'drawImages',
});

/** Ways to draw an image: from a table of all, or a data set's own. */
export const drawings = /** @type {const} */ (['table', 'shapes2d', 'shapes3d']);

/** A table of images, from its first byte: how many there are, bits of a number, then the pixels of all. */
export const tableHead = /** @type {const} */ ({ count: 0, bits: 4, pixels: 8 });

export const recordBytes = 80;
/** Words before a record's fields. */
export const headWords = 2;

/** Bytes at the front of the memory, which every thread sees. */
export const shared = /** @type {const} */ ({
  /** One word of 8 bytes: address of the record under way << 32 | its next chunk. A claim says so whose chunk it is. */
  claims: 64,
  /** Chunks of that record that are done. */
  finished: 128,
  /** Whether the caller sleeps until `finished` changes. */
  callerSleeps: 132,
  /** Helpers that sleep. */
  sleepers: 192,
  /** Counts what helpers are woken for. */
  wakes: 196,
  /** Not 0: helpers end. */
  stop: 200,
  /** Address of the live values of the pass under way. */
  live: 256,
  /** The module's own constants begin here: tables of its logarithm and the like. */
  constants: 1024,
  /** Memory of each thread's own, one after the other. */
  scratches: 7424,
});
/** Bytes of one thread's own memory. */
export const scratchBytes = 12288;

/** Bytes of the words of live values: seed, draw and row of metrics as whole numbers, then the values as float64. */
export const liveWords = /** @type {const} */ ({ seed: 0, draw: 4, metricsRow: 8, values: 16 });
