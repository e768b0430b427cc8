import type { ExhibitName } from '../config/exhibits.ts';
import type { ExhibitView } from '../model/exhibit.ts';
import type { Picture } from '../model/pictures.ts';
import type { ErrorReport } from '../report.ts';

/** What the page asks of the Worker that shows the trained models. Each is answered once, by its result or an error. */
export interface ExhibitCommands {
  /** An image, by its factors, as a model sees it. */
  show: {
    params: { readonly name: ExhibitName; readonly factors: readonly number[] };
    result: ExhibitView;
  };
  decode: {
    params: { readonly name: ExhibitName; readonly code: Float32Array<ArrayBuffer> };
    result: Picture;
  };
  /** Fetches what is not here yet of all models, so that whatever is asked next is answered at once. */
  fetchAll: { params: Record<string, never>; result: null };
}
export type ExhibitCommandName = keyof ExhibitCommands;

export type ExhibitCommand<Name extends ExhibitCommandName = ExhibitCommandName> = {
  readonly [N in Name]: {
    readonly id: number;
    readonly name: N;
    readonly params: ExhibitCommands[N]['params'];
  };
}[Name];

export type ExhibitAnswer<Name extends ExhibitCommandName = ExhibitCommandName> =
  | {
      readonly [N in Name]: {
        readonly kind: 'result';
        readonly id: number;
        readonly name: N;
        readonly result: ExhibitCommands[N]['result'];
      };
    }[Name]
  | { readonly kind: 'failure'; readonly id: number; readonly error: ErrorReport };
