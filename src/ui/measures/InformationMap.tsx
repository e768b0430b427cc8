import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import type { Factor } from '../../data/dataset.ts';
import { absent, formatQuantity } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import { factorLabel } from '../pictures/factorWords.ts';
import { useEvaluations } from '../session/context.ts';
import classes from './Measures.module.css';
import { bestLatent, informationShare } from './view.ts';

interface InformationMapProps {
  readonly latents: number;
  readonly factors: readonly Factor[];
  readonly varying: readonly number[];
}

/** What every latent knows of every factor that varies: a row a latent in its colour, a column a factor. */
export const InformationMap = memo(function InformationMap({
  latents,
  factors,
  varying,
}: InformationMapProps) {
  const information = useEvaluations((state) => state.records.at(-1)?.mutualInformation ?? null);
  return (
    <div className={classes.block}>
      <table className={classes.map} data-testid="information-map">
        <caption className={classes.heading}>
          <Term name="mutualInformation">Mutual information</Term> <span className={classes.unit}>nats</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>Latent</VisuallyHidden>
            </th>
            {varying.map((factor) => (
              <th key={factor} scope="col">
                {factorLabel(factors[factor])}
                <span className={classes.unit}>
                  of {formatQuantity(Math.log(factors[factor].values.length))}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: latents }, (_, latent) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a latent is its index
            <tr key={latent}>
              <th scope="row">
                <LatentName latent={latent} />
              </th>
              {varying.map((factor) => {
                const nats = information?.[latent]?.[factor] ?? null;
                const best = information !== null && bestLatent(information, factor) === latent;
                return (
                  <td
                    key={factor}
                    data-best={best || undefined}
                    data-value={nats ?? undefined}
                    style={
                      nats === null
                        ? undefined
                        : { background: tint(latent, informationShare(nats, factors[factor].values.length)) }
                    }
                  >
                    {nats === null ? absent : formatQuantity(nats)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.legend}>
        <span>knows nothing</span>
        <span className={classes.ramp} aria-hidden="true" />
        <span>knows everything</span>
      </p>
    </div>
  );
});

/**
 * The latent's colour, mixed into the panel's so far at most that ink stays readable on it. By the root of the
 * share: what tells a good code from a poor one lies in the lower half.
 */
function tint(latent: number, share: number): string {
  const depth = Math.sqrt(share).toFixed(3);
  return `color-mix(in srgb, ${latentColour(latent)} calc(var(--deepest-tint) * ${depth}), var(--panel))`;
}
