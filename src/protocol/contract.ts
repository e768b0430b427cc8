import type { ErrorReport } from '../report.ts';

/** Commands by name, each with its parameters and its result. */
export type CommandTable<Table> = {
  readonly [Name in keyof Table]: { readonly params: unknown; readonly result: unknown };
};

/** A command on its way to the Worker; with a name, that command's. */
export type CommandFor<Table extends CommandTable<Table>, Name extends keyof Table = keyof Table> = {
  readonly [N in Name]: { readonly id: number; readonly name: N; readonly params: Table[N]['params'] };
}[Name];

/** A command's result on its way back. */
export type ResultFor<Table extends CommandTable<Table>, Name extends keyof Table = keyof Table> = {
  readonly [N in Name]: {
    readonly kind: 'result';
    readonly id: number;
    readonly name: N;
    readonly result: Table[N]['result'];
  };
}[Name];

/** Whatever comes from the Worker: the answer to a command, or an event, which nobody asked for. */
export type MessageFor<Table extends CommandTable<Table>, Event> =
  | ResultFor<Table>
  | { readonly kind: 'failure'; readonly id: number; readonly error: ErrorReport }
  | { readonly kind: 'event'; readonly event: Event };
