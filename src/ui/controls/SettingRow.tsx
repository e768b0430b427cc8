import { settingLabel, valueLabel } from '../../locale/settingWords.ts';
import type { SettingField } from '../../settings/fields.ts';
import { ChoiceRow } from './ChoiceRow.tsx';
import { TextRow } from './TextRow.tsx';

interface SettingRowProps {
  readonly field: SettingField;
  readonly text: string;
  /** What is wrong with the text and what to write. */
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

/** A setting of a form: a box for numbers, a menu for what is one of a few. */
export function SettingRow({ field: { name, allowed }, text, error, onChange }: SettingRowProps) {
  const label = settingLabel(name);
  // It has a control of its own.
  if (allowed.kind === 'dataSet') return null;
  if (allowed.kind === 'number' || allowed.kind === 'list')
    return <TextRow label={label} term={name} text={text} error={error} onChange={onChange} />;
  return (
    <ChoiceRow
      label={label}
      term={name}
      choices={allowed.values.map(String)}
      labelOf={(choice) => valueLabel(name, choice)}
      value={text}
      onChange={onChange}
    />
  );
}
