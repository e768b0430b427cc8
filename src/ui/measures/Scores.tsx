import { memo } from 'react';
import type { LiveEvaluation } from '../../protocol/evaluation.ts';
import { absent, formatQuantity } from '../format.ts';
import type { GlossaryTerm } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import { useEvaluations } from '../session/context.ts';
import classes from './Measures.module.css';

interface Score {
  readonly term: GlossaryTerm;
  readonly name: string;
  readonly of: (record: LiveEvaluation) => number;
}

const scores: readonly Score[] = [
  { term: 'factorVaeMetric', name: 'FactorVAE metric', of: ({ factorVae }) => factorVae.fitted },
  { term: 'heldOutVotes', name: 'held-out', of: ({ factorVae }) => factorVae.heldOut },
  { term: 'higgins', name: 'Higgins\u2019 metric', of: ({ higgins }) => higgins.heldOut },
  { term: 'mig', name: 'MIG', of: ({ mig }) => mig },
  { term: 'dciDisentanglement', name: 'DCI disentanglement', of: ({ dci }) => dci.disentanglement },
  { term: 'dciCompleteness', name: 'DCI completeness', of: ({ dci }) => dci.completeness },
  { term: 'dciInformativeness', name: 'DCI informativeness', of: ({ dci }) => dci.informativenessTest },
  { term: 'sap', name: 'SAP', of: ({ sapContinuous }) => sapContinuous },
  { term: 'modularity', name: 'Modularity', of: ({ modularity }) => modularity },
];

/** Every score of the last measurement, from 0 to 1, as a bar and a number. */
export const Scores = memo(function Scores({ latents }: { latents: number }) {
  const latest = useEvaluations((state) => state.records.at(-1) ?? null);
  const estimates = useEvaluations((state) => state.estimates);
  const active = (latest ?? estimates)?.active.filter(Boolean).length;
  return (
    <table className={classes.scores} data-testid="scores" data-step={latest?.step}>
      <caption className={classes.heading}>
        Scores <span className={classes.unit}>0 to 1</span>
      </caption>
      <tbody>
        {scores.map(({ term, name, of }) => (
          <ScoreRow key={name} term={term} name={name} value={latest ? of(latest) : null} />
        ))}
        <tr>
          <th scope="row">
            <Term name="activeLatents">Active latents</Term>
          </th>
          <td />
          <td data-testid="score-activeLatents">
            {active === undefined ? absent : `${active} of ${latents}`}
          </td>
        </tr>
      </tbody>
    </table>
  );
});

interface ScoreRowProps {
  readonly term: GlossaryTerm;
  readonly name: string;
  readonly value: number | null;
}

function ScoreRow({ term, name, value }: ScoreRowProps) {
  return (
    <tr
      data-lead={term === 'factorVaeMetric' || undefined}
      data-second={term === 'heldOutVotes' || undefined}
    >
      <th scope="row">
        <Term name={term}>{name}</Term>
      </th>
      <td className={classes.track}>
        <span aria-hidden="true">
          <span style={{ width: `${100 * Math.max(0, Math.min(1, value ?? 0))}%` }} />
        </span>
      </td>
      <td data-testid={`score-${term}`} data-value={value ?? undefined}>
        {value === null ? absent : formatQuantity(value)}
      </td>
    </tr>
  );
}
