import { Button, Menu } from '@mantine/core';
import { runsCsv } from '../../record/csv.ts';
import { runsJson } from '../../record/runFile.ts';
import { ChevronIcon } from '../icons.tsx';
import { download } from '../run/download.ts';
import type { ComparedRun } from './comparedRuns.ts';

const encoder = new TextEncoder();

/** The runs that are shown, as files. Pictures are saved beside the charts. */
export function ExportMenu({ runs }: { runs: readonly ComparedRun[] }) {
  const records = runs.map(({ record }) => record);
  const save = (name: string, text: string) => download({ name, bytes: encoder.encode(text) });
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" shadow="md" width={280}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<ChevronIcon />}
          disabled={records.length === 0}
        >
          Export runs
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Export the runs shown">
        <Menu.Item onClick={() => save('factorvae-runs.json', runsJson(records))}>
          <strong>JSON</strong>
          <br />
          <small>whole records, to import again</small>
        </Menu.Item>
        <Menu.Item onClick={() => save('factorvae-runs.csv', runsCsv(records))}>
          <strong>CSV</strong>
          <br />
          <small>run, step, metric, value</small>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
