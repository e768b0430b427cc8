import { generatorInputs, normals, permutations, uniforms } from '../data/random/random.ts';
import { AppError } from '../errors.ts';
import { accessesOf } from '../plan/accesses.ts';
import type { DecodeProgram, Program } from '../plan/program.ts';
import { groupLength, type Slot, sampleLength } from '../plan/slots.ts';
import { samplesError } from './trainer.ts';

type Numbers = Float32Array | Int32Array;

/** The slots that a program fills with random numbers. */
export function drawnSlots({ draw }: Program): Slot[] {
  return draw.flatMap(accessesOf).map(({ rows }) => rows.slot);
}

/**
 * What is random in a step, by the names of slots; where a program is repeated, one repeat after the other.
 * @throws AppError InputsError unless all that the programs draw is there.
 */
export function checkedInputs(step: readonly Program[], inputs: Readonly<Record<string, Numbers>>) {
  const given = new Map(Object.entries(inputs));
  for (const program of step)
    for (const slot of drawnSlots(program)) {
      const needed = program.repeats * groupLength(slot);
      const count = given.get(slot.name)?.length ?? 0;
      if (count !== needed) throw new AppError('InputsError.slot', { slot: slot.name, needed, count });
    }
  return given;
}

/** The same as a step draws it by itself, in TypeScript. */
export function drawInputs(programs: readonly Program[], seed: number, step: number): Map<string, Numbers> {
  const drawn = new Map<string, Numbers>();
  for (const { repeats, draw } of programs)
    for (let repeat = 0; repeat < repeats; repeat++)
      for (const operation of draw) {
        const at = step * repeats + repeat;
        const put = (slot: Slot, numbers: Numbers) => {
          const all = drawn.get(slot.name) ?? emptyLike(numbers, repeats * groupLength(slot));
          all.set(numbers, repeat * groupLength(slot));
          drawn.set(slot.name, all);
        };
        if (operation.kind === 'drawImages')
          for (const { stream, batch } of operation.batches) {
            const images = new Float32Array(groupLength(batch));
            operation.images.drawBatch(seed, stream, at, batch.rows, images);
            put(batch, images);
          }
        if (operation.kind === 'drawRandomness') {
          for (const { stream, noise } of operation.normals)
            put(noise, normals(seed, stream, at, groupLength(noise)));
          for (const { stream, permutation } of operation.permutations)
            put(permutation, permutations(seed, stream, at, permutation.rows, sampleLength(permutation)));
        }
        if (operation.kind === 'drawUniforms') {
          for (const { stream, noise } of operation.reals)
            put(noise, uniforms(seed, stream, at, groupLength(noise)));
          for (const { stream, codes, of } of operation.inputs)
            put(codes, generatorInputs(seed, stream, at, codes.rows, of));
        }
      }
  return drawn;
}

/**
 * Codes to be decoded, each with what a generator is given behind it: the program's, or `given` for each code.
 * @throws AppError InputsError where the numbers are no whole number of codes, or not as many are given behind.
 */
export function withRest(
  codes: Float32Array,
  { codes: slot, rest }: DecodeProgram,
  given?: Float32Array,
): Float32Array {
  const width = rest.length;
  if (width === 0 && !given) return codes;
  const latents = sampleLength(slot) - width;
  const count = codes.length / latents;
  if (!Number.isInteger(count)) throw samplesError(codes.length, latents);
  if (given && given.length !== count * width) throw samplesError(given.length, count * width);
  const all = new Float32Array(count * sampleLength(slot));
  for (let i = 0; i < count; i++) {
    all.set(codes.subarray(i * latents, (i + 1) * latents), i * sampleLength(slot));
    all.set(given?.subarray(i * width, (i + 1) * width) ?? rest, i * sampleLength(slot) + latents);
  }
  return all;
}

function emptyLike(numbers: Numbers, length: number): Numbers {
  return numbers instanceof Float32Array ? new Float32Array(length) : new Int32Array(length);
}
