/** The names between the double braces of a message. */
type Placeholder<Message extends string> = Message extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** A message with its {{names}} replaced; each must be given. */
export function fill<const Message extends string>(
  message: Message,
  values: Readonly<Record<Placeholder<Message>, string | number>>,
): string {
  const byName: Readonly<Record<string, string | number>> = values;
  return message.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(byName[name]));
}
