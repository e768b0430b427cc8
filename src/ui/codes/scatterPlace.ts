/** Latents are shown from -reach to reach, in deviations of the prior; what lies beyond stands at the edge. */
export const codeReach = 3.5;
/** The opinion, in nats, from which on a colour is full. */
export const opinionReach = 1;

/** Where a code stands in a square of a side, from its left and its top. */
export function placeOf(x: number, y: number, side: number): { readonly left: number; readonly top: number } {
  const share = (value: number) => Math.max(0.01, Math.min(0.99, (value + codeReach) / (2 * codeReach)));
  return { left: share(x) * side, top: (1 - share(y)) * side };
}

/** How strong the colour of an opinion is, from -1, surely shuffled, to 1, surely real; 0 for none. */
export function strengthOf(opinion: number): number {
  return Number.isFinite(opinion) ? Math.max(-1, Math.min(1, opinion / opinionReach)) : 0;
}
