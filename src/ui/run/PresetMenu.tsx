import { Button, Menu } from '@mantine/core';
import { Fragment } from 'react';
import { type PresetName, presetNames, presets } from '../../config/presets.ts';
import { presetOf } from '../../config/url.ts';
import { valueLabel } from '../../locale/settingWords.ts';
import { datasets } from '../../settings/scopes.ts';
import { ChevronIcon } from '../icons.tsx';
import { useRun, useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';

const descriptions: Readonly<Record<PresetName, string>> = {
  tiny: '16×16, 4 latents: the smallest, for a first try',
  small: '32×32, 4 latents: a minute or two on a processor',
  quick: '32×32, 4 latents: minutes on a GPU',
  paper: '64×64, 10 latents: as in Kim & Mnih 2018',
  quick3d: '32×32 in colour, 6 latents: minutes on a GPU',
  paper3d: '64×64 in colour, 6 latents: as in Kim & Mnih 2018',
};

/** Ready-made runs. */
export function PresetMenu() {
  const session = useSession();
  const config = useRun((run) => run.info?.config ?? null);
  const preparing = useRun((run) => run.phase === 'preparing' || run.phase === 'starting');
  const known = config && presetOf(config);
  const current = config ? (known ?? 'custom') : '\u2013';

  function choose(preset: PresetName) {
    const { engine } = session.run.getState();
    const seed = config?.seed ?? presets[preset].seed;
    discardRun(session, `Start preset ${preset}`, () =>
      session.configure({ config: { ...presets[preset], seed }, preset, engine }),
    );
  }

  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-start" shadow="md" width={300}>
      <Menu.Target>
        <Button
          variant="default"
          // As wide while no run is there yet, and its words where they will be.
          miw="5.75rem"
          justify="space-between"
          rightSection={<ChevronIcon />}
          disabled={preparing}
          aria-label={`Preset: ${current}`}
          // What it stands for, before it is opened.
          title={known ? descriptions[known] : 'Settings of your own'}
        >
          {current}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Presets">
        {datasets.map((dataset) => {
          const ofDataset = presetNames.filter((preset) => presets[preset].dataset === dataset);
          if (ofDataset.length === 0) return null;
          return (
            <Fragment key={dataset}>
              <Menu.Label>{valueLabel('dataset', dataset)}</Menu.Label>
              {ofDataset.map((preset) => (
                <Menu.Item key={preset} onClick={() => choose(preset)}>
                  <strong>{preset}</strong>
                  <br />
                  <small>{descriptions[preset]}</small>
                </Menu.Item>
              ))}
            </Fragment>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
