import type { ProductChoice } from '../config/engines.ts';
import { formatQuantity } from './format.ts';

/** The products that have a line of their own: those with the most work. */
const mostLines = 8;

export function choiceSummary(choices: readonly ProductChoice[]): string {
  const measured = choices.filter(({ ms }) => ms !== null).length;
  return `kernels measured for ${measured} of ${choices.length} products`;
}

/** A line a product, those with the most work first. */
export function choiceLines(choices: readonly ProductChoice[]): string[] {
  const lines = choices.slice(0, mostLines).map(({ product, kernel, ms }) => {
    const time = ms === null ? 'not measured yet' : `${formatQuantity(ms, 3)} ms`;
    return `${product}: ${kernel}; ${time}`;
  });
  const rest = choices.length - lines.length;
  return rest > 0 ? [...lines, `and ${rest} smaller ones`] : lines;
}
