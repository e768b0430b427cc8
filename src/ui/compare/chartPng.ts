import { AppError } from '../../errors.ts';

export interface LegendEntry {
  readonly label: string;
  readonly kind: 'line' | 'disc' | 'square';
  /** CSS; variables are those of the light page. */
  readonly colour: string;
  readonly dash: string;
}

export interface ChartPicture {
  readonly svg: SVGSVGElement;
  readonly title: string;
  readonly axisName: string;
  readonly legend: readonly LegendEntry[];
}

/** Pixels of the picture for one of the page. */
const scale = 2;
const padding = 16;
const titleHeight = 28;
const axisHeight = 18;
const legendRow = 20;
const svgNamespace = 'http://www.w3.org/2000/svg';

/** What an SVG by itself needs of the page's style sheets. */
const styled = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
] as const;

/** A chart with title and legend as a PNG in the colours of the light page, whatever the page's are now. */
export async function chartPng(picture: ChartPicture): Promise<Uint8Array<ArrayBuffer>> {
  const { svg, width, height } = assemble(picture);
  const url = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new AppError('NoCanvasError');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new AppError('NoPictureError.encode');
  return new Uint8Array(await blob.arrayBuffer());
}

function assemble({ svg, title, axisName, legend }: ChartPicture) {
  const chartWidth = svg.clientWidth;
  const chartHeight = svg.clientHeight;
  const width = chartWidth + 2 * padding;
  const legendTop = padding + titleHeight + chartHeight + axisHeight + 8;
  const height = legendTop + legend.length * legendRow + padding;

  const whole = element('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(element('rect', { width, height, fill: 'var(--panel)' }));
  whole.append(text(title, { x: padding, y: padding + 14, 'font-size': 15, 'font-weight': 600 }));
  const chart = svg.cloneNode(true);
  if (!(chart instanceof SVGSVGElement)) throw new AppError('NoPictureError.chart');
  for (const [name, value] of Object.entries({
    x: padding,
    y: padding + titleHeight,
    width: chartWidth,
    height: chartHeight,
  }))
    chart.setAttribute(name, String(value));
  // The chart's own style sheet goes by the class of the element around it.
  const frame = element('g', { class: svg.closest('.recharts-wrapper')?.className ?? '' });
  frame.append(chart);
  whole.append(frame);
  whole.append(
    text(axisName, {
      x: width - padding,
      y: padding + titleHeight + chartHeight + 12,
      'font-size': 12,
      'text-anchor': 'end',
    }),
  );
  legend.forEach((entry, row) => {
    whole.append(...legendEntry(entry, legendTop + row * legendRow + 6));
  });

  // Only in the document do style sheets apply; `data-paper` is the light page's colours.
  const paper = document.createElement('div');
  paper.dataset.paper = '';
  paper.style.cssText = 'position:fixed;left:-99999px;top:0';
  paper.append(whole);
  document.body.append(paper);
  try {
    for (const node of [whole, ...whole.querySelectorAll<SVGElement>('*')]) {
      const style = getComputedStyle(node);
      for (const name of styled) node.style.setProperty(name, style.getPropertyValue(name));
    }
    // After all styles are written: rules of one element look at the classes of those around it.
    for (const node of whole.querySelectorAll('[class]')) node.removeAttribute('class');
  } finally {
    paper.remove();
  }
  return { svg: whole, width, height };
}

function legendEntry({ label, kind, colour, dash }: LegendEntry, y: number): SVGElement[] {
  const x = padding;
  const mark =
    kind === 'line'
      ? element('line', {
          x1: x,
          x2: x + 34,
          y1: y,
          y2: y,
          stroke: colour,
          'stroke-width': 3,
          'stroke-dasharray': dash,
        })
      : kind === 'disc'
        ? element('circle', { cx: x + 17, cy: y, r: 6, fill: colour })
        : element('rect', { x: x + 11.5, y: y - 5.5, width: 11, height: 11, fill: colour });
  return [mark, text(label, { x: x + 42, y: y + 4, 'font-size': 12 })];
}

function text(content: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const node = element('text', { fill: 'var(--ink)', ...attributes });
  node.textContent = content;
  return node;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const node = document.createElementNS(svgNamespace, name);
  if (!(node instanceof SVGElement)) throw new AppError('NoPictureError.svg');
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
