import { AppError } from '../../src/errors.ts';
import { optionText, settingSummary } from '../../src/locale/settingWords.ts';
import type { Part } from '../../src/report.ts';
import { type SettingField, settingFields } from '../../src/settings/fields.ts';
import { kebabCase } from '../../src/settings/spelling.ts';

/** A setting of a run as an option of the command. A factor's number of values is one of its own: `--pos-x`. */
export interface Setting {
  /** The option's name without dashes, e.g. "conv-widths". */
  readonly option: string;
  readonly field: SettingField;
  /** What it is and may be, for the help. */
  readonly summary: string;
  /** @throws AppError UsageError naming the option and what it may be. */
  parse(text: string): unknown;
  /** Whether `parse` takes it. */
  accepts(text: string): boolean;
}

/** Every setting of a run, in the order of a configuration. */
export const settings: readonly Setting[] = settingFields.map((field) => {
  const option = kebabCase(field.name);
  const parse = (text: string): unknown => {
    const result = attempt(field, text);
    if (result.kind === 'value') return result.value;
    if (result.why !== null) throw new AppError('UsageError.problem', { option, problem: result.why });
    throw new AppError('UsageError.allowed', { option, allowed: optionText(field.allowed), given: text });
  };
  const accepts = (text: string) => attempt(field, text).kind === 'value';
  return { option, field, summary: settingSummary(field), parse, accepts };
});

type Attempt =
  | { readonly kind: 'value'; readonly value: unknown }
  /** `why` tells both readings of a text that has two: they are worth more than the range. */
  | { readonly kind: 'refused'; readonly why: Part | null };

function attempt(field: SettingField, text: string): Attempt {
  const reading = field.read(text);
  if (reading.kind === 'refused')
    return {
      kind: 'refused',
      why: ['empty', 'unreadable'].includes(reading.reason) ? null : reading.message,
    };
  const parsed = field.schema.safeParse(reading.value);
  return parsed.success ? { kind: 'value', value: parsed.data } : { kind: 'refused', why: null };
}
