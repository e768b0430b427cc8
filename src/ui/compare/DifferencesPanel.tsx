import { settingLabel, valueLabel } from '../../locale/settingWords.ts';
import { differingSettings } from '../../record/differences.ts';
import type { SettingName } from '../../settings/fields.ts';
import { Panel, PanelHead } from '../Panel.tsx';
import classes from './Compare.module.css';
import type { ComparedGroup } from './comparedGroups.ts';
import table from './RunTable.module.css';
import { Swatch } from './Swatch.tsx';

/** The settings in which the runs shown differ, and no others. */
export function DifferencesPanel({ groups }: { groups: readonly ComparedGroup[] }) {
  const settings = differingSettings(groups.map(({ runs: [first] }) => first.record));
  return (
    <Panel label="Differing settings">
      <PanelHead title="Settings that differ" />
      {settings.length === 0 ? (
        <p className={classes.empty}>
          {groups.length < 2
            ? 'Show two runs or more to see how they differ.'
            : 'These runs have the same settings.'}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={table.scroll} tabIndex={0} aria-label="Table of differing settings">
          <table className={table.differences} data-testid="differences">
            <thead>
              <tr>
                <th scope="col">Run</th>
                {settings.map(({ setting }) => (
                  <th key={setting} scope="col" data-setting={setting}>
                    {settingLabel(setting)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {groups.map(({ key, name, style, runs }, group) => (
                <tr key={key}>
                  <th scope="row">
                    <span className={table.nameCell}>
                      <Swatch style={style} /> {name}
                    </span>
                  </th>
                  {settings.map(({ setting, values }) => (
                    <td key={setting}>
                      {setting === 'seed' && runs.length > 1 ? (
                        `${runs.length} seeds`
                      ) : (
                        <Value setting={setting} text={values[group]} />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}

/** A choice by its name; numbers as they are. */
function Value({ setting, text }: { setting: SettingName; text: string | null }) {
  return text === null ? <span className={classes.dim}>not used</span> : valueLabel(setting, text);
}
