import type { Spread } from '../../record/groups.ts';
import { formatCount, formatQuantity } from '../format.ts';
import type { ListValues } from './listOrder.ts';
import classes from './RunTable.module.css';

/** The cells of a row between its name and its buttons. */
export function ListCells({ values }: { values: ListValues }) {
  const { steps, objective, dialText, reconstruction, metric, begun } = values;
  return (
    <>
      <td className={classes.number}>
        {steps.low < steps.high ? `${formatCount(steps.low)} to ` : ''}
        {formatCount(steps.high)}
      </td>
      <td className={classes.objective}>{objective}</td>
      <td className={classes.number}>{dialText}</td>
      <SpreadCell spread={reconstruction} />
      <SpreadCell spread={metric} />
      <td className={classes.date}>
        <time dateTime={begun}>{dateText(begun)}</time>
      </td>
    </>
  );
}

/** A mean, and of several different values their range. */
function SpreadCell({ spread }: { spread: Spread | null }) {
  return (
    <td className={classes.number}>
      {formatQuantity(spread?.mean ?? Number.NaN)}
      {spread && spread.low < spread.high && (
        <span className={classes.range}>
          {formatQuantity(spread.low)} to {formatQuantity(spread.high)}
        </span>
      )}
    </td>
  );
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const dateText = (iso: string) => dates.format(new Date(iso));
