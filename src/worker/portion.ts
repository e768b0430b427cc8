import { computesInCalls, type EngineInfo } from '../config/engines.ts';
import { mostImages, type Portion } from '../run/encoderSource.ts';

/** Images that a driver on the processor encodes in one turn. */
const softwareImages = 256;
/** Where calls compute at once, so many as take about as long as a block of training. */
const turnMs = 40;
const fewestImages = 16;

/** How many images are encoded between two blocks of training. */
export function portionFor(runsOn: EngineInfo): Portion {
  // Elsewhere a call's time is mostly that of the training before it, and says nothing.
  if (computesInCalls(runsOn)) return new TimedPortion();
  return { images: runsOn.software ? softwareImages : mostImages };
}

/** As many images as take the time of a turn. */
class TimedPortion implements Portion {
  images = fewestImages;

  took(images: number, ms: number): void {
    // At most doubled: few images say little about many.
    const wanted = Math.min(2 * images, Math.floor((turnMs * images) / ms));
    this.images = Math.max(fewestImages, Math.min(mostImages, wanted));
  }
}
