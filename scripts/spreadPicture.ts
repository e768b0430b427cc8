import type { NamedGroup } from '../src/record/namedGroups.ts';
import {
  type Evaluation,
  fittedMetric,
  higginsMetric,
  mutualInformationGap,
  scoresOf,
} from './scoredEvidence.ts';
import { quantile } from './significance.ts';

const scores: readonly { readonly name: string; readonly of: (evaluation: Evaluation) => number }[] = [
  { name: 'FactorVAE metric', of: fittedMetric },
  { name: 'Higgins’ metric', of: higginsMetric },
  { name: 'MIG', of: mutualInformationGap },
];

const panel = { width: 250, gap: 30, top: 40 };
const row = 50;
const names = 230;

/** An SVG: a panel a score, a row a setting, in it a point a run, a bar over the quartiles and a line at the median. */
export function spreadPicture(groups: readonly NamedGroup[]): string {
  const width = names + scores.length * (panel.width + panel.gap);
  const height = panel.top + groups.length * row + 30;
  const labels = groups.flatMap(({ name }, g) => {
    const lines = linesOf(name);
    const first = middleOf(g) + 4 - (lines.length - 1) * 7;
    return lines.map((words, i) => text(names - 12, first + 14 * i, words, 'end'));
  });
  const panels = scores.map(({ name, of }, i) => {
    const left = names + i * (panel.width + panel.gap);
    const at = (value: number) => left + value * panel.width;
    const ticks = [0, 0.25, 0.5, 0.75, 1].map(
      (value) =>
        line(at(value), panel.top, at(value), height - 30, 'grid') +
        text(at(value), height - 12, String(value), 'middle'),
    );
    const rows = groups.map((group, g) => runsIn(scoresOf(group, of), at, middleOf(g)));
    return [text(left, 22, name, 'start', 'title'), ...ticks, ...rows].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>Scores of each run, by setting</title>
<style>
text { font: 12px system-ui, sans-serif; fill: #333 }
.title { font-weight: 600 }
.grid { stroke: #8884 }
.median { stroke: #1565c0; stroke-width: 2 }
.quartiles { fill: #1565c044 }
circle { fill: #1565c0 }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd }
  .median { stroke: #64b5f6 }
  .quartiles { fill: #64b5f644 }
  circle { fill: #64b5f6 }
}
</style>
${[...labels, ...panels].join('\n')}
</svg>
`;
}

const middleOf = (group: number) => panel.top + (group + 0.5) * row;

/** A setting's name in lines of at most some 34 letters. */
function linesOf(name: string): string[] {
  const lines: string[] = [];
  for (const part of name.split(', ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length < 32) lines[lines.length - 1] = `${last}, ${part}`;
    else lines.push(part);
  }
  return lines;
}

function runsIn(values: readonly number[], at: (value: number) => number, y: number): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => at(quantile(values, share)));
  const box = `<rect class="quartiles" x="${round(low)}" y="${y - 14}" width="${round(high - low)}" height="28"/>`;
  // Runs of like scores lie beside each other.
  const points = values.map(
    (value, i) => `<circle cx="${round(at(value))}" cy="${y + 3 * ((i % 5) - 2)}" r="2.5"/>`,
  );
  return [box, line(middle, y - 14, middle, y + 14, 'median'), ...points].join('');
}

function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<path class="${kind}" d="M${round(x1)} ${y1}L${round(x2)} ${y2}"/>`;
}

function text(x: number, y: number, words: string, anchor: string, kind = ''): string {
  const named = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${round(x)}" y="${y}" text-anchor="${anchor}"${kind && ` class="${kind}"`}>${named}</text>`;
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
