import { z } from 'zod';
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
  /** @throws AppError UsageError naming the option and what it may be. */
  parse(text: string): unknown;
}

/** Between the numbers of a value that is a list, as in the page's address; commas part the runs of a sweep. */
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
    const values = describe(z.toJSONSchema(z.object({ field })).properties?.field);
    const parse = (text: string): unknown => {
      for (const candidate of candidates(text)) {
        const parsed = z.safeParse(field, candidate);
        if (parsed.success) return parsed.data;
      }
      throw new AppError('UsageError', `--${option} must be ${values}, not "${text}".`);
    };
    return [{ option, path: inside, values, parse }];
  });
}

/** What a text may mean; the schema picks the first that is valid. */
function candidates(text: string): unknown[] {
  const list = text.split(listSeparator).map(scalar);
  const camelCase = text.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return [scalar(text), text, camelCase, list];
}

/** Decimal numbers are numbers: no empty text, no hexadecimal, no Infinity. */
function scalar(text: string): unknown {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
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
