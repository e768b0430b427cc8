import { memo } from 'react';
import { absent, formatQuantity } from '../format.ts';
import type { GlossaryTerm } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import { useEvaluations, useSession } from '../session/context.ts';
import classes from './Measures.module.css';
import { discriminatorEstimate } from './view.ts';

interface EstimateProps {
  readonly term: GlossaryTerm;
  readonly name: string;
  readonly value: number;
}

/** Three estimates of one quantity, side by side; minibatch sampling errs to either side by its weights. */
export const TotalCorrelations = memo(function TotalCorrelations() {
  const { history } = useSession();
  const latest = useEvaluations((state) => state.records.at(-1) ?? null);
  const { gaussian, weighted, stratified } = latest?.totalCorrelation ?? {};
  const byDiscriminator = latest ? discriminatorEstimate(history, latest.step) : Number.NaN;
  return (
    <section aria-label="Total correlation by three estimates">
      <h3 className={classes.heading}>
        Total correlation <span className={classes.unit}>nats, three estimates</span>
      </h3>
      <dl className={classes.estimates} data-testid="tc-estimates">
        <Estimate term="tcDiscriminator" name="Discriminator" value={byDiscriminator} />
        <Estimate term="tcGaussian" name="Gaussian" value={gaussian ?? Number.NaN} />
        <div>
          <dt>
            <Term name="tcMinibatch">Minibatch</Term>
          </dt>
          <dd>{formatQuantity(weighted ?? Number.NaN)}</dd>
          <dd className={classes.second}>
            <Term name="tcStratified">stratified</Term> {formatQuantity(stratified ?? Number.NaN)}
          </dd>
        </div>
      </dl>
    </section>
  );
});

function Estimate({ term, name, value }: EstimateProps) {
  return (
    <div>
      <dt>
        <Term name={term}>{name}</Term>
      </dt>
      <dd>
        {value === Number.POSITIVE_INFINITY ? '∞' : Number.isFinite(value) ? formatQuantity(value) : absent}
      </dd>
    </div>
  );
}
