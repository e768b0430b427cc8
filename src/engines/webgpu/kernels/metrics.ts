import type { TermName } from '../../../plan/operations.ts';
import { termNames } from '../../../plan/operations.ts';
import { type BufferDeclaration, declareBuffers, type Kernel } from './kernel.ts';
import { liveDeclaration, liveValue } from './live.ts';
import { discriminatorModule } from './losses.ts';

/** Threads of the one workgroup; no more latents than these can be measured. */
const threads = 64;

/** A column of a row of metrics, or one for each latent, from buffers sums0, terms0, divergence0 and so on. */
export type MetricSource =
  | { readonly kind: 'sum'; readonly buffer: number; readonly length: number; readonly scale: number }
  | {
      readonly kind: 'term';
      readonly buffer: number;
      readonly term: TermName;
      /** Samples, from the first one on. */
      readonly count: number;
      readonly scale: number;
    }
  | { readonly kind: 'divergence' | 'divergencePerLatent'; readonly buffer: number }
  | { readonly kind: 'live'; readonly index: number }
  | { readonly kind: 'missing' };

/** A buffer of KL terms, [batch, latents]. */
export interface DivergenceShape {
  readonly batch: number;
  readonly latents: number;
}

/** Columns that a row has. */
export function rowWidth(sources: readonly MetricSource[], divergences: readonly DivergenceShape[]): number {
  return sources.reduce(
    (sum, source) => sum + (source.kind === 'divergencePerLatent' ? divergences[source.buffer].latents : 1),
    0,
  );
}

/** A discriminator's loss that the kernel computes first: its terms are buffer `buffer` of terms. */
export interface LossBefore {
  readonly buffer: number;
  readonly batch: number;
  readonly secondRow: number;
}

/**
 * One step's row of metrics, as bits, into row `live.metricsRow`. Sums run in a fixed order, so that equal steps
 * give equal bits. With `loss`, it does first what `discriminatorLoss` does: one dispatch less.
 * Buffers: sums0 ..., terms0 ..., divergence0 ..., rows, and for the loss logits.
 */
export function metricsRow(
  sources: readonly MetricSource[],
  divergences: readonly DivergenceShape[],
  loss: LossBefore | null = null,
): Kernel {
  const named = (kind: 'sum' | 'term') =>
    Math.max(0, ...sources.map((source) => (source.kind === kind ? source.buffer + 1 : 0)));
  const list = (count: number, name: string, type: BufferDeclaration['type']) =>
    Array.from(
      { length: count },
      (_, i): BufferDeclaration => ({ name: `${name}${i}`, type, access: 'read' }),
    );
  const buffers: BufferDeclaration[] = [
    ...list(named('sum'), 'sums', 'f32'),
    ...list(named('term'), 'terms', 'vec4f').map(
      (terms, i): BufferDeclaration => (i === loss?.buffer ? { ...terms, access: 'write' } : terms),
    ),
    ...list(divergences.length, 'divergence', 'f32'),
    { name: 'rows', type: 'u32', access: 'write' },
    ...(loss ? [{ name: 'logits', type: 'vec4f', access: 'write' } as const] : []),
  ];
  const width = rowWidth(sources, divergences);
  let column = 0;
  const [gathers, latentStores, stores]: [string[], string[], string[]] = [[], [], []];
  const put = (value: string) => stores.push(`    rows[row + ${column++}u] = ${value};`);
  const total = (gather: string, scale: number) => {
    const place = gathers.length;
    gathers.push(`  sums[${place}][i] = 0.0;\n${gather.replaceAll('SUM', `sums[${place}][i]`)}`);
    put(`bitcast<u32>(total(${place}u) * ${scale})`);
  };
  for (const source of sources)
    switch (source.kind) {
      case 'sum': {
        const { buffer, length, scale } = source;
        const end = `min(arrayLength(&sums${buffer}), ${length}u)`;
        total(`  for (var at = i; at < ${end}; at += ${threads}u) { SUM += sums${buffer}[at]; }`, scale);
        break;
      }
      case 'term': {
        const { buffer, term, count, scale } = source;
        const value = `terms${buffer}[at][${termNames.indexOf(term)}]`;
        total(`  for (var at = i; at < ${count}u; at += ${threads}u) { SUM += ${value}; }`, scale);
        break;
      }
      case 'divergence':
        put(`bitcast<u32>(divergenceTotal${source.buffer}())`);
        break;
      case 'divergencePerLatent': {
        const { buffer } = source;
        const { latents } = divergences[buffer];
        latentStores.push(
          `  if (i < ${latents}u) { rows[row + ${column}u + i] = bitcast<u32>(latents${buffer}[i]); }`,
        );
        column += latents;
        break;
      }
      case 'live':
        put(`bitcast<u32>(${liveValue(source.index)})`);
        break;
      case 'missing':
        // The bits of NaN: WGSL has no such constant among its reals.
        put('0x7fc00000u');
        break;
    }
  const code = `${liveDeclaration}${declareBuffers(buffers)}
var<workgroup> sums: array<array<f32, ${threads}>, ${Math.max(1, gathers.length)}>;
fn total(place: u32) -> f32 {
  var sum = 0.0;
  for (var j = 0u; j < ${threads}u; j++) { sum += sums[place][j]; }
  return sum;
}
${divergences.map(divergenceModule).join('')}
${loss ? discriminatorModule(`terms${loss.buffer}`, loss.batch, loss.secondRow) : ''}
@compute @workgroup_size(${threads})
fn main(@builtin(local_invocation_index) i: u32) {
  let row = live.metricsRow * ${width}u;
${
  loss
    ? `  for (var sample = i; sample < ${2 * loss.secondRow}u; sample += ${threads}u) { discriminatorRow(sample); }
  storageBarrier();`
    : ''
}
${gathers.join('\n')}
${divergences.map(divergenceGather).join('\n')}
${latentStores.join('\n')}
  workgroupBarrier();
  if (i == 0u) {
${stores.join('\n')}
  }
}
`;
  return {
    label: loss ? 'discriminator loss and metrics row' : 'metrics row',
    code,
    bindings: buffers,
    workgroups: [1, 1, 1],
  };
}

const divergenceModule = ({ latents }: DivergenceShape, d: number) => `
var<workgroup> latents${d}: array<f32, ${latents}>;
fn divergenceTotal${d}() -> f32 {
  var sum = 0.0;
  for (var j = 0u; j < ${latents}u; j++) { sum += latents${d}[j]; }
  return sum;
}
`;

const divergenceGather = ({ batch, latents }: DivergenceShape, d: number) => `  if (i < ${latents}u) {
    var latentSum = 0.0;
    let end = min(arrayLength(&divergence${d}), ${batch * latents}u);
    for (var at = i; at < end; at += ${latents}u) { latentSum += divergence${d}[at]; }
    latents${d}[i] = latentSum * ${1 / batch};
  }`;
