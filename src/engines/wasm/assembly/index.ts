import { gradientPenalty, imageGradient, informationLoss, mixImages, scoreLoss } from './adversarial';
import { divergence, liveColumn, meanOfSum, meanOfTerm, missingColumn } from './columns';
import { denseFilter, denseForward, denseInput } from './dense';
import { down, packDown } from './down';
import { drawImages, drawInputs, drawNormals, drawPermutations, drawReals } from './draw';
import {
  adam,
  add,
  discriminatorLoss,
  logitDifferenceGradient,
  permuteCodes,
  pixelProbabilities,
  reconstructionLoss,
  reparameterise,
  reparameteriseGradient,
  sampleAndPermute,
} from './elements';
import { narrowUp, packNarrowUp } from './narrowUp';
import { pictureFilter } from './pictureFilter';
import { columnSums, copyPicture } from './pictures';
import { word } from './record';
import {
  callerSleeps,
  claims,
  finished,
  Head,
  Kernel,
  recordBytes,
  scratchBytes,
  scratches,
  sleepers,
  stop,
  wakes,
} from './records';
import { packUp, up } from './up';

/**
 * Wakes all helpers, and sleeps for up to a millisecond unless another number of chunks is finished. Both are done by
 * JavaScript: V8's first compiler (Node 20) loses the locals of a function that notifies by itself.
 */
declare function wakeHelpers(): void;
declare function restUnlessFinished(chunks: i32): void;

/** Where this thread keeps numbers of its own. Each thread has an instance of the module, so a global is its own too. */
let scratch: usize = scratches;

function execute(record: usize, chunk: i32): void {
  switch (word(record, Head.kernel)) {
    case Kernel.denseForward:
      denseForward(record, chunk, scratch);
      break;
    case Kernel.denseInput:
      denseInput(record, chunk);
      break;
    case Kernel.denseFilter:
      denseFilter(record, chunk, scratch);
      break;
    case Kernel.columnSums:
      columnSums(record, chunk);
      break;
    case Kernel.packDown:
      packDown(record, chunk);
      break;
    case Kernel.down:
      down(record, chunk);
      break;
    case Kernel.packUp:
      packUp(record, chunk);
      break;
    case Kernel.up:
      up(record, chunk);
      break;
    case Kernel.packNarrowUp:
      packNarrowUp(record, chunk);
      break;
    case Kernel.narrowUp:
      narrowUp(record, chunk);
      break;
    case Kernel.pictureFilter:
      pictureFilter(record, chunk, scratch);
      break;
    case Kernel.copyPicture:
      copyPicture(record, chunk);
      break;
    case Kernel.add:
      add(record, chunk);
      break;
    case Kernel.reparameterise:
      reparameterise(record);
      break;
    case Kernel.reparameteriseGradient:
      reparameteriseGradient(record);
      break;
    case Kernel.permuteCodes:
      permuteCodes(record);
      break;
    case Kernel.sampleAndPermute:
      sampleAndPermute(record);
      break;
    case Kernel.reconstructionLoss:
      reconstructionLoss(record, chunk);
      break;
    case Kernel.pixelProbabilities:
      pixelProbabilities(record, chunk);
      break;
    case Kernel.logitDifferenceGradient:
      logitDifferenceGradient(record, chunk);
      break;
    case Kernel.discriminatorLoss:
      discriminatorLoss(record);
      break;
    case Kernel.mixImages:
      mixImages(record, chunk);
      break;
    case Kernel.imageGradient:
      imageGradient(record, chunk);
      break;
    case Kernel.scoreLoss:
      scoreLoss(record);
      break;
    case Kernel.informationLoss:
      informationLoss(record);
      break;
    case Kernel.gradientPenalty:
      gradientPenalty(record, chunk);
      break;
    case Kernel.adam:
      adam(record, chunk);
      break;
    case Kernel.meanOfSum:
      meanOfSum(record);
      break;
    case Kernel.meanOfTerm:
      meanOfTerm(record);
      break;
    case Kernel.divergence:
      divergence(record);
      break;
    case Kernel.liveColumn:
      liveColumn(record);
      break;
    case Kernel.missingColumn:
      missingColumn(record);
      break;
    case Kernel.drawNormals:
      drawNormals(record);
      break;
    case Kernel.drawReals:
      drawReals(record);
      break;
    case Kernel.drawInputs:
      drawInputs(record);
      break;
    case Kernel.drawPermutations:
      drawPermutations(record, chunk, scratch);
      break;
    case Kernel.drawImages:
      drawImages(record, chunk, scratch);
      break;
    default:
      unreachable();
  }
}

/** Loads of a word before a thread sleeps: some tens of microseconds. */
const patience = 20000;

/** Does chunks of the record under way for as long as there are any. */
function help(): void {
  while (true) {
    const now = atomic.load<u64>(claims);
    const record = <usize>(now >> 32);
    if (record === 0 || <u32>now >= <u32>word(record, Head.chunks)) return;
    // Between the two another record may have begun: the claim says whose chunk it is.
    const claim = atomic.add<u64>(claims, 1);
    const claimed = <usize>(claim >> 32);
    if (<u32>claim >= <u32>word(claimed, Head.chunks)) return;
    execute(claimed, <i32>claim);
    atomic.add<i32>(finished, 1);
    if (atomic.load<i32>(callerSleeps)) atomic.notify(finished, 1);
  }
}

/** Whether a chunk waits for somebody. */
function hasWork(): bool {
  const now = atomic.load<u64>(claims);
  const record = <usize>(now >> 32);
  return record !== 0 && <u32>now < <u32>word(record, Head.chunks);
}

/** A helper's life: returns once `stop` is set. */
export function serve(thread: i32): void {
  if (!ASC_FEATURE_THREADS) return;
  scratch = scratches + <usize>thread * scratchBytes;
  while (!atomic.load<i32>(stop)) {
    help();
    let left = patience;
    while (left > 0 && !hasWork()) left--;
    if (left > 0) continue;
    const seen = atomic.load<i32>(wakes);
    atomic.add<i32>(sleepers, 1);
    // Whoever begins a record now either sees that this thread sleeps, or is seen here.
    if (!hasWork() && !atomic.load<i32>(stop)) atomic.wait<i32>(wakes, seen, -1);
    atomic.sub<i32>(sleepers, 1);
  }
}

/** Does the records of a list, one after the other, each in its chunks, with the help of those that serve. */
export function run(list: usize, count: i32): void {
  const end = list + <usize>count * recordBytes;
  for (let record = list; record < end; record += recordBytes) {
    const chunks = word(record, Head.chunks);
    if (!ASC_FEATURE_THREADS || chunks === 1) {
      for (let chunk = 0; chunk < chunks; chunk++) execute(record, chunk);
      continue;
    }
    atomic.store<i32>(finished, 0);
    atomic.store<u64>(claims, (<u64>record) << 32);
    if (atomic.load<i32>(sleepers)) wakeHelpers();
    help();
    let left = patience;
    while (atomic.load<i32>(finished) < chunks) {
      if (--left > 0) continue;
      // A helper was interrupted in a chunk: the processor may be needed for it to go on.
      const done = atomic.load<i32>(finished);
      atomic.store<i32>(callerSleeps, 1);
      if (done < chunks) restUnlessFinished(done);
      atomic.store<i32>(callerSleeps, 0);
    }
  }
}

/** Where the module's constants end. */
export function constantsEnd(): usize {
  return __heap_base;
}

/** Whether `count` float32 are all finite. */
export function allFinite(numbers: usize, count: i32): bool {
  for (let i = 0; i < count; i++) {
    const value = load<f32>(numbers + ((<usize>i) << 2));
    // Of what is not finite the difference is NaN.
    if (value - value !== 0) return false;
  }
  return true;
}
