/**
 * What a latent has to know of a factor, of its entropy, to be its own; and how many times any other factor's
 * share.
 */
const leastShare = 0.5;
const lead = 2;

/**
 * The factors that have a latent of their own: one that knows at least half of the factor's entropy, and at least
 * twice as large a share of it as of any other factor's.
 *
 * @param mutualInformation [latents][factors], in nats
 * @param sizes values of each factor; one that has a single value has no entropy, and no latent
 */
export function ownedFactors(
  mutualInformation: readonly (readonly number[])[],
  sizes: readonly number[],
): number[] {
  const shares = mutualInformation.map((row) =>
    row.map((nats, factor) => (sizes[factor] > 1 ? nats / Math.log(sizes[factor]) : 0)),
  );
  return sizes.flatMap((_, factor) => (shares.some((row) => owns(row, factor)) ? [factor] : []));
}

function owns(row: readonly number[], factor: number): boolean {
  return (
    row[factor] >= leastShare && row.every((share, other) => other === factor || row[factor] >= lead * share)
  );
}
