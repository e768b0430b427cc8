/** A command of package.json as a person types it. */
export function commandLine(name: string, args: readonly string[]): string {
  return ['npm', 'run', name, '--', ...args.map(shellWord)].join(' ');
}

/** A text as one word of a shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
