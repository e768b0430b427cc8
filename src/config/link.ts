import { plainCharacters } from '../settings/numbers/characters.ts';
import { spelled } from '../settings/spelling.ts';

/**
 * The parameters of a link as it arrives: programs for chat and mail escape it, put their own parameters in and
 * take the full stop or bracket after it along. What was meant is unmistakable in all of these, so they are mended
 * without a word.
 */

/** One parameter: a name of the page's own spelling where it is known, else as it stands. */
export type Parameter = readonly [name: string, value: string];

/** Parameters by which sites tell where a visitor comes from. */
const trackers = new Set(
  [
    [
      'fbclid',
      'gclid',
      'gclsrc',
      'gbraid',
      'wbraid',
      'dclid',
      'msclkid',
      'twclid',
      'ttclid',
      'yclid',
      'srsltid',
    ],
    [
      'igshid',
      'igsh',
      'li_fat_id',
      'mc_cid',
      'mc_eid',
      'mkt_tok',
      'vero_id',
      'oly_anon_id',
      'oly_enc_id',
      'epik',
    ],
    ['_ga', '_gl', '_hsenc', '_hsmi', '_branch_match_id', 'rb_clid', 's_cid', 'wickedid', 'sc_cid', 'scid'],
    [
      'ref',
      'ref_src',
      'ref_url',
      'referrer',
      'si',
      'spm',
      'share_id',
      'trk',
      'cmpid',
      '__twitter_impression',
    ],
  ].flat(),
);
const trackerFamilies = ['utm_', 'hsa_', 'mtm_', 'pk_', 'piwik_', 'matomo_'];

/** HTML entities that lost their &: what follows a link in quotes or brackets. */
const entities = new Set(['quot', 'apos', 'gt', 'lt', 'nbsp']);

/** Written by a person, who may mean every sign of it. */
const freeText = new Set(['caption']);

/**
 * The parameters of a query in its order, without trackers. `known` are the names that the page gives a meaning.
 */
export function linkParameters(search: string, known: Iterable<string>): Parameter[] {
  const spelling = new Map(Array.from(known, (name) => [spelled(name), name]));
  return parametersOf(search, spelling);
}

type Spelling = ReadonlyMap<string, string>;

function parametersOf(query: string, spelling: Spelling): Parameter[] {
  return [...new URLSearchParams(query)].flatMap(([name, value]) => parameters(name, value, spelling));
}

function parameters(name: string, value: string, spelling: Spelling): Parameter[] {
  // A query that was escaped as a whole: preset%3Dtiny.
  if (value === '' && name.includes('=')) return parametersOf(name, spelling);
  const mended = mendedName(name);
  if (isNoise(mended, value)) return [];
  const own = spelling.get(spelled(mended));
  if (own === undefined) return [[mended, mendedValue(value)]];
  if (freeText.has(own)) return [[own, value]];
  // No other value of the page's own holds a % or &: it was escaped twice, or together with the parameters after
  // it.
  const [first, ...rest] = decodedAgain(value).split('&');
  return [[own, mendedValue(first)], ...rest.flatMap((text) => parametersOf(text, spelling))];
}

function decodedAgain(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A lone %: it is no escape, and stays for the reader to refuse.
    return value;
  }
}

function isNoise(name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (trackers.has(lower) || trackerFamilies.some((family) => lower.startsWith(family))) return true;
  return value === '' && (name === '' || entities.has(lower));
}

/** Without the "amp;" of an & that was escaped once or more often. */
function mendedName(name: string): string {
  let rest = unwrapped(unescaped(plainCharacters(name)));
  while (/^amp;/i.test(rest)) rest = rest.slice('amp;'.length);
  return rest;
}

function mendedValue(value: string): string {
  // A + of 1e+3 stands for a space in an address.
  const plain = unescaped(plainCharacters(value)).replace(/(\de) (?=\d)/gi, '$1+');
  // What ends with dots was cut: the digits that are left would be another number.
  return plain.trim().endsWith('..') ? plain.trim() : unwrapped(plain);
}

/** Markdown writes 8\_16 for 8_16. */
function unescaped(text: string): string {
  return text.replace(/\\(?=[!-/:-@[-`{-~])/g, '');
}

const before = new Set(' \t\r\n\'"`<([{*“‘«„‚');
const after = new Set(' \t\r\n\'"`>)]}*.,;:!?”’»“‘');

/** Without the brackets, quotes and full stops of the sentence that the link stood in. */
export function unwrapped(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && before.has(text[start])) start++;
  while (end > start && after.has(text[end - 1])) end--;
  return text.slice(start, end);
}

/** What stands behind the # of a link, without it: mended, and without trackers that were put behind it. */
export function linkFragment(hash: string): string {
  const [fragment] = decodedAgain(hash.replace(/^#/, '')).split(/[?&]/, 1);
  return unwrapped(unescaped(plainCharacters(fragment)));
}
