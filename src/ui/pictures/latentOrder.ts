/** Below this many nats a latent counts as not used: it reads as 0.0. */
export const unusedBelow = 0.05;

/**
 * Latents by KL, highest first. `previous` is the order shown so far: a latent passes another only when it is ahead
 * by a tenth, so that rows which are about equal do not change places at every refresh.
 */
export function latentOrder(kl: readonly number[], previous: readonly number[]): number[] {
  const size = (latent: number) => (Number.isFinite(kl[latent]) ? kl[latent] : 0);
  const order =
    previous.length === kl.length
      ? [...previous]
      : kl.map((_, latent) => latent).sort((a, b) => size(b) - size(a) || a - b);
  for (let sorted = 1; sorted < order.length; sorted++)
    for (let at = sorted; at > 0; at--) {
      const [above, below] = [order[at - 1], order[at]];
      if (size(below) <= size(above) * 1.1 + 0.02) break;
      order[at - 1] = below;
      order[at] = above;
    }
  return order;
}
