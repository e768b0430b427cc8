import type { SettingName, SettingOf } from '../settings/fields.ts';
import type { Setting } from '../settings/setting.ts';

interface Words {
  readonly label: string;
  /** What it does, what is good, and what a strange value means: one to three sentences. */
  readonly help: string;
}

interface LiveWords {
  /** Beside a mark in a chart. */
  readonly symbol: string;
}

/** In brackets: of a setting that may be one of several words, all need theirs. */
type ValueWords<Value> = [Value] extends [string]
  ? { readonly choices: Readonly<Record<Value, string>> }
  : Value extends readonly number[]
    ? { /** What to enter, with an example. */ readonly enter: string }
    : unknown;

type WordsOf<Of> = Words &
  (Of extends { readonly acts: 'live' } ? LiveWords : unknown) &
  (Of extends Setting<infer Value> ? ValueWords<Value> : unknown);

/** What a language says about every setting of the table: a setting without its words does not compile. */
export type SettingMessages = { readonly [Name in SettingName]: WordsOf<SettingOf<Name>> };
