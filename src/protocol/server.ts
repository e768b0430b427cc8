import { reportOf } from '../errors.ts';
import type {
  CommandMessage,
  CommandName,
  ParamsOf,
  ResultMessage,
  ResultOf,
  WorkerEvent,
  WorkerMessage,
} from './messages.ts';

/** What answers each command. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (params: ParamsOf<Name>) => Promise<ResultOf<Name>> | ResultOf<Name>;
};

/** What the server needs of the Worker's global scope. */
export interface PageEndpoint {
  postMessage<Name extends CommandName>(
    message: WorkerMessage | ResultMessage<Name>,
    transfer: Transferable[],
  ): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<CommandMessage>) => void): void;
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

/** The Worker's end of the protocol: answers every command once, by result or named error. Returns how to post events. */
export function serve(page: PageEndpoint, handlers: CommandHandlers): (event: WorkerEvent) => void {
  const post = <Name extends CommandName>(message: WorkerMessage | ResultMessage<Name>) =>
    page.postMessage(message, [...buffersIn(message)]);

  async function answer<Name extends CommandName>(command: CommandMessage<Name>): Promise<void> {
    const { id, name, params } = command;
    try {
      const result = await handlers[name](params);
      const message: ResultMessage<Name> = { kind: 'result', id, name, result };
      post(message);
    } catch (thrown) {
      post({ kind: 'failure', id, error: reportOf(thrown) });
    }
  }

  page.addEventListener('message', ({ data }) => void answer(data));
  return (event) => post({ kind: 'event', event });
}
