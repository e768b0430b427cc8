/** The names between the double braces of a message, without the way they are shown. */
export type Placeholder<Message extends string> = Message extends `${string}{{${infer Inner}}}${infer Rest}`
  ? NameIn<Inner> | Placeholder<Rest>
  : never;
type NameIn<Inner extends string> = Inner extends `${infer Name}, ${string}` ? Name : Inner;

/**
 * A message with its {{names}} replaced; each must be given.
 * @param shown the text of a value, given what stands after its name: "count" of {{step, count}}, as in i18next
 */
export function fill<const Message extends string, Value = string | number>(
  message: Message,
  values: Readonly<Record<Placeholder<Message>, Value>>,
  shown: (value: Value, way: string | undefined) => string = String,
): string {
  const byName: Readonly<Record<string, Value>> = values;
  return message.replace(/\{\{(\w+)(?:, (\w+))?\}\}/g, (_, name: string, way?: string) =>
    shown(byName[name], way),
  );
}
