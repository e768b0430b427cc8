/** Of how far a latent goes so much is shown; what lies beyond stands at the edge. */
const shown = 3.5 / 3;
/** The opinion, in nats, from which on a colour is full. */
export const opinionReach = 1;

/** Where a code whose latents go `reach` either way stands in a square of a side, from its left and its top. */
export function placeOf(
  x: number,
  y: number,
  reach: number,
  side: number,
): { readonly left: number; readonly top: number } {
  const edge = shown * reach;
  const share = (value: number) => Math.max(0.01, Math.min(0.99, (value + edge) / (2 * edge)));
  return { left: share(x) * side, top: (1 - share(y)) * side };
}

/** How strong the colour of an opinion is, from -1, surely shuffled, to 1, surely real; 0 for none. */
export function strengthOf(opinion: number): number {
  return Number.isFinite(opinion) ? Math.max(-1, Math.min(1, opinion / opinionReach)) : 0;
}
