import { reportOf } from '../errors.ts';
import type { CommandFor, CommandTable, MessageFor, ResultFor } from './contract.ts';
import type { Commands } from './messages.ts';

/** What answers each command. */
export type HandlersFor<Table extends CommandTable<Table>> = {
  readonly [Name in keyof Table]: (
    params: Table[Name]['params'],
  ) => Promise<Table[Name]['result']> | Table[Name]['result'];
};

/** What answers each command of a session. */
export type CommandHandlers = HandlersFor<Commands>;

/** What the server needs of the Worker's global scope. */
export interface PageEndpoint<Table extends CommandTable<Table>, Event> {
  postMessage<Name extends keyof Table>(
    message: MessageFor<Table, Event> | ResultFor<Table, Name>,
    transfer: Transferable[],
  ): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<CommandFor<Table>>) => void): void;
}

/** The distinct buffers of every typed array inside a message, to be moved instead of copied. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) buffersIn(inner, found);
  }
  return found;
}

/**
 * The Worker's end of the protocol: answers every command once, by result or named error. Returns how to post
 * events.
 */
export function serve<Table extends CommandTable<Table>, Event>(
  page: PageEndpoint<Table, Event>,
  handlers: HandlersFor<Table>,
): (event: Event) => void {
  const post = <Name extends keyof Table>(message: MessageFor<Table, Event> | ResultFor<Table, Name>) =>
    page.postMessage(message, [...buffersIn(message)]);

  async function answer<Name extends keyof Table>(command: CommandFor<Table, Name>): Promise<void> {
    const { id, name, params } = command;
    try {
      const result = await handlers[name](params);
      const message: ResultFor<Table, Name> = { kind: 'result', id, name, result };
      post(message);
    } catch (thrown) {
      post({ kind: 'failure', id, error: reportOf(thrown) });
    }
  }

  page.addEventListener('message', ({ data }) => void answer(data));
  return (event) => post({ kind: 'event', event });
}
