export interface MendedArguments {
  /** The arguments as they were meant. */
  readonly mended: readonly string[];
  /** What had to be changed, each as part of a sentence. */
  readonly problems: readonly string[];
}

/** Hyphens and what word processors and web pages put in their place, before the name of an option. */
const dashes = /^[-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+(?=\p{L})/u;
const dashNames: Readonly<Record<string, string>> = {
  '\u00ad': 'a soft hyphen',
  '\u2010': 'a typographic hyphen',
  '\u2011': 'a non-breaking hyphen',
  '\u2012': 'a figure dash',
  '\u2013': 'an en dash',
  '\u2014': 'an em dash',
  '\u2015': 'a horizontal bar',
  '\u2212': 'a minus sign',
  '\ufe58': 'a small em dash',
  '\ufe63': 'a small hyphen',
  '\uff0d': 'a full-width hyphen',
};
const endNames: Readonly<Record<string, string>> = {
  '\r': 'a carriage return (U+000D), which files from Windows have at the end of lines',
  '\n': 'a line break (U+000A)',
  '\u00a0': 'a no-break space (U+00A0)',
  '\u200b': 'a zero-width space (U+200B)',
  '\ufeff': 'a byte order mark (U+FEFF)',
};
const openingQuotes = '“„‟‘‚«‹';
const closingQuotes = '”“’‘»›';

/** Arguments with plain dashes, quotes and spaces. `options` are the names that options have, without dashes. */
export function mendedArguments(args: readonly string[], options: readonly string[]): MendedArguments {
  const problems: string[] = [];
  const mended = joinedQuotes(args, problems).flatMap((arg) => {
    const plain = withPlainDashes(withPlainEnds(arg, problems), options, problems);
    return withoutQuotes(partedAtSpace(plain, problems), problems);
  });
  return { mended, problems };
}

/** Curly quotes quote nothing for a shell: “my runs” arrives as two arguments. */
function joinedQuotes(args: readonly string[], problems: string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const opens = args[at].search(new RegExp(`(?:^|=)[${openingQuotes}]`)) >= 0;
    const end = opens && !closes(args[at]) ? args.findIndex((arg, i) => i > at && closes(arg)) : at;
    if (end > at) problems.push(`the quotes of ${args.slice(at, end + 1).join(' ')} are typographic ones`);
    joined.push(args.slice(at, Math.max(at, end) + 1).join(' '));
    at = Math.max(at, end);
  }
  return joined;
}

const closes = (arg: string) => arg.length > 1 && closingQuotes.includes(arg[arg.length - 1]);

/** Without white space and invisible characters at both ends. */
function withPlainEnds(arg: string, problems: string[]): string {
  const plain = arg.replace(/^[\s\p{Cf}]+/u, '');
  let end = plain.length;
  while (end > 0 && /[\s\p{Cf}]/u.test(plain[end - 1])) end--;
  const rest = plain.slice(0, end);
  if (rest === arg || rest === '') return arg;
  // A space in quotes is what a person wrote, and stays.
  const strange = [...arg.slice(0, arg.length - plain.length), ...plain.slice(end)].find((c) => c !== ' ');
  if (strange === undefined) return arg;
  problems.push(`“${rest}” has ${endNames[strange] ?? codeOf(strange)} beside it`);
  return rest;
}

function withPlainDashes(arg: string, options: readonly string[], problems: string[]): string {
  const [found] = dashes.exec(arg) ?? [];
  if (found === undefined || found === '--') return arg;
  const mended = `--${arg.slice(found.length)}`;
  const strange = [...found].find((character) => character !== '-');
  if (strange !== undefined) {
    problems.push(
      `“${arg}” begins with ${dashNames[strange] ?? 'a dash'} (${codeOf(strange)}), not with two hyphens`,
    );
    return mended;
  }
  const [name] = mended.slice(2).split('=', 1);
  if (!options.includes(name)) return arg;
  problems.push(
    `“${arg}” begins with ${found.length === 1 ? 'one hyphen' : `${found.length} hyphens`} instead of two`,
  );
  return mended;
}

/** An option and its value that a no-break space holds together: the shell parts only at plain spaces. */
function partedAtSpace(arg: string, problems: string[]): string[] {
  const at = arg.startsWith('--') ? arg.search(/[^\P{Zs} ]/u) : -1;
  if (at < 0 || arg.slice(0, at).includes('=')) return [arg];
  problems.push(`“${arg}” is held together by ${endNames[arg[at]] ?? codeOf(arg[at])}`);
  return [arg.slice(0, at), arg.slice(at).trim()];
}

/** Without typographic quotes around a value. */
function withoutQuotes(args: readonly string[], problems: string[]): string[] {
  return args.map((arg) => {
    const [, name = '', value] = /^(--[\w-]+=)?(.*)$/su.exec(arg) ?? [];
    const starts = openingQuotes.includes(value[0] ?? ' ');
    const inside = value.slice(starts ? 1 : 0, closes(value) ? -1 : undefined);
    if (inside === value || inside === '') return arg;
    if (!problems.some((problem) => problem.includes(arg)))
      problems.push(`the quotes of ${arg} are typographic ones`);
    return name + inside;
  });
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
