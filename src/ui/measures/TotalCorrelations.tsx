import { memo } from 'react';
import { modelNotes } from '../../locale/en/models.ts';
import { absent, formatQuantity } from '../format.ts';
import type { GlossaryTerm } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import { useEvaluations, useRun, useSession } from '../session/context.ts';
import classes from './Measures.module.css';
import { discriminatorEstimate } from './view.ts';

interface EstimateProps {
  readonly term: GlossaryTerm;
  readonly name: string;
  readonly value: number;
}

/**
 * Three estimates of one quantity, side by side; minibatch sampling errs to either side by its weights. Of a
 * model that has no discriminator of codes and no posteriors, the one that is left.
 */
export const TotalCorrelations = memo(function TotalCorrelations() {
  const { history } = useSession();
  const latest = useEvaluations((state) => state.records.at(-1) ?? state.estimates);
  const { gaussian, weighted, stratified } = latest?.totalCorrelation ?? {};
  const onlyGaussian = useRun(({ info }) => (info?.can.generate ?? null) !== null);
  const byDiscriminator = latest ? discriminatorEstimate(history, latest.step) : Number.NaN;
  return (
    <section aria-label="Total correlation by its estimates">
      <h3 className={classes.heading}>
        Total correlation{' '}
        <span className={classes.unit}>nats, {onlyGaussian ? 'one estimate' : 'three estimates'}</span>
      </h3>
      <dl className={classes.estimates} data-testid="tc-estimates">
        {!onlyGaussian && <Estimate term="tcDiscriminator" name="Discriminator" value={byDiscriminator} />}
        <Estimate term="tcGaussian" name="Gaussian" value={gaussian ?? Number.NaN} />
        {!onlyGaussian && (
          <div>
            <dt>
              <Term name="tcMinibatch">Minibatch</Term>
            </dt>
            <dd>{formatQuantity(weighted ?? Number.NaN)}</dd>
            <dd className={classes.second}>
              <Term name="tcStratified">stratified</Term> {formatQuantity(stratified ?? Number.NaN)}
            </dd>
          </div>
        )}
      </dl>
      {onlyGaussian && <p className={classes.lack}>{modelNotes.oneEstimate}</p>}
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
