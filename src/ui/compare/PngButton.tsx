import { Button } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { type ErrorReport, reportOf } from '../../errors.ts';
import { word } from '../../locale/word.ts';
import { DownloadIcon } from '../icons.tsx';
import { download } from '../run/download.ts';
import { type ChartPicture, chartPng } from './chartPng.ts';

interface PngButtonProps extends Omit<ChartPicture, 'svg'> {
  /** The element whose chart is saved. */
  readonly chart: RefObject<HTMLElement | null>;
  /** Of the file, without its ending. */
  readonly name: string;
}

export function PngButton({ chart, name, ...picture }: PngButtonProps) {
  const [failure, setFailure] = useState<ErrorReport | null>(null);

  async function save() {
    const svg = chart.current?.querySelector<SVGSVGElement>('svg.recharts-surface');
    if (!svg) return;
    try {
      download({ name: `${name}.png`, bytes: await chartPng({ svg, ...picture }) });
      setFailure(null);
    } catch (thrown) {
      setFailure(reportOf(thrown));
    }
  }

  return (
    <>
      <span role="status">{failure && `The picture could not be made. ${word(failure)}`}</span>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<DownloadIcon />}
        aria-label={`Save ${picture.title} as PNG`}
        onClick={() => void save()}
      >
        PNG
      </Button>
    </>
  );
}
