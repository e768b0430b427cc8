import { formatList } from '../format.ts';

/** What one latent knows of a factor: a share of the factor's entropy, 0 to 1. */
export interface Known {
  /** Index of the factor. */
  readonly factor: number;
  readonly share: number;
}

/** A share below this is not told from the noise of the estimate and of a code that is still mixed. */
const leastShare = 0.15;
/** A latent shares a factor with its best one where it knows at least so much of what that one knows. */
const sharing = 0.4;
/** From this share on a latent that knows one factor alone is that factor. */
const whole = 0.6;

type Shares = readonly (readonly number[])[];

/** The factor that a latent knows most of; null where it knows none. */
export function nameOf(shares: readonly number[]): Known | null {
  const best = shares.reduce((greatest, share, factor) => (share > shares[greatest] ? factor : greatest), 0);
  return shares[best] >= leastShare ? { factor: best, share: shares[best] } : null;
}

/** Factors that the same latents know. */
interface Group {
  readonly latents: readonly number[];
  readonly names: string[];
  /** Index of the first of the factors. */
  readonly first: number;
}

/**
 * The whole code in one sentence without its full stop: "z0 is y; z1 and z2 share x; no latent codes shape".
 *
 * @param shares [latents][factors]
 * @param names of the factors; those of the ones that do not vary are null, and left out
 */
export function verdictOf(shares: Shares, names: readonly (string | null)[]): string {
  const groups = new Map<string, Group>();
  const missing: string[] = [];
  for (const [factor, name] of names.entries()) {
    if (name === null) continue;
    const latents = carriers(shares, factor);
    const key = latents.join();
    const group = groups.get(key);
    if (latents.length === 0) missing.push(name);
    else if (group) group.names.push(name);
    else groups.set(key, { latents, names: [name], first: factor });
  }
  if (groups.size === 0) return 'no latent has taken up a factor yet';
  const timesNamed = (latent: number) =>
    [...groups.values()].reduce(
      (sum, group) => sum + (group.latents.includes(latent) ? group.names.length : 0),
      0,
    );
  const clauses = [...groups.values()]
    .sort((a, b) => a.latents[0] - b.latents[0] || a.latents.length - b.latents.length)
    .map((group) => {
      const who = formatList(group.latents.map((latent) => `z${latent}`));
      const what = formatList(group.names);
      if (group.latents.length > 1) return `${who} share ${what}`;
      if (group.names.length > 1) return `${who} mixes ${what}`;
      const [latent] = group.latents;
      if (timesNamed(latent) > 1) return `${who} also codes ${what}`;
      return shares[latent][group.first] >= whole ? `${who} is ${what}` : `${who} partly knows ${what}`;
    });
  if (missing.length > 0) clauses.push(`no latent codes ${formatList(missing, 'or')}`);
  return clauses.join('; ');
}

/** The latents that know a factor, by index: the best one, and those that come near it. */
function carriers(shares: Shares, factor: number): number[] {
  const best = Math.max(0, ...shares.map((row) => row[factor]));
  const least = Math.max(leastShare, sharing * best);
  return shares.flatMap((row, latent) => (row[factor] >= least ? [latent] : []));
}
