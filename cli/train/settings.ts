import { z } from 'zod';
import { type NumberKind, type Refusal, readNumber } from '../../src/config/numbers/readNumber.ts';
import { readNumbers } from '../../src/config/numbers/readNumbers.ts';
import { type RunConfig, runFieldsSchema } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';

/** A setting of a run as an option of the command. A factor's number of values is one of its own: `--pos-x`. */
export interface Setting {
  /** The option's name without dashes, e.g. "conv-widths". */
  readonly option: string;
  /** Where it stands in a configuration: ["convWidths"], ["factors", "posX"]. */
  readonly path: readonly string[];
  /** What it may be, for a person, e.g. "a number from 0 to 200". */
  readonly values: string;
  readonly shape: SettingShape;
  /** @throws AppError UsageError naming the option and what it may be. */
  parse(text: string): unknown;
  /** Whether `parse` takes it. */
  accepts(text: string): boolean;
}

/** How a setting's text is read. */
export type SettingShape =
  | { readonly kind: 'number' | 'list'; readonly numbers: NumberKind }
  | { readonly kind: 'word' };

/** Between the numbers of a value that is a list, as in the page's address. */
const listSeparator = '_';

/** Every setting of the schema, in its order. */
export const settings: readonly Setting[] = settingsOf(runFieldsSchema, []);

export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The value at a setting's path, as an option's text. */
export function settingText(config: RunConfig, { path }: Setting): string {
  const value = path.reduce<unknown>((inside, key) => new Map(Object.entries(inside ?? {})).get(key), config);
  return Array.isArray(value) ? value.join(listSeparator) : String(value);
}

/** A configuration, not yet checked, with one setting changed. */
export function withSetting(
  config: Readonly<Record<string, unknown>>,
  [key, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (rest.length === 0) return { ...config, [key]: value };
  const inside = Object.fromEntries(Object.entries(config[key] ?? {}));
  return { ...config, [key]: withSetting(inside, rest, value) };
}

function settingsOf(schema: z.ZodObject, path: readonly string[]): Setting[] {
  return Object.entries(schema.shape).flatMap(([name, field]): Setting[] => {
    const inside = [...path, name];
    if (field instanceof z.ZodObject) return settingsOf(field, inside);
    const option = kebabCase(name);
    const schema = z.toJSONSchema(z.object({ field })).properties?.field;
    const [values, shape] = [describe(schema), shapeOf(schema)];
    const attempt = (text: string): Attempt => {
      const read = readValue(shape, text);
      const parsed = read.kind === 'refused' ? null : z.safeParse(field, read.value);
      if (parsed?.success) return { kind: 'value', value: parsed.data };
      // Both readings of an ambiguous text are worth more than the range.
      const told = read.kind === 'refused' && !['empty', 'unreadable'].includes(read.reason);
      return {
        kind: 'refused',
        sentence: told ? `--${option}: ${read.message}` : `--${option} must be ${values}, not "${text}".`,
      };
    };
    const parse = (text: string): unknown => {
      const result = attempt(text);
      if (result.kind === 'refused') throw new AppError('UsageError', result.sentence);
      return result.value;
    };
    const accepts = (text: string) => attempt(text).kind === 'value';
    return [{ option, path: inside, values, shape, parse, accepts }];
  });
}

type Attempt =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly sentence: string };

/** A text by its shape, not yet held against the setting's range. */
function readValue(
  shape: SettingShape,
  text: string,
): { readonly kind: 'value'; readonly value: unknown } | Refusal {
  if (shape.kind === 'word')
    // The names of the schema are in camel case.
    return { kind: 'value', value: text.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) };
  if (shape.kind === 'number') {
    const reading = readNumber(text, shape.numbers);
    return reading.kind === 'refused' ? reading : { kind: 'value', value: reading.value };
  }
  const reading = readNumbers(text, shape.numbers);
  return reading.kind === 'refused' ? reading : { kind: 'value', value: reading.values };
}

/** The shape of what a JSON schema allows. */
function shapeOf(schema: JsonSchema | undefined): SettingShape {
  if (schema === undefined || typeof schema === 'boolean') return { kind: 'word' };
  const { type, prefixItems, items, anyOf } = schema;
  const inside = prefixItems?.[0] ?? (Array.isArray(items) ? items[0] : items);
  if (type === 'array') {
    const shape = shapeOf(inside);
    return shape.kind === 'word' ? shape : { ...shape, kind: 'list' };
  }
  if (anyOf) return shapeOf(anyOf[0]);
  if (typeof schema.const === 'number' || type === 'integer') return { kind: 'number', numbers: 'whole' };
  return type === 'number' ? { kind: 'number', numbers: 'real' } : { kind: 'word' };
}

type JsonSchema = Exclude<NonNullable<z.core.JSONSchema.BaseSchema['properties']>[string], undefined>;

/** What a JSON schema allows, as part of a sentence. */
function describe(schema: JsonSchema | undefined): string {
  if (schema === undefined || typeof schema === 'boolean') return 'a value';
  const { enum: names, const: only, anyOf, prefixItems, items, minItems, maxItems } = schema;
  if (names) return names.join(' or ');
  if (only !== undefined) return String(only);
  if (anyOf) return anyOf.map(describe).join(' or ');
  if (prefixItems) return `${prefixItems.map(describe).join(' and ')}, with "${listSeparator}" between`;
  if (items && !Array.isArray(items))
    return `${minItems} to ${maxItems} times ${describe(items)}, with "${listSeparator}" between`;
  const { type, minimum, maximum } = schema;
  return `${type === 'integer' ? 'a whole number' : 'a number'} from ${minimum} to ${maximum}`;
}
